import Tensors

/// Stochastic gradient descent with momentum.
///
///     g ← g + λ·w
///     v ← μ·v + g
///     w ← w − η·v                 or, looking ahead,  w ← w − η·(g + μ·v)
///
/// η `learningRate` (per step), μ `momentum` (share of the old velocity kept, 0 ≤ μ < 1),
/// λ `weightDecay`.
///
/// Source: Polyak 1964 and Nesterov 1983, in the form PyTorch uses: η multiplies the whole
/// velocity.
public final class SGD: Optimizer {
  /// The factor on each step, changed between steps by a schedule.
  public var learningRate: Float
  /// Share of the old velocity kept at each step.
  public let momentum: Float
  /// Whether a step looks ahead to where the velocity leads (Nesterov).
  public let looksAhead: Bool
  /// Pull of every parameter towards zero.
  public let weightDecay: Float
  private let moved: [(parameter: Parameter, velocity: OptimizerState?)]

  /// The velocity of each parameter.
  public var memory: OptimizerMemory {
    get { OptimizerMemory(tensors: moved.compactMap(\.velocity).tensors) }
    set { moved.compactMap(\.velocity).tensors = newValue.tensors }
  }

  /// An optimizer of all parameters of `model`.
  public init(
    _ model: any Layer, learningRate: Float, momentum: Float = 0, looksAhead: Bool = false,
    weightDecay: Float = 0
  ) {
    require(
      !looksAhead || momentum > 0, "SGD: looking ahead needs a momentum, which is \(momentum)")
    self.looksAhead = looksAhead
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    moved = parameters(of: model).map {
      ($0.parameter, momentum == 0 ? nil : OptimizerState("velocity", for: $0))
    }
  }

  /// Moves every parameter that has a gradient, then forgets the gradients.
  public func step() {
    let (rate, keep, decay) = (learningRate, momentum, weightDecay)
    // w − η·(a·g + b·v): all of the velocity, or the gradient and what is kept of the velocity.
    let (gradientShare, velocityShare): (Float, Float) = looksAhead ? (1, keep) : (0, 1)
    for (parameter, velocity) in moved {
      if let v = velocity?.values {
        parameter.move { range, views in
          for i in range {
            let g = views.gradient[i] + decay * views.old[i]
            v[i] = keep * v[i] + g
            views.new[i] = views.old[i] - rate * (gradientShare * g + velocityShare * v[i])
          }
        }
      } else {
        parameter.move { range, views in
          for i in range {
            views.new[i] = views.old[i] - rate * (views.gradient[i] + decay * views.old[i])
          }
        }
      }
    }
  }
}
