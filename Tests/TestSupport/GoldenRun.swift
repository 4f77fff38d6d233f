package import Tensors
package import Testing

/// How the engine computes: each golden holds under all of them.
package enum Setting: CaseIterable, Sendable {
  case blocked, plain, oneThread

  /// Runs `body` under the setting.
  ///
  /// The thread count is the calling thread's: `body` may not hop.
  package func run(_ body: () -> Void) {
    switch self {
    case .blocked: body()
    case .plain: LayoutPolicy.$current.withValue(.plain, operation: body)
    case .oneThread:
      let usual = threadCount
      setThreadCount(1)
      body()
      setThreadCount(usual)
    }
  }
}

extension GoldenCase {
  /// Computes the case by `forward` and compares the output and every gradient.
  ///
  /// An input with no golden gradient goes in as a constant.
  package func check(
    _ tolerance: Tolerance, sourceLocation: SourceLocation = #_sourceLocation,
    _ forward: ([Tensor]) -> Tensor
  ) {
    let wanted = Set(gradients.map(\.name))
    let parameters = inputs.map { Parameter($0.expected.tensor) }
    training {
      let values = zip(inputs, parameters).map { input, parameter in
        wanted.contains(input.name) ? parameter.value : parameter.value.detached
      }
      let result = forward(values)
      expectClose(result, output, tolerance, "output", sourceLocation: sourceLocation)
      guard result.shape == output.shape else { return }
      result.backward(from: outputGradient.tensor)
    }
    checkGradients(parameters, tolerance, sourceLocation: sourceLocation)
  }

  /// Compares the gradients that `parameters`, one for each input, have gathered.
  package func checkGradients(
    _ parameters: [Parameter], _ tolerance: Tolerance,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for golden in gradients {
      guard let index = inputs.firstIndex(where: { $0.name == golden.name }) else { continue }
      guard let gradient = parameters[index].gradient else {
        Issue.record("no gradient of \(golden.name)", sourceLocation: sourceLocation)
        continue
      }
      expectClose(
        gradient, golden.expected, tolerance, "gradient of \(golden.name)",
        sourceLocation: sourceLocation)
    }
  }
}
