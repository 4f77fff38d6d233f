import Layers
import Tensors
import TestSupport
import Testing

struct LinearSVMTests {
  /// Both solvers end where no multiplier moves by more than their tolerance; ours has 10⁻⁴ of a
  /// margin, the golden 10⁻¹⁰.
  private static let optimum = Tolerance("optimum", absolute: 1e-3, relative: 1e-3)
  /// What rounding to Float may take from an objective.
  private static let rounding = 1e-5

  private func trained(
    _ golden: LinearModelGoldens.Machine, seed: UInt64 = 1
  ) -> (LinearSVM, Tensor, LinearSVM.Costs) {
    var random = SplitMix64(seed: seed)
    let features = Tensor(golden.features, shape: [golden.rows, golden.columns])
    let costs = LinearSVM.Costs(
      cost: golden.cost, positiveWeight: golden.positiveWeight, biasFeature: golden.biasFeature)
    let machine = LinearSVM(
      features: features, isPositive: golden.isPositive, costs: costs, tolerance: 1e-4,
      mostPasses: 20_000, using: &random)
    return (machine, features, costs)
  }

  @Test func `weights and bias are those of liblinear`() {
    for golden in LinearModelGoldens.shared.machines {
      let (machine, _, _) = trained(golden)
      for (ours, theirs) in zip(machine.weights + [machine.bias], golden.weights + [golden.bias]) {
        #expect(Self.optimum.allows(Double(ours), theirs), "\(golden.columns): \(ours), \(theirs)")
      }
    }
  }

  @Test func `the objective at the end is as near to liblinear's as the tolerance asks`() {
    for golden in LinearModelGoldens.shared.machines {
      let (machine, features, costs) = trained(golden)
      let objective = machine.objective(
        features: features, isPositive: golden.isPositive, costs: costs)
      // A row whose multiplier wants to move by a tolerance still owes it its cost at most.
      let costOfRows = golden.isPositive.reduce(0) {
        $0 + golden.cost * ($1 ? golden.positiveWeight : 1)
      }
      let owed = 1e-4 * Double(costOfRows)
      let bounds = golden.objective - Self.rounding...golden.objective + owed + Self.rounding
      #expect(bounds.contains(objective), "\(objective), \(golden.objective)")
    }
  }

  @Test func `the objective of a worked example is what R-CNN's formula gives`() {
    // ½·2 + ½·0.05² + 0.001·(2·max(0, 1 − 1.5) + max(0, 1 − 0.5)): both rows by hand.
    let machine = LinearSVM(weights: [1, -1], bias: 0.5)
    let features = Tensor([2, 1, 0, 1], shape: [2, 2])
    let objective = machine.objective(features: features, isPositive: [true, false])
    #expect((objective - 1.00175).magnitude < 1e-6)
  }

  @Test func `a point on each side is parted halfway`() {
    var random = SplitMix64(seed: 1)
    let machine = LinearSVM(
      features: Tensor([3, 1], shape: [2, 1]), isPositive: [true, false],
      costs: .init(cost: 100, positiveWeight: 1, biasFeature: 100), tolerance: 1e-4,
      mostPasses: 100_000, using: &random)
    let scores = machine.scores(Tensor([3, 2, 1], shape: [3, 1]))
    for (score, expected) in zip(scores, [1, 0, -1]) {
      #expect((Double(score) - Double(expected)).magnitude < 0.01, "\(scores)")
    }
  }

  @Test func `the same seed gives the same bits`() {
    let golden = LinearModelGoldens.shared.machines[1]
    #expect(trained(golden).0.weights == trained(golden).0.weights)
  }

  @Test func `a class without any row is held for absent everywhere`() {
    var random = SplitMix64(seed: 1)
    let machine = LinearSVM(
      features: Tensor.normal([20, 4], using: &random),
      isPositive: [Bool](repeating: false, count: 20), costs: .init(cost: 1), using: &random)
    #expect(machine.scores(.zeros([1, 4]))[0] < 0)
  }
}
