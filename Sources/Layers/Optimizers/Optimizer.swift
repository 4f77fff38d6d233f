import Tensors

/// Moves parameters against their gradients.
public protocol Optimizer: AnyObject {
  /// The factor on each step, changed between steps by a schedule.
  var learningRate: Float { get set }
  /// Moves every parameter that has a gradient, then forgets the gradients.
  func step()
}

/// The arrays that one update reads and writes, element by element.
struct UpdateViews {
  let old: UnsafePointer<Float>
  let gradient: UnsafePointer<Float>
  let new: UnsafeMutablePointer<Float>
}

extension Parameter {
  /// Replaces the value by what `update` writes for each range of elements, in one pass over the
  /// threads, and clears the gradient.
  ///
  /// Does nothing without a gradient.
  func move(_ update: (Range<Int>, UpdateViews) -> Void) {
    guard let gradient else { return }
    let old = inference { value }
    old.withScalars { old in
      gradient.withScalars { gradient in
        value = Tensor(shape: shape) { new in
          guard let o = old.baseAddress, let g = gradient.baseAddress, let n = new.baseAddress
          else { return }
          let views = UpdateViews(old: o, gradient: g, new: n)
          inParallel(new.count, grain: 16) { update($0, views) }
        }
      }
    }
    clearGradient()
  }
}

/// One number for each element of a parameter, kept between steps.
final class OptimizerState {
  let values: UnsafeMutablePointer<Float>
  private let count: Int

  init(for parameter: Parameter) {
    count = parameter.shape.reduce(1, *)
    values = .allocate(capacity: max(count, 1))
    values.initialize(repeating: 0, count: count)
  }

  deinit { values.deallocate() }
}
