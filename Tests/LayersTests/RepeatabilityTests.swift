import Layers
import Tensors
import Testing

struct RepeatabilityTests {
  @Test func `the same seed trains to the same bits`() {
    #expect(train(seed: 51) == train(seed: 51))
    #expect(train(seed: 51) != train(seed: 52))
  }

  @Test func `a repetition in plain order has its own same bits`() {
    LayoutPolicy.$current.withValue(.plain) { #expect(train(seed: 51) == train(seed: 51)) }
  }

  /// Every parameter, as bits, after three steps of a small detector.
  private func train(seed: UInt64) -> [UInt32] {
    var generator = SplitMix64(seed: seed)
    let model = Sequential(
      Conv2D(3, 32, kernel: 3, padding: 1, using: &generator), BatchNorm2D(32), ReLU(),
      Conv2D(32, 32, kernel: 3, padding: 1, using: &generator), BatchNorm2D(32), ReLU(),
      MaxPool2D(2), Conv2D(32, 4, kernel: 3, padding: 1, using: &generator))
    let optimizer = SGD(model, learningRate: 0.05, momentum: 0.9)
    for _ in 0..<3 {
      let input = Tensor.normal([4, 3, 24, 24], using: &generator)
      let classes = (0..<4 * 144).map { _ in Int32.random(in: 0..<4, using: &generator) }
      training {
        let logits = model(input).permuted([0, 2, 3, 1])
        crossEntropy(logits, classes).mean().backward()
      }
      optimizer.step()
    }
    return parameters(of: model).flatMap { $0.parameter.value.scalars.map(\.bitPattern) }
  }
}
