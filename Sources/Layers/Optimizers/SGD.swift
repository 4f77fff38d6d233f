import Tensors

/// Stochastic gradient descent with momentum.
///
///     g ← g + λ·w
///     v ← μ·v + g
///     w ← w − η·v
///
/// η `learningRate` (per step), μ `momentum` (share of the old velocity kept, 0 ≤ μ < 1),
/// λ `weightDecay`.
///
/// Source: Polyak 1964, in the form PyTorch uses: η multiplies the whole velocity.
public final class SGD: Optimizer {
  /// The factor on each step, changed between steps by a schedule.
  public var learningRate: Float
  /// Share of the old velocity kept at each step.
  public let momentum: Float
  /// Pull of every parameter towards zero.
  public let weightDecay: Float
  private let moved: [(parameter: Parameter, velocity: OptimizerState?)]

  /// An optimizer of all parameters of `model`.
  public init(
    _ model: any Layer, learningRate: Float, momentum: Float = 0, weightDecay: Float = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    moved = parameters(of: model).map {
      ($0.parameter, momentum == 0 ? nil : OptimizerState(for: $0.parameter))
    }
  }

  /// Moves every parameter that has a gradient, then forgets the gradients.
  public func step() {
    let (rate, keep, decay) = (learningRate, momentum, weightDecay)
    for (parameter, velocity) in moved {
      if let v = velocity?.values {
        parameter.move { range, views in
          for i in range {
            v[i] = keep * v[i] + (views.gradient[i] + decay * views.old[i])
            views.new[i] = views.old[i] - rate * v[i]
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
