public import Foundation
import Tensors

/// Writes the parameters and constants of `model` to `url`, by path, in safetensors.
///
/// The file appears complete or not at all.
/// - Throws: `CheckpointError.file` where it cannot be written.
public func saveCheckpoint(_ model: any Layer, to url: URL) throws(CheckpointError) {
  let walk = ModelWalk(model)
  let tensors: [(name: String, tensor: Tensor)] =
    walk.parameters.map { named in (named.path, inference { named.parameter.value }) }
    + walk.constants.map { ($0.path, $0.constant.value) }
  do {
    try SafeTensors.encode(tensors).write(to: url, options: .atomic)
  } catch {
    throw .file(path: url.path, reason: "cannot be written: \(error.localizedDescription)")
  }
}

/// Replaces the parameters and constants of `model` by those of the file at `url`.
///
/// Everything is checked before anything is replaced.
/// - Throws: `CheckpointError`, with the model unchanged.
public func loadCheckpoint(into model: any Layer, from url: URL) throws(CheckpointError) {
  let data: Data
  do {
    data = try Data(contentsOf: url)
  } catch {
    throw .file(path: url.path, reason: "cannot be read: \(error.localizedDescription)")
  }
  var tensors = try SafeTensors.decode(data, path: url.path)
  let walk = ModelWalk(model)
  func take(_ name: String, _ expected: [Int]) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors.removeValue(forKey: name) else {
      throw .missing(path: url.path, tensor: name)
    }
    guard tensor.shape == expected else {
      throw .shapeMismatch(
        path: url.path, tensor: name, expected: expected, found: tensor.shape)
    }
    return tensor
  }
  var parameters: [(Parameter, Tensor)] = []
  for named in walk.parameters {
    parameters.append((named.parameter, try take(named.path, named.parameter.shape)))
  }
  var constants: [(Constant, Tensor)] = []
  for (path, constant) in walk.constants {
    constants.append((constant, try take(path, constant.value.shape)))
  }
  if let extra = tensors.keys.min() { throw .unexpected(path: url.path, tensor: extra) }
  for (parameter, value) in parameters { parameter.value = value }
  for (constant, value) in constants { constant.value = value }
}
