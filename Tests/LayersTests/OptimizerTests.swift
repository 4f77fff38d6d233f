import Layers
import Tensors
import TestSupport
import Testing

/// A layer with one parameter and nothing to compute.
final class OneParameter: Layer {
  let weight: Parameter
  init(_ weight: Parameter) { self.weight = weight }
  func callAsFunction(_ input: Tensor) -> Tensor { input * weight.value }
}

struct OptimizerTests {
  static let goldens = ["engine", "layer_training"].flatMap {
    EngineGoldens($0).optimizers ?? []
  }

  @Test(arguments: goldens)
  func `three steps agree with PyTorch`(golden: GoldenOptimizer) throws {
    let parameter = Parameter(golden.start.tensor)
    let optimizer = try #require(makeOptimizer(golden, OneParameter(parameter)))
    for (gradient, after) in zip(golden.gradients, golden.after) {
      parameter.replaceGradient(by: gradient.tensor)
      optimizer.step()
      expectClose(parameter.value, after, .updates)
      #expect(parameter.gradient == nil)
    }
  }

  private func makeOptimizer(
    _ golden: GoldenOptimizer, _ model: OneParameter
  ) -> (any Optimizer)? {
    let attributes = golden.attributes
    return switch golden.name {
    case "sgd":
      SGD(
        model, learningRate: attributes.learningRate, momentum: attributes.momentum ?? 0,
        looksAhead: attributes.nesterov ?? false, weightDecay: attributes.weightDecay)
    case "adamW":
      AdamW(
        model, learningRate: attributes.learningRate,
        betas: (attributes.betas![0], attributes.betas![1]), epsilon: attributes.epsilon!,
        weightDecay: attributes.weightDecay)
    default: nil
    }
  }

  @Test func `a parameter without a gradient stays as it is`() {
    for make in [
      { SGD($0, learningRate: 1, momentum: 0.9, weightDecay: 0.1) as any Optimizer },
      { AdamW($0, learningRate: 1) as any Optimizer },
    ] {
      let parameter = Parameter(Tensor([1, 2, 3], shape: [3]))
      make(OneParameter(parameter)).step()
      #expect(parameter.value.scalars == [1, 2, 3])
    }
  }
}

struct OptimizerMemoryTests {
  @Test(arguments: [true, false])
  func `an optimizer continues from another's memory`(isAdam: Bool) {
    func optimizer(_ weight: Parameter) -> any Optimizer {
      let model = OneParameter(weight)
      return isAdam
        ? AdamW(model, learningRate: 0.1) : SGD(model, learningRate: 0.1, momentum: 0.9)
    }
    let gradient = Tensor([1, -2], shape: [2])
    let (first, second) = (Parameter(.ones([2])), Parameter(.ones([2])))
    let (from, to) = (optimizer(first), optimizer(second))
    first.replaceGradient(by: gradient)
    from.step()
    second.value = first.value
    to.memory = from.memory
    for (parameter, optimizer) in [(first, from), (second, to)] {
      parameter.replaceGradient(by: gradient)
      optimizer.step()
    }
    #expect(first.value.scalars == second.value.scalars)
    #expect(from.memory.stepCount == (isAdam ? 2 : 0))
  }

  @Test func `a memory is a copy, which later steps leave alone`() {
    let weight = Parameter(.ones([2]))
    let optimizer = SGD(OneParameter(weight), learningRate: 0.1, momentum: 0.9)
    let memory = optimizer.memory
    weight.replaceGradient(by: .ones([2]))
    optimizer.step()
    #expect(memory.tensors["velocity.weight"]?.scalars == [0, 0])
    #expect(optimizer.memory.tensors["velocity.weight"]?.scalars == [1, 1])
  }

  @Test func `a look ahead without momentum is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SGD(OneParameter(Parameter(.ones([2]))), learningRate: 1, looksAhead: true)
    }
    expectStopped(result, saying: "SGD: looking ahead needs a momentum, which is 0.0")
  }
}

extension Tolerance {
  /// Three updates, each of a few roundings of numbers up to 3; AdamW's bias corrections are
  /// powers of a Float β₂, whose own rounding 1 − β₂ᵗ magnifies (to 2⁻¹⁴ of a step of 0.01).
  fileprivate static let updates = Tolerance("updates", absolute: 32 * rounding)
}
