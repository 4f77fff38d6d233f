import Layers
import Tensors
import TestSupport
import Testing

struct ParameterWalkTests {
  @Test func `paths follow the declarations`() {
    var generator = SplitMix64(seed: 1)
    let model = Heads(&generator)
    #expect(
      parameters(of: model).map(\.path) == [
        "stem.layers.0.weight", "stem.layers.0.bias", "stem.layers.1.scale",
        "stem.layers.1.shift", "heads.0.weight", "heads.0.bias", "heads.1.weight",
        "heads.1.bias", "extra.weight",
      ])
  }

  @Test func `a layer that is not there has no parameters`() {
    var generator = SplitMix64(seed: 1)
    let model = Heads(&generator)
    model.extra = nil
    #expect(parameters(of: model).last?.path == "heads.1.bias")
  }

  @Test func `a shared layer counts once, by its first path`() {
    var generator = SplitMix64(seed: 1)
    let shared = Conv2D(2, 2, kernel: 1, using: &generator)
    let model = Sequential(shared, ReLU(), shared)
    #expect(parameters(of: model).map(\.path) == ["layers.0.weight", "layers.0.bias"])
    #expect(parameterCount(of: model) == 6)
  }

  @Test func `a shared layer gathers the gradients of all its uses`() throws {
    let scale = Parameter(Tensor([3], shape: [1]))
    let model = Sequential(OneParameter(scale), OneParameter(scale))
    training { model(Tensor([2], shape: [1])).sum().backward() }  // 2 · s²: 4s
    #expect(scale.gradient?.scalars == [12])
  }

  @Test func `what a parent class declares comes first`() {
    let model = Shifted()
    #expect(parameters(of: model).map(\.path) == ["scale", "shift"])
  }

  @Test func `a TinySSD-like model has the number of parameters one counts by hand`() {
    var generator = SplitMix64(seed: 1)
    func block(_ inputs: Int, _ outputs: Int) -> Sequential {
      Sequential(
        [inputs, outputs].flatMap { from -> [any Layer] in
          [
            Conv2D(from, outputs, kernel: 3, padding: 1, using: &generator),
            BatchNorm2D(outputs), ReLU(),
          ]
        } + [MaxPool2D(2)])
    }
    // Convolutions: inputs · outputs · 9 + outputs; normalisations: 2 · outputs.
    let base = 3 * 16 * 9 + 16 * 16 * 9 + 2 * 3 * 16
    let second = 16 * 32 * 9 + 32 * 32 * 9 + 2 * 3 * 32
    let third = 32 * 64 * 9 + 64 * 64 * 9 + 2 * 3 * 64
    #expect(
      parameterCount(of: Sequential(block(3, 16), block(16, 32), block(32, 64)))
        == base + second + third)
  }

  @Test func `plain settings of a layer are no parameters`() {
    final class Configured: Layer {
      let name = "head"
      let sizes: [Float] = [0.2, 0.272]
      let table = ["a": 1]
      let pair = (1, "two")
      let circle = Circle()
      let weight = Parameter(.ones([2]))
      func callAsFunction(_ input: Tensor) -> Tensor { input }
    }
    #expect(parameters(of: Configured()).map(\.path) == ["weight"])
  }
}

/// What the walk must not pass over in silence.
struct ParameterWalkStopTests {
  @Test func `a tensor as a property`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      final class Model: Layer {
        let weight = Tensor.ones([2])
        func callAsFunction(_ input: Tensor) -> Tensor { input }
      }
      _ = parameters(of: Sequential(Model()))
    }
    expectStopped(
      result,
      saying: "layers.0.weight is a Tensor; wrap it in Parameter to train it, or in Constant to "
        + "keep it")
  }

  @Test func `a parameter in a dictionary`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      final class Model: Layer {
        let heads = ["class": Parameter(.ones([2]))]
        func callAsFunction(_ input: Tensor) -> Tensor { input }
      }
      _ = parameters(of: Model())
    }
    expectStopped(result, saying: "heads.0.value would not be trained or saved")
  }

  @Test func `a layer in a tuple`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      final class Model: Layer {
        let pair = (first: ReLU(), second: 3)
        func callAsFunction(_ input: Tensor) -> Tensor { input }
      }
      _ = parameters(of: Model())
    }
    expectStopped(result, saying: "pair.first would not be trained or saved")
  }

  @Test func `a parameter in a struct in an array`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      struct Head { let weight = Parameter(.ones([2])) }
      final class Model: Layer {
        let heads = [Head()]
        func callAsFunction(_ input: Tensor) -> Tensor { input }
      }
      _ = parameters(of: Model())
    }
    expectStopped(result, saying: "heads.0.weight would not be trained or saved")
  }

  @Test func `a layer in a class that is no layer`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      final class Holder { let weight = Parameter(.ones([2])) }
      final class Model: Layer {
        let holder = Holder()
        func callAsFunction(_ input: Tensor) -> Tensor { input }
      }
      _ = parameters(of: Model())
    }
    expectStopped(result, saying: "holder.weight would not be trained or saved")
  }
}

private final class Heads: Layer {
  let stem: Sequential
  let heads: [Conv2D]
  var extra: OneParameter?

  init(_ generator: inout SplitMix64) {
    stem = Sequential(Conv2D(3, 4, kernel: 1, using: &generator), BatchNorm2D(4))
    heads = [
      Conv2D(4, 2, kernel: 1, using: &generator), Conv2D(4, 8, kernel: 1, using: &generator),
    ]
    extra = OneParameter(Parameter(.ones([1])))
  }

  func callAsFunction(_ input: Tensor) -> Tensor { stem(input) }
}

/// An object that leads back to itself.
private final class Circle {
  var next: Circle?
  init() { next = self }
}

private class Scaled: Layer {
  let scale = Parameter(.ones([1]))
  func callAsFunction(_ input: Tensor) -> Tensor { input * scale.value }
}

private final class Shifted: Scaled {
  let shift = Parameter(.zeros([1]))
}
