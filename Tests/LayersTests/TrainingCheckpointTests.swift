import Foundation
import Layers
import Tensors
import Testing

/// A run that stops and goes on ends with the bits of one that never stopped.
struct TrainingCheckpointTests {
  private let file = FileManager.default.temporaryDirectory
    .appending(path: "\(UUID().uuidString).safetensors")

  enum Recipe: CaseIterable, Sendable {
    case momentum, looksAhead, adam

    func optimizer(_ model: any Layer) -> any Optimizer {
      switch self {
      case .momentum: SGD(model, learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3)
      case .looksAhead: SGD(model, learningRate: 0.05, momentum: 0.9, looksAhead: true)
      case .adam: AdamW(model, learningRate: 0.01)
      }
    }
  }

  /// All that a run consists of.
  private struct Run {
    let model: Sequential
    let optimizer: any Optimizer
    let average: WeightAverage
    var random: SplitMix64
    var finishedEpochs = 0

    init(_ recipe: Recipe, seed: UInt64) {
      random = SplitMix64(seed: seed)
      model = Sequential(
        Conv2D(2, 8, kernel: 3, padding: 1, using: &random), BatchNorm2D(8), ReLU(),
        Dropout(0.25, using: &random), AdaptiveAveragePool2D(rows: 2, columns: 2), Flatten(),
        Dropout(0.5, using: &random), Linear(32, 3, using: &random))
      optimizer = recipe.optimizer(model)
      average = WeightAverage(of: model, keep: 0.9)
    }

    mutating func train(epochs: Int) {
      for _ in 0..<epochs {
        optimizer.learningRate *= 0.9
        for _ in 0..<4 {
          let input = Tensor.normal([4, 2, 6, 5], using: &random)
          let classes = (0..<4).map { _ in Int32.random(in: 0..<3, using: &random) }
          training { meanCrossEntropy(model(input), classes).backward() }
          clipGradients(of: model, toNorm: 2)
          optimizer.step()
          average.update()
        }
        finishedEpochs += 1
      }
    }

    /// Every number of the run, as bits.
    var bits: [UInt32] {
      func weights() -> [UInt32] {
        parameters(of: model).flatMap { $0.parameter.value.scalars.map(\.bitPattern) }
      }
      let norm = model.layers[1] as? BatchNorm2D
      let statistics =
        (norm?.runningMean.value.scalars ?? [])
        + (norm?.runningVariance.value.scalars ?? [])
      return weights() + average.applied(weights) + statistics.map(\.bitPattern)
    }
  }

  @Test(arguments: Recipe.allCases, [1, 3])
  func `going on after an epoch gives the bits of not stopping`(recipe: Recipe, epochs: Int) throws
  {
    defer { try? FileManager.default.removeItem(at: file) }
    var whole = Run(recipe, seed: 71)
    whole.train(epochs: 4)

    var first = Run(recipe, seed: 71)
    first.train(epochs: epochs)
    try saveTraining(
      first.model, first.optimizer, average: first.average, random: first.random,
      finishedEpochs: first.finishedEpochs, to: file)

    var second = Run(recipe, seed: 72)
    second.train(epochs: 1)
    (second.random, second.finishedEpochs) = try resumeTraining(
      second.model, second.optimizer, average: second.average, from: file)
    #expect(second.finishedEpochs == epochs)
    #expect(second.bits == first.bits)
    second.train(epochs: 4 - epochs)
    #expect(second.bits == whole.bits)
    #expect(second.random == whole.random)
  }

  /// Expects `resume` to throw `error` and leave the run as it was.
  private func expectUnchanged(
    _ error: CheckpointError, _ run: Run, sourceLocation: SourceLocation = #_sourceLocation,
    _ resume: (Run) throws -> Void
  ) {
    let before = run.bits
    #expect(throws: error, sourceLocation: sourceLocation) { try resume(run) }
    #expect(run.bits == before, sourceLocation: sourceLocation)
  }

  @Test func `a file of another optimizer is refused, and nothing changes`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let saved = Run(.adam, seed: 71)
    try saveTraining(
      saved.model, saved.optimizer, average: saved.average, random: saved.random,
      finishedEpochs: 0, to: file)
    let other = Run(.momentum, seed: 72)
    let error = #expect(throws: CheckpointError.self) {
      _ = try resumeTraining(other.model, other.optimizer, average: other.average, from: file)
    }
    guard case .missing(file.path, let tensor) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(tensor.hasPrefix("optimizer.velocity.layers."))
  }

  @Test func `an average that the file has and the run has not is named`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    let run = Run(.momentum, seed: 71)
    try saveTraining(
      run.model, run.optimizer, average: run.average, random: run.random, finishedEpochs: 0,
      to: file)
    expectUnchanged(
      .unexpected(path: file.path, tensor: "average.layers.0.bias"), Run(.momentum, seed: 72)
    ) { _ = try resumeTraining($0.model, $0.optimizer, from: file) }
  }

  @Test func `a file of weights alone is nothing to go on from`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    try saveCheckpoint(Run(.momentum, seed: 71).model, to: file)
    expectUnchanged(
      .missingState(path: file.path, entry: "finishedEpochs"), Run(.momentum, seed: 72)
    ) { _ = try resumeTraining($0.model, $0.optimizer, from: file) }
  }

  @Test func `a random generator that the file lacks is named by its layer`() throws {
    defer { try? FileManager.default.removeItem(at: file) }
    var random = SplitMix64(seed: 1)
    let plain = Sequential(Linear(2, 2, using: &random))
    try saveTraining(
      plain, SGD(plain, learningRate: 1), random: random, finishedEpochs: 0, to: file)
    let dropping = Sequential(Linear(2, 2, using: &random), Dropout(0.5, using: &random))
    #expect(
      throws: CheckpointError.missingState(path: file.path, entry: "random.layers.1.random")
    ) {
      _ = try resumeTraining(dropping, SGD(dropping, learningRate: 1), from: file)
    }
  }
}
