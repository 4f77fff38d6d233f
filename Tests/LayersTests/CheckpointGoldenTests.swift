import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// Files that Python's safetensors wrote, and files that it read.
struct CheckpointGoldenTests {
  private struct Goldens: Decodable {
    let python: [String: ExpectedTensor]
    let swift: [String: ExpectedTensor]
    let metadata: [String: String]
  }

  private let goldens: Goldens
  private let file = FileManager.default.temporaryDirectory
    .appending(path: "\(UUID().uuidString).safetensors")

  init() throws {
    goldens = try JSONDecoder().decode(
      Goldens.self, from: Data(contentsOf: goldenFile("checkpoint.json")))
  }

  /// A model of numbers that every machine has alike, unlike draws from a normal distribution.
  private func model() -> Sequential {
    var generator = SplitMix64(seed: 61)
    let norm = BatchNorm2D(3)
    norm.runningMean.value = .uniform([3], in: -1..<1, using: &generator)
    let convolution = Conv2D(2, 3, kernel: 1, initializer: .constant(0), using: &generator)
    convolution.weight.value = .uniform([3, 2, 1, 1], in: -1..<1, using: &generator)
    return Sequential(convolution, norm)
  }

  private func values(_ model: Sequential) throws -> [String: Tensor] {
    let norm = try #require(model.layers[1] as? BatchNorm2D)
    let named = parameters(of: model).map { ($0.path, $0.parameter.value) }
    return Dictionary(uniqueKeysWithValues: named).merging([
      "layers.1.runningMean": norm.runningMean.value,
      "layers.1.runningVariance": norm.runningVariance.value,
    ]) { $1 }
  }

  @Test func `a file that Python wrote is read`() throws {
    let model = model()
    try loadCheckpoint(into: model, from: goldenFile("checkpoint.safetensors"))
    let values = try values(model)
    #expect(values.keys.sorted() == goldens.python.keys.sorted())
    for (name, value) in values {
      expectClose(value, try #require(goldens.python[name]), .exact, name)
    }
  }

  @Test func `a file is written as the one that Python has read`() throws {
    let (model, random) = (model(), SplitMix64(seed: 62))
    let optimizer = SGD(model, learningRate: 0.25, momentum: 0.5)
    try saveTraining(model, optimizer, random: random, finishedEpochs: 3, to: file)
    let written = try Data(contentsOf: file)
    let read = try Data(contentsOf: goldenFile("checkpoint_swift.safetensors"))
    #expect(
      written == read,
      """
      the format has changed: put \(file.path) in the place of checkpoint_swift.safetensors, and \
      run checkpoint.py
      """)
    if written == read { try FileManager.default.removeItem(at: file) }
    for (name, value) in try values(model) {
      expectClose(value, try #require(goldens.swift["model.\(name)"]), .exact, name)
    }
    #expect(goldens.swift["optimizer.velocity.layers.0.weight"]?.shape == [3, 2, 1, 1])
    #expect(
      goldens.metadata == [
        "finishedEpochs": "3", "random": "62", "optimizer.stepCount": "0",
        "optimizer.learningRate": "\(Float(0.25).bitPattern)",
      ])
  }
}
