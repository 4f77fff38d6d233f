import Tensors
import TestSupport
import Testing

/// Every operation's result and all gradients, as PyTorch has them.
struct OperationGoldenTests {
  static let cases = EngineGoldens.cases(
    \.operations, in: "engine", "tensor_shapes", "tensor_windows", "tensor_functions")

  static let runners = [
    arithmeticRunners, functionRunners, shapeRunners, windowRunners, normalisationRunners,
  ].reduce(into: [:]) { all, part in
    all.merge(part) { _, _ in fatalError("an operation has two runners") }
  }

  @Test(arguments: cases, Setting.allCases)
  func `an operation and its gradients agree with PyTorch`(golden: GoldenCase, setting: Setting)
    throws
  {
    let runner = try #require(
      OperationGoldenTests.runners[golden.operation], "no runner for \(golden.operation)")
    setting.run {
      golden.check(runner.tolerance(golden)) { runner.forward($0, golden) }
    }
  }

  @Test func `every runner has a case`() {
    let used = Set(OperationGoldenTests.cases.map(\.operation))
    #expect(OperationGoldenTests.runners.keys.filter { !used.contains($0) } == [])
  }
}
