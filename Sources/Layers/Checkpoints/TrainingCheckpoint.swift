public import Foundation
public import Tensors

/// Writes to `url` what a run needs to go on as if it had not stopped: the model, what the optimizer
/// and the average remember, every random generator, and how many epochs are finished.
///
/// A safetensors file, like a checkpoint; numbers that are no tensors stand in its metadata. It
/// appears complete or not at all.
/// - Throws: `CheckpointError.file` where it cannot be written.
public func saveTraining(
  _ model: any Layer, _ optimizer: any Optimizer, average: WeightAverage? = nil,
  random: SplitMix64, finishedEpochs: Int, to url: URL
) throws(CheckpointError) {
  let (walk, memory) = (ModelWalk(model), optimizer.memory)
  var metadata = [
    "finishedEpochs": "\(finishedEpochs)", "random": "\(random.state)",
    "optimizer.stepCount": "\(memory.stepCount)",
    "optimizer.learningRate": "\(optimizer.learningRate.bitPattern)",
  ]
  for (path, stream) in walk.randomStreams {
    metadata["random.\(path)"] = "\(stream.generator.state)"
  }
  try TensorFile.write(
    walk.tensors(prefix: "model.")
      + memory.tensors.sorted { $0.key < $1.key }.map { ("optimizer.\($0)", $1) }
      + (average?.memory ?? []).map { ("average.\($0)", $1) },
    metadata: metadata, to: url)
}

/// Puts `model`, `optimizer` and `average` into the state that `saveTraining` wrote to `url`, and
/// returns the random generator and the number of finished epochs.
///
/// Everything is checked before anything is replaced.
/// - Throws: `CheckpointError`, with all of them unchanged.
public func resumeTraining(
  _ model: any Layer, _ optimizer: any Optimizer, average: WeightAverage? = nil, from url: URL
) throws(CheckpointError) -> (random: SplitMix64, finishedEpochs: Int) {
  var file = try TensorFile(url)
  let walk = ModelWalk(model)
  let finishedEpochs = try file.state("finishedEpochs", Int.self)
  let random = SplitMix64(seed: try file.state("random"))
  var streams: [(RandomStream, SplitMix64)] = []
  for (path, stream) in walk.randomStreams {
    streams.append((stream, SplitMix64(seed: try file.state("random.\(path)"))))
  }
  let replace = try walk.taken(from: &file, prefix: "model.")
  var memory = optimizer.memory
  memory.stepCount = try file.state("optimizer.stepCount")
  let learningRate = Float(bitPattern: try file.state("optimizer.learningRate"))
  for (name, tensor) in memory.tensors {
    memory.tensors[name] = try file.take("optimizer.\(name)", tensor.shape)
  }
  var averages: [(path: String, tensor: Tensor)] = []
  for (path, tensor) in average?.memory ?? [] {
    averages.append((path, try file.take("average.\(path)", tensor.shape)))
  }
  try file.requireEmpty()
  replace()
  for (stream, generator) in streams { stream.generator = generator }
  optimizer.memory = memory
  optimizer.learningRate = learningRate
  average?.memory = averages
  return (random, finishedEpochs)
}
