import Glibc
import Tensors

/// Adam with decoupled weight decay.
///
///     m ← β₁·m + (1 − β₁)·g
///     s ← β₂·s + (1 − β₂)·g²
///     w ← w − η·λ·w − η · (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε)
///
/// η `learningRate`, λ `weightDecay`, t the number of the step, from 1.
///
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019,
/// algorithm 2, with η in front of λ as PyTorch has it.
public final class AdamW: Optimizer {
  /// The factor on each step, changed between steps by a schedule.
  public var learningRate: Float
  /// Shares of the old first and second moment kept at each step.
  public let betas: (first: Float, second: Float)
  /// Keeps the quotient finite where gradients vanish.
  public let epsilon: Float
  /// Pull of every parameter towards zero.
  public let weightDecay: Float
  private let moved: [(parameter: Parameter, mean: OptimizerState, square: OptimizerState)]
  private var stepCount = 0

  /// Both moments of each parameter, and the number of steps.
  public var memory: OptimizerMemory {
    get { OptimizerMemory(stepCount: stepCount, tensors: states.tensors) }
    set {
      stepCount = newValue.stepCount
      states.tensors = newValue.tensors
    }
  }

  private var states: [OptimizerState] { moved.flatMap { [$0.mean, $0.square] } }

  /// An optimizer of all parameters of `model`.
  public init(
    _ model: any Layer, learningRate: Float, betas: (first: Float, second: Float) = (0.9, 0.999),
    epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    moved = parameters(of: model).map {
      ($0.parameter, OptimizerState("mean", for: $0), OptimizerState("square", for: $0))
    }
  }

  /// Moves every parameter that has a gradient, then forgets the gradients.
  public func step() {
    stepCount += 1
    let (keep1, keep2, epsilon) = (betas.first, betas.second, epsilon)
    let rate = learningRate / (1 - pow(keep1, Float(stepCount)))
    let rootCorrection = 1 / (1 - pow(keep2, Float(stepCount))).squareRoot()
    let shrink = 1 - learningRate * weightDecay
    for (parameter, mean, square) in moved {
      let (m, s) = (mean.values, square.values)
      parameter.move { range, views in
        for i in range {
          let g = views.gradient[i]
          m[i] = keep1 * m[i] + (1 - keep1) * g
          s[i] = keep2 * s[i] + (1 - keep2) * (g * g)
          views.new[i] =
            views.old[i] * shrink - rate * m[i] / (s[i].squareRoot() * rootCorrection + epsilon)
        }
      }
    }
  }
}
