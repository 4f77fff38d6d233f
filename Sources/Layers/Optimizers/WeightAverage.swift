package import Tensors

/// A moving average of a model's weights, which often detects better than the last ones.
///
///     a ← κ·a + (1 − κ)·w
///
/// κ `keep`. Running statistics are averages already, and stay with the model.
///
/// Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992, with
/// the exponential weights that detectors use.
public final class WeightAverage {
  /// Share of the old average kept at each update.
  public var keep: Float
  private let walk: ModelWalk
  private var averages: [Tensor]

  /// An average of the weights of `model` that starts at their present values.
  public init(of model: any Layer, keep: Float = 0.999) {
    require((0..<1).contains(keep), "WeightAverage: keep \(keep) is outside of 0 ..< 1")
    self.keep = keep
    walk = ModelWalk(model)
    averages = inference { [walk] in walk.parameters.map { $0.parameter.value } }
  }

  /// Takes the present weights into the average: once after each step.
  public func update() {
    inference {
      for (index, named) in walk.parameters.enumerated() {
        averages[index] = averages[index] * keep + named.parameter.value * (1 - keep)
      }
    }
  }

  /// Runs `body` with the averages in the place of the weights, which return afterwards.
  public func applied<Result>(_ body: () throws -> Result) rethrows -> Result {
    swap()
    defer { swap() }
    return try body()
  }

  private func swap() {
    inference {
      for (index, named) in walk.parameters.enumerated() {
        let weights = named.parameter.value
        named.parameter.value = averages[index]
        averages[index] = weights
      }
    }
  }

  /// The averages by the path of their parameter.
  package var memory: [(path: String, tensor: Tensor)] {
    get { zip(walk.parameters, averages).map { ($0.path, $1) } }
    set { averages = newValue.map(\.tensor) }
  }
}
