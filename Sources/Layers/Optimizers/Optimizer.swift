public import Tensors

/// Moves parameters against their gradients.
public protocol Optimizer: AnyObject {
  /// The factor on each step, changed between steps by a schedule.
  var learningRate: Float { get set }
  /// What the optimizer keeps from step to step, saved so that a run can be continued.
  var memory: OptimizerMemory { get set }
  /// Moves every parameter that has a gradient, then forgets the gradients.
  func step()
}

/// What an optimizer keeps from step to step.
public struct OptimizerMemory {
  /// Steps made so far, where the optimizer counts them.
  public var stepCount: Int
  /// Tensors by name, such as `velocity.layers.0.weight`.
  public var tensors: [String: Tensor]

  /// The memory of an optimizer that has made `stepCount` steps.
  public init(stepCount: Int = 0, tensors: [String: Tensor] = [:]) {
    (self.stepCount, self.tensors) = (stepCount, tensors)
  }
}

extension Optimizer {
  /// An optimizer that keeps nothing.
  public var memory: OptimizerMemory {
    get { OptimizerMemory() }
    set {}
  }
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
  /// `velocity.layers.0.weight`: what it is, and the path of the parameter.
  let name: String
  let values: UnsafeMutablePointer<Float>
  private let shape: [Int]
  private let count: Int

  init(_ kind: String, for named: NamedParameter) {
    name = "\(kind).\(named.path)"
    shape = named.parameter.shape
    count = shape.reduce(1, *)
    values = .allocate(capacity: max(count, 1))
    values.initialize(repeating: 0, count: count)
  }

  deinit { values.deallocate() }

  /// A copy of the numbers.
  var tensor: Tensor {
    get { Tensor(shape: shape) { $0.baseAddress?.initialize(from: values, count: count) } }
    set {
      require(
        newValue.shape == shape, "\(name): the new state has shape \(newValue.shape), not \(shape)")
      newValue.withScalars { scalars in
        if let start = scalars.baseAddress { values.update(from: start, count: count) }
      }
    }
  }
}

extension [OptimizerState] {
  /// Copies by name.
  var tensors: [String: Tensor] {
    get { Dictionary(uniqueKeysWithValues: map { ($0.name, $0.tensor) }) }
    nonmutating set {
      for state in self {
        guard let tensor = newValue[state.name] else {
          fatalError("the optimizer's memory lacks '\(state.name)'")
        }
        state.tensor = tensor
      }
    }
  }
}
