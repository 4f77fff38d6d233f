import Layers
import Tensors
import TestSupport
import Testing

/// Layers computed together give what they give one by one.
struct SequentialTests {
  /// One block of TinySSD, with statistics and scales that are not the initial ones.
  private func block(bias: Bool = true) -> Sequential {
    var generator = SplitMix64(seed: 21)
    var layers: [any Layer] = []
    for (inputs, outputs) in [(3, 10), (10, 16)] {
      let norm = BatchNorm2D(outputs)
      norm.scale.value = .uniform([outputs], in: 0.5..<1.5, using: &generator)
      norm.shift.value = .normal([outputs], using: &generator)
      norm.runningMean.value = .normal([outputs], using: &generator)
      norm.runningVariance.value = .uniform([outputs], in: 0.5..<2, using: &generator)
      layers += [
        Conv2D(inputs, outputs, kernel: 3, padding: 1, hasBias: bias, using: &generator),
        norm, ReLU(),
      ]
    }
    return Sequential(layers + [MaxPool2D(2)])
  }

  private let input: Tensor = {
    var generator = SplitMix64(seed: 22)
    return .normal([2, 3, 6, 8], using: &generator)
  }()

  private func oneByOne(_ block: Sequential, _ input: Tensor) -> Tensor {
    block.layers.reduce(input) { $1($0) }
  }

  @Test func `training gives the same result, gradients and running statistics`() throws {
    func train(_ forward: (Sequential, Tensor) -> Tensor) -> (Sequential, Tensor, Parameter) {
      let (block, x) = (block(), Parameter(input))
      let result = training { forward(block, x.value) }
      var generator = SplitMix64(seed: 23)
      result.backward(from: .normal(result.shape, using: &generator))
      return (block, result, x)
    }
    let (fused, fusedResult, fusedInput) = train { $0($1) }
    let (plain, plainResult, plainInput) = train(oneByOne)
    expectClose(fusedResult, plainResult, .fused)
    expectClose(try #require(fusedInput.gradient), try #require(plainInput.gradient), .fused)
    for (a, b) in zip(parameters(of: fused), parameters(of: plain)) {
      expectClose(
        try #require(a.parameter.gradient), try #require(b.parameter.gradient), .fused, a.path)
    }
    for (a, b) in zip(fused.layers, plain.layers) {
      guard let a = a as? BatchNorm2D, let b = b as? BatchNorm2D else { continue }
      expectClose(a.runningMean.value, b.runningMean.value, .fused)
      expectClose(a.runningVariance.value, b.runningVariance.value, .fused)
      #expect(a.runningMean.value.scalars != block().runningMeans[0])
    }
  }

  @Test(arguments: [true, false])
  func `inference with folded weights gives the same result`(bias: Bool) {
    let block = block(bias: bias)
    expectClose(block(input), oneByOne(block, input), .fused)
  }

  @Test func `folding without a rectifier behind gives the same result`() {
    var generator = SplitMix64(seed: 24)
    let block = Sequential(
      Conv2D(3, 5, kernel: 1, stride: 2, using: &generator), BatchNorm2D(5), MaxPool2D(2))
    expectClose(block(input), oneByOne(block, input), .fused)
  }

  @Test func `folded weights follow every value they came from`() throws {
    let block = block()
    let convolution = try #require(block.layers[0] as? Conv2D)
    let norm = try #require(block.layers[1] as? BatchNorm2D)
    let bias = try #require(convolution.bias)
    let changes: [(name: String, change: () -> Void)] = [
      ("weight", { convolution.weight.value = convolution.weight.value * 2 }),
      ("bias", { bias.value = bias.value + 1 }),
      ("scale", { norm.scale.value = norm.scale.value * 2 }),
      ("shift", { norm.shift.value = norm.shift.value + 1 }),
      ("running mean", { norm.runningMean.value = norm.runningMean.value + 1 }),
      ("running variance", { norm.runningVariance.value = norm.runningVariance.value * 2 }),
      ("a training step", { [input] in _ = training { block(input) } }),
    ]
    for (name, change) in changes {
      let before = block(input).scalars
      change()
      let after = block(input)
      #expect(after.scalars != before, "\(name) changed nothing")
      expectClose(after, oneByOne(block, input), .fused, name)
    }
  }

  @Test func `a block of another block's layers folds them by itself`() {
    let block = block()
    let copy = Sequential(block.layers)
    #expect(block(input).scalars == copy(input).scalars)
  }

  @Test func `gradients flow through a fused pass under plain order too`() throws {
    let (blocked, plain) = (block(), block())
    training { blocked(input).sum().backward() }
    LayoutPolicy.$current.withValue(.plain) { training { plain(input).sum().backward() } }
    for (a, b) in zip(parameters(of: blocked), parameters(of: plain)) {
      expectClose(
        try #require(a.parameter.gradient), try #require(b.parameter.gradient), .fused, a.path)
    }
  }
}

extension Sequential {
  fileprivate var runningMeans: [[Float]] {
    layers.compactMap { ($0 as? BatchNorm2D)?.runningMean.value.scalars }
  }
}

extension Tolerance {
  /// Two layers whose roundings fall in another order: values of about 3, gradients that add up
  /// 96 cells of each map.
  fileprivate static let fused = Tolerance(
    "fused", absolute: 512 * rounding, relative: 128 * rounding)
}
