import Tensors

/// How fresh weights are drawn.
///
/// Fan-in is the number of inputs that meet in one output.
public enum Initializer: Sendable {
  /// Normal with variance 2 / fan-in, made for ReLU (He et al., ICCV 2015, eq. 10).
  case he
  /// Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio, AISTATS 2010, eq. 16).
  case glorot
  /// Weights and biases uniform on ±1/√fan-in: what PyTorch's convolutions start from.
  case uniformByFanIn
  /// Normal with the given standard deviation.
  case normal(Float)
  /// Every weight the same.
  case constant(Float)

  /// Weights of `shape` `[outputs, inputs, …]`.
  func weights(_ shape: [Int], using generator: inout SplitMix64) -> Tensor {
    let taps = shape.dropFirst(2).reduce(1, *)
    let (fanIn, fanOut) = (Float(shape[1] * taps), Float(shape[0] * taps))
    switch self {
    case .he:
      return .normal(shape, standardDeviation: (2 / fanIn).squareRoot(), using: &generator)
    case .glorot:
      let bound = (6 / (fanIn + fanOut)).squareRoot()
      return .uniform(shape, in: -bound..<bound, using: &generator)
    case .uniformByFanIn:
      let bound = 1 / fanIn.squareRoot()
      return .uniform(shape, in: -bound..<bound, using: &generator)
    case .normal(let deviation):
      return .normal(shape, standardDeviation: deviation, using: &generator)
    case .constant(let value): return .full(shape, value)
    }
  }

  /// Biases of `count` outputs: zeros, but for the initializer that draws them.
  func biases(_ count: Int, fanIn: Int, using generator: inout SplitMix64) -> Tensor {
    guard case .uniformByFanIn = self else { return .zeros([count]) }
    let bound = 1 / Float(fanIn).squareRoot()
    return .uniform([count], in: -bound..<bound, using: &generator)
  }
}
