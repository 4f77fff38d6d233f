public import Tensors

/// max(0, x) of each element.
public final class ReLU: Layer, CustomStringConvertible {
  /// A rectifier; it holds nothing.
  public init() {}

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { input.relu }

  /// The layer as its own source would write it.
  public var description: String { "ReLU()" }
}
