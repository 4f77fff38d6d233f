import Synchronization
public import Tensors

/// Training met a number that is not one.
public struct NotFiniteError: Error, CustomStringConvertible, Equatable {
  /// The number of the step, as the caller counts them.
  public let step: Int
  /// The path of the layer or parameter where it shows first; nil when only the loss has it.
  public let place: String?

  /// What happened, and what to do next.
  public var description: String {
    let where_ = place.map { "it first shows in '\($0)'" } ?? "every layer's result is finite"
    return "step \(step): the loss is not a number; \(where_). Lower the learning rate, or look "
      + "for a division by zero or a logarithm of zero in the loss."
  }
}

/// Throws when `loss` is not finite, naming the step and the first layer of `model` that shows it.
///
/// `forward` computes the model's results again, from the same input, to find the layer.
public func requireFinite(
  _ loss: Tensor, step: Int, model: any Layer, recomputing forward: () -> Void
) throws(NotFiniteError) {
  if loss.scalar.isFinite { return }
  let walk = ModelWalk(model)
  for named in walk.parameters where !inference({ named.parameter.value.isFinite }) {
    throw NotFiniteError(step: step, place: named.path)
  }
  let first = firstNotFinite(in: forward)
  throw NotFiniteError(
    step: step,
    place: first.flatMap { id in walk.layers.first { ObjectIdentifier($0.layer) == id } }?.path)
}

/// The first layer whose result in a repeated forward pass is not finite.
private func firstNotFinite(in forward: () -> Void) -> ObjectIdentifier? {
  let finding = Finding()
  LayerWatch.watching({ finding.note($0, $1) }, forward)
  return finding.layer.withLock { $0 }
}

private final class Finding: Sendable {
  let layer = Mutex<ObjectIdentifier?>(nil)

  func note(_ id: ObjectIdentifier, _ result: Tensor) {
    layer.withLock { layer in
      if layer == nil, !result.isFinite { layer = id }
    }
  }
}

extension Tensor {
  /// Whether every element is a finite number.
  public var isFinite: Bool { withScalars { $0.allSatisfy(\.isFinite) } }
}
