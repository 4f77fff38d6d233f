public import Tensors

/// max(0, x) of each element.
public final class ReLU: Layer, CustomStringConvertible {
  /// A rectifier; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.relu) }

  /// The layer as its own source would write it.
  public var description: String { "ReLU()" }
}

/// x where it is positive, `slope` · x elsewhere.
public final class LeakyReLU: Layer, CustomStringConvertible {
  /// The factor on negative elements.
  public let slope: Float

  /// A rectifier that lets a share of negative elements through.
  public init(slope: Float = 0.01) { self.slope = slope }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.leakyReLU(slope: slope)) }

  /// The layer as its own source would write it.
  public var description: String { "LeakyReLU(slope \(slope))" }
}

/// 1 / (1 + e⁻ˣ) of each element.
public final class Sigmoid: Layer, CustomStringConvertible {
  /// A squashing to 0 … 1; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.sigmoid) }

  /// The layer as its own source would write it.
  public var description: String { "Sigmoid()" }
}

/// The hyperbolic tangent of each element.
public final class Tanh: Layer, CustomStringConvertible {
  /// A squashing to −1 … 1; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { watched(input.tanh) }

  /// The layer as its own source would write it.
  public var description: String { "Tanh()" }
}
