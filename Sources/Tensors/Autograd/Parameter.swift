/// A place in a model whose tensor training replaces.
///
/// A class, because identity is the point: the model, the optimizer and the graph mean one thing.
public final class Parameter {
  private var storage: Storage
  /// Counts assignments, so that what was derived from an old value is recognised as such.
  package private(set) var version = 0
  /// The sum of the gradients since the optimizer last took them; nil if none came.
  public private(set) var gradient: Tensor?

  /// A parameter that starts at `value`.
  public init(_ value: Tensor) { storage = value.storage.rowMajor }

  /// The present value.
  ///
  /// Reading it while training makes the reader part of the graph.
  public var value: Tensor {
    get {
      Phase.current == .training
        ? Tensor(storage, origin: Origin(parameter: self)) : Tensor(storage)
    }
    set {
      require(
        newValue.shape == shape,
        "Parameter: the new value has shape \(newValue.shape), the parameter \(shape)")
      storage = newValue.storage.rowMajor
      version += 1
    }
  }

  /// The shape of the value, which never changes.
  public var shape: [Int] { storage.layout.shape }

  /// Forgets the gradient.
  public func clearGradient() { gradient = nil }

  /// Replaces the gradient, for clipping and for tests.
  package func replaceGradient(by newGradient: Tensor) { gradient = newGradient.detached }

  func accumulate(_ share: Tensor) {
    let share = share.detached
    gradient = gradient.map { $0 + share } ?? share
  }
}
