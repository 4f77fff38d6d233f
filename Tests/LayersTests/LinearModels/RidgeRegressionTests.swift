import Layers
import Tensors
import TestSupport
import Testing

struct RidgeRegressionTests {
  @Test func `weights are those of scikit-learn`() {
    for golden in LinearModelGoldens.shared.ridges {
      let fit = RidgeRegression(
        features: Tensor(golden.features, shape: [golden.rows, golden.columns]),
        targets: Tensor(golden.targets, shape: [golden.rows, golden.targetCount]),
        penalty: golden.penalty)
      // The products are summed in Float; the system of equations multiplies their rounding.
      let tolerance = Tolerance("normal equations", absolute: 1e-5, relative: 1e-5)
      expectClose(
        Tensor(fit.weights, shape: [golden.columns, golden.targetCount]),
        Tensor(golden.weights.map { Float($0) }, shape: [golden.columns, golden.targetCount]),
        tolerance)
    }
  }

  @Test func `the worked example is solved for every penalty`() {
    let features = Tensor([1, 0, 0, 1, 1, 1], shape: [3, 2])
    let targets = Tensor([1, 2, 3], shape: [3, 1])
    for (penalty, expected) in [
      (Float(0), [1.0, 2]), (1, [0.875, 1.375]), (1000, [0.003_987, 0.004_986]),
    ] {
      let fit = RidgeRegression(features: features, targets: targets, penalty: penalty)
      for (ours, wanted) in zip(fit.weights, expected) {
        #expect((Double(ours) - wanted).magnitude < 1e-6, "\(penalty): \(fit.weights)")
      }
    }
  }

  @Test func `predictions are rows times weights`() {
    let fit = RidgeRegression(
      features: Tensor([1, 0, 0, 1, 1, 1], shape: [3, 2]),
      targets: Tensor([1, 2, 3], shape: [3, 1]),
      penalty: 0)
    #expect((fit(Tensor([10, 100], shape: [1, 2])).scalar - 210).magnitude < 1e-3)
  }

  @Test func `features that depend on one another need a penalty`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RidgeRegression(
        features: Tensor([1, 1, 1, 1], shape: [2, 2]), targets: .ones([2, 1]), penalty: 0)
    }
    expectStopped(result, saying: "give a penalty above 0")
  }
}
