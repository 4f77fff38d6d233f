import BookFormat
import Foundation
import Layers

/// Keeps a model's weights in a checkpoint's folder.
func storeWeights(of net: any Layer, in folder: URL) throws {
  try saveCheckpoint(net, to: folder.appending(path: CheckpointFile.weights))
}

/// Puts the weights of a checkpoint's folder into a model of the same make.
func restoreWeights(of net: any Layer, from folder: URL) throws {
  try loadCheckpoint(into: net, from: folder.appending(path: CheckpointFile.weights))
}
