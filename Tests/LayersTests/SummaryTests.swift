import Layers
import Tensors
import Testing

struct SummaryTests {
  private func model() -> Sequential {
    var generator = SplitMix64(seed: 1)
    return Sequential(
      Conv2D(3, 8, kernel: 3, padding: 1, using: &generator), BatchNorm2D(8), ReLU(),
      TransposedConv2D(8, 2, kernel: 2, stride: 2, using: &generator),
      AdaptiveAveragePool2D(), Flatten(), Linear(2, 4, using: &generator))
  }

  @Test func `a summary lists results, parameters and work of each layer`() {
    let summary = summary(of: model(), inputShape: [2, 3, 10, 12])
    #expect(
      summary.rows.map(\.resultShape) == [
        [2, 8, 10, 12], [2, 8, 10, 12], [2, 8, 10, 12], [2, 2, 20, 24], [2, 2, 1, 1], [2, 2],
        [2, 4],
      ])
    #expect(summary.rows.map(\.parameterCount) == [3 * 8 * 9 + 8, 16, 0, 8 * 2 * 4 + 2, 0, 0, 12])
    let convolution = 2 * 8 * 10 * 12 * 27
    let transposed = 2 * 10 * 12 * 8 * 2 * 4
    #expect(
      summary.rows.map(\.multiplications) == [convolution, 0, 0, transposed, 0, 0, 2 * 2 * 4])
    #expect(summary.parameterCount == parameterCount(of: model()))
    #expect(summary.gigaFLOP == 2e-9 * Double(convolution + transposed + 16))
  }

  @Test func `a summary prints as a table`() {
    var generator = SplitMix64(seed: 1)
    let model = Sequential(
      Conv2D(3, 64, kernel: 3, padding: 1, using: &generator), MaxPool2D(2))
    #expect(
      "\(summary(of: model, inputShape: [1, 3, 64, 64]))" == """
        layer                                     result           parameters  GFLOP
        layers.0  Conv2D(3 → 64, 3×3, padding 1)  [1, 64, 64, 64]       1 792  0.014
        layers.1  MaxPool2D(2, stride 2)          [1, 64, 32, 32]           0  0.000
        total                                                           1 792  0.014
        """)
  }

  @Test func `work outside of layers is in the total, parameters of composed layers in a row`() {
    final class Mixing: Layer {
      let weight = Parameter(.ones([3, 3]))
      let after = Flatten()
      func callAsFunction(_ input: Tensor) -> Tensor {
        matmul(after(matmul(input, weight.value)), weight.value)
      }
    }
    let summary = summary(of: Mixing(), inputShape: [2, 3])
    #expect(summary.rows.map(\.path) == ["", "after"])
    #expect(summary.rows[0].parameterCount == 9)
    #expect(summary.rows[0].layer == "Mixing")
    #expect(summary.rows[1].multiplications == 18)
    #expect(summary.multiplications == 36)
  }

  @Test func `a layer called twice does its work twice`() {
    var generator = SplitMix64(seed: 1)
    let shared = Linear(4, 4, using: &generator)
    let summary = summary(of: Sequential(shared, shared), inputShape: [5, 4])
    #expect(summary.rows.map(\.multiplications) == [2 * 5 * 16])
    #expect(summary.parameterCount == 20)
  }

  @Test func `a layer that was not called says so`() {
    var generator = SplitMix64(seed: 1)
    let model = Sequential(Linear(4, 4, using: &generator))
    let summary = summary(of: model) {}
    #expect(summary.rows.map(\.resultShape) == [nil])
    #expect("\(summary)".contains("not called"))
  }
}
