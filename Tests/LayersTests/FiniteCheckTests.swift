import Layers
import Tensors
import Testing

struct FiniteCheckTests {
  private let input = Tensor.ones([1, 2, 2, 2])

  private func model() -> Sequential {
    var generator = SplitMix64(seed: 1)
    return Sequential(
      Conv2D(2, 3, kernel: 1, using: &generator), BatchNorm2D(3), ReLU(),
      Conv2D(3, 1, kernel: 1, using: &generator))
  }

  @Test func `a finite loss passes`() throws {
    let model = model()
    try requireFinite(Tensor(3), step: 1, model: model) { _ = model(input) }
  }

  @Test func `a parameter that is no number is named`() throws {
    let model = model()
    let last = try #require(model.layers[3] as? Conv2D)
    last.weight.value = .full([1, 3, 1, 1], .nan)
    #expect(throws: NotFiniteError.self) {
      try requireFinite(model(input).mean(), step: 17, model: model) { _ = model(input) }
    }
    #expect(
      message(model, step: 17)?.hasPrefix(
        "step 17: the loss is not a number; it first shows in 'layers.3.weight'") == true)
  }

  @Test func `the first layer whose result is not finite is named`() throws {
    let model = model()
    let first = try #require(model.layers[0] as? Conv2D)
    // Finite weights whose sum of products is not.
    first.weight.value = .full([3, 2, 1, 1], 3e38)
    #expect(message(model, step: 2)?.contains("it first shows in 'layers.0'") == true)
    let last = try #require(model.layers[3] as? Conv2D)
    first.weight.value = .ones([3, 2, 1, 1])
    last.weight.value = .full([1, 3, 1, 1], 3e38)
    #expect(message(model, step: 2)?.contains("it first shows in 'layers.3'") == true)
  }

  @Test func `looking for the layer leaves running statistics alone`() throws {
    let model = model()
    let norm = try #require(model.layers[1] as? BatchNorm2D)
    let last = try #require(model.layers[3] as? Conv2D)
    last.weight.value = .full([1, 3, 1, 1], 3e38)
    let before = norm.runningMean.value.scalars
    _ = training {
      #expect(throws: NotFiniteError.self) {
        try requireFinite(Tensor(.nan), step: 1, model: model) { _ = model(input) }
      }
    }
    #expect(norm.runningMean.value.scalars == before)
  }

  @Test func `a loss that alone is no number names no layer`() {
    let model = model()
    let error = #expect(throws: NotFiniteError.self) {
      try requireFinite(Tensor(.infinity), step: 4, model: model) { _ = model(input) }
    }
    #expect(error?.place == nil)
    #expect(error?.description.contains("every layer's result is finite") == true)
  }

  private func message(_ model: Sequential, step: Int) -> String? {
    let error = #expect(throws: NotFiniteError.self) {
      try requireFinite(Tensor(.nan), step: step, model: model) { _ = model(input) }
    }
    return error?.description
  }
}
