import Layers
import Tensors
import Testing

struct InitializerTests {
  /// 72 inputs and 576 outputs meet in a weight; 41 472 are drawn.
  private func layer(_ initializer: Initializer) -> Conv2D {
    var generator = SplitMix64(seed: 41)
    return Conv2D(8, 576, kernel: 3, initializer: initializer, using: &generator)
  }

  private let fanIn = 72.0
  private let fanOut = 576.0 * 9

  @Test func `He draws from the normal distribution of variance 2 by fan-in`() {
    expectMoments(layer(.he), variance: 2 / fanIn, fourthByVariance: 3)
  }

  @Test func `Glorot draws evenly, of variance 2 by the sum of both fans`() {
    let weight = layer(.glorot)
    let variance = 2 / (fanIn + fanOut)
    expectMoments(weight, variance: variance, fourthByVariance: 1.8)
    expectInside(weight.weight, (3 * variance).squareRoot())
  }

  @Test func `by fan-in draws weights and biases evenly within one by its root`() throws {
    let layer = layer(.uniformByFanIn)
    let bound = 1 / fanIn.squareRoot()
    expectMoments(layer, variance: bound * bound / 3, fourthByVariance: 1.8)
    expectInside(layer.weight, bound)
    let bias = try #require(layer.bias)
    expectInside(bias, bound)
    #expect(Set(bias.value.scalars).count > 500)
  }

  @Test func `a normal of given deviation, and a constant`() {
    expectMoments(layer(.normal(0.01)), variance: 1e-4, fourthByVariance: 3)
    #expect(layer(.constant(0.5)).weight.value.scalars.allSatisfy { $0 == 0.5 })
  }

  @Test(arguments: [Initializer.he, .glorot, .normal(1), .constant(2)])
  func `biases start at zero`(initializer: Initializer) throws {
    let bias = try #require(layer(initializer).bias)
    #expect(bias.value.scalars == Array(repeating: 0, count: 576))
  }

  @Test func `the same seed draws the same weights, another seed others`() {
    #expect(layer(.he).weight.value.scalars == layer(.he).weight.value.scalars)
    var other = SplitMix64(seed: 42)
    let different = Conv2D(8, 576, kernel: 3, using: &other)
    #expect(different.weight.value.scalars != layer(.he).weight.value.scalars)
  }

  /// Mean and variance within three standard errors; the variance's own error is
  /// variance · √((fourth moment / variance² − 1) / n).
  private func expectMoments(
    _ layer: Conv2D, variance: Double, fourthByVariance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let draws = layer.weight.value.scalars.map(Double.init)
    let count = Double(draws.count)
    let mean = draws.reduce(0, +) / count
    let found = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(mean.magnitude < 3 * (variance / count).squareRoot(), sourceLocation: sourceLocation)
    #expect(
      (found / variance - 1).magnitude < 3 * ((fourthByVariance - 1) / count).squareRoot(),
      sourceLocation: sourceLocation)
  }

  private func expectInside(
    _ parameter: Parameter, _ bound: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = parameter.value.scalars.map { Double($0.magnitude) }.max() ?? 0
    #expect(
      largest <= bound * (1 + 1e-6) && largest > 0.98 * bound, sourceLocation: sourceLocation)
  }
}
