public import Tensors

/// max(0, x) of each element.
public final class ReLU: Layer, CustomStringConvertible {
  /// A rectifier; it holds nothing.
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor { input.relu }

  public var description: String { "ReLU()" }
}
