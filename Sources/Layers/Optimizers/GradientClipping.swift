import Tensors

/// Scales all gradients of `model` by one factor so that together they are no longer than `limit`.
///
/// Returns the length they had, the root of the sum of all squares. Where that is not a finite
/// number, the gradients stay as they are.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
/// ICML 2013, algorithm 1.
@discardableResult
public func clipGradients(of model: any Layer, toNorm limit: Float) -> Float {
  require(limit > 0, "clipGradients: the limit \(limit) must be above 0")
  let clipped = parameters(of: model).map(\.parameter).filter { $0.gradient != nil }
  return inference {
    let squares = clipped.reduce(0.0) { sum, parameter in
      sum + Double(parameter.gradient.map { ($0 * $0).sum().scalar } ?? 0)
    }
    let norm = Float(squares.squareRoot())
    if norm.isFinite && norm > limit {
      for parameter in clipped {
        if let gradient = parameter.gradient {
          parameter.replaceGradient(by: gradient * (limit / norm))
        }
      }
    }
    return norm
  }
}
