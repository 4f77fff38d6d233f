import Tensors
import TestSupport
import Testing

/// Every case of `engine.json`'s operations: the result and all gradients, as PyTorch has them.
struct OperationGoldenTests {
  @Test(arguments: EngineGoldens.shared.operations, Setting.allCases)
  func `an operation and its gradients agree with PyTorch`(golden: GoldenCase, setting: Setting)
    throws
  {
    let runner = try #require(
      operationRunners[golden.operation], "no runner for \(golden.operation)")
    setting.run {
      golden.check(runner.tolerance(golden)) { runner.forward($0, golden) }
    }
  }

  @Test func `every runner has a case`() {
    let used = Set(EngineGoldens.shared.operations.map(\.operation))
    #expect(operationRunners.keys.filter { !used.contains($0) } == [])
  }
}
