import Layers
import Tensors
import TestSupport
import Testing

struct WeightAverageTests {
  @Test(arguments: TrainingGoldens.shared.averages)
  func `an average follows the weights as PyTorch's does`(golden: TrainingGoldens.Average) {
    let weight = Parameter(golden.weights[0].tensor)
    let average = WeightAverage(of: OneParameter(weight), keep: golden.keep)
    for (weights, after) in zip(golden.weights.dropFirst(), golden.after) {
      weight.value = weights.tensor
      average.update()
      average.applied { expectClose(weight.value, after, .averages) }
      expectClose(weight.value, weights, .exact)
    }
  }

  @Test func `the weights return when the body throws`() {
    struct Stop: Error {}
    let weight = Parameter(.ones([2]))
    let average = WeightAverage(of: OneParameter(weight))
    weight.value = .zeros([2])
    #expect(throws: Stop.self) {
      try average.applied {
        #expect(weight.value.scalars == [1, 1])
        throw Stop()
      }
    }
    #expect(weight.value.scalars == [0, 0])
  }
}

extension Tolerance {
  /// Three updates of numbers up to 2, with shares that are rounded and may cancel.
  fileprivate static let averages = Tolerance(
    "averages", absolute: 16 * rounding, relative: 8 * rounding)
}
