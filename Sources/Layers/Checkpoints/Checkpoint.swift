public import Foundation
import Tensors

/// Writes the parameters and constants of `model` to `url`, by path, in safetensors.
///
/// The file appears complete or not at all.
/// - Throws: `CheckpointError.file` where it cannot be written.
public func saveCheckpoint(_ model: any Layer, to url: URL) throws(CheckpointError) {
  try TensorFile.write(ModelWalk(model).tensors(), to: url)
}

/// Replaces the parameters and constants of `model` by those of the file at `url`.
///
/// Everything is checked before anything is replaced.
/// - Throws: `CheckpointError`, with the model unchanged.
public func loadCheckpoint(into model: any Layer, from url: URL) throws(CheckpointError) {
  var file = try TensorFile(url)
  let replace = try ModelWalk(model).taken(from: &file)
  try file.requireEmpty()
  replace()
}
