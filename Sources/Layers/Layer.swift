public import Tensors

/// Turns one tensor into another.
///
/// Layers are classes: training changes what they hold.
///
/// Not `Sendable`: a model belongs to the task that trains it.
public protocol Layer: AnyObject {
  /// The layer's result for `input`.
  func callAsFunction(_ input: Tensor) -> Tensor
}

/// A tensor that a model keeps and saves but does not train, such as a running mean.
public final class Constant {
  /// The present value.
  public var value: Tensor {
    didSet {
      require(
        value.shape == oldValue.shape,
        "Constant: the new value has shape \(value.shape), the constant \(oldValue.shape)")
      version += 1
    }
  }
  /// Counts assignments, so that what was derived from an old value is recognised as such.
  package private(set) var version = 0

  /// A constant that starts at `value`.
  public init(_ value: Tensor) { self.value = value.detached }
}
