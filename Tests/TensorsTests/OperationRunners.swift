import Tensors
import TestSupport

/// How a golden operation is said in our words, and how close it must come.
struct OperationRunner: Sendable {
  let tolerance: @Sendable (GoldenCase) -> Tolerance
  let forward: @Sendable ([Tensor], GoldenCase) -> Tensor

  init(
    _ tolerance: Tolerance,
    _ forward: @escaping @Sendable ([Tensor], GoldenCase) -> Tensor
  ) {
    self.tolerance = { _ in tolerance }
    self.forward = forward
  }

  init(
    toleranceFor tolerance: @escaping @Sendable (GoldenCase) -> Tolerance,
    _ forward: @escaping @Sendable ([Tensor], GoldenCase) -> Tensor
  ) {
    self.tolerance = tolerance
    self.forward = forward
  }

  static func binary(_ operation: @escaping @Sendable (Tensor, Tensor) -> Tensor) -> Self {
    Self(.arithmetic) { inputs, golden in
      guard let number = golden.number else { return operation(inputs[0], inputs[1]) }
      return golden.numberSide == "left"
        ? operation(Tensor(number), inputs[0]) : operation(inputs[0], Tensor(number))
    }
  }
}

extension Tolerance {
  /// As `elementwise`; a stretched operand's gradient adds up to 40 such numbers, and some cancel.
  fileprivate static let arithmetic = Tolerance(
    "arithmetic", absolute: 16 * rounding, relative: 8 * rounding)
}

let operationRunners: [String: OperationRunner] = [
  // MARK: Windows
  "convolution": OperationRunner(toleranceFor: convolutionTolerance) { inputs, golden in
    convolution(
      inputs[0], inputs[1], bias: inputs.count > 2 ? inputs[2] : nil,
      stride: golden.stride!, padding: golden.padding!, dilation: golden.dilation!)
  },
  "maxPool": OperationRunner(.exact) { inputs, golden in
    inputs[0].maxPooled(window(golden))
  },
  "averagePool": OperationRunner(.elementwise) { inputs, golden in
    inputs[0].averagePooled(window(golden))
  },

  // MARK: Batch normalisation
  "batchNormTraining": OperationRunner(.normalised) { inputs, golden in
    batchNorm(inputs[0], scale: inputs[1], shift: inputs[2], epsilon: golden.epsilon!)
  },
  "batchNormTrainingRelu": OperationRunner(.normalised) { inputs, golden in
    batchNorm(
      inputs[0], scale: inputs[1], shift: inputs[2], epsilon: golden.epsilon!, withReLU: true
    ).result
  },

  "batchNormInference": OperationRunner(.normalised) { inputs, golden in
    batchNorm(
      inputs[0], scale: inputs[1], shift: inputs[2], mean: golden.runningMean,
      variance: golden.runningVariance, epsilon: golden.epsilon!)
  },
  "batchNormInferenceRelu": OperationRunner(.normalised) { inputs, golden in
    batchNorm(
      inputs[0], scale: inputs[1], shift: inputs[2], mean: golden.runningMean,
      variance: golden.runningVariance, epsilon: golden.epsilon!
    ).relu
  },

  // MARK: Views
  "channelsLast": OperationRunner(.normalised) { inputs, golden in
    let input = inputs[0].permuted([0, 3, 1, 2])
    let result =
      if golden.kernel != nil {
        input.maxPooled(window(golden))
      } else if let epsilon = golden.epsilon {
        batchNorm(input, scale: inputs[1], shift: inputs[2], epsilon: epsilon)
      } else {
        convolution(input, inputs[1], padding: golden.padding!)
      }
    return result.permuted([0, 2, 3, 1])
  },

  // MARK: Arithmetic
  "add": .binary(+), "subtract": .binary(-), "multiply": .binary(*), "divide": .binary(/),

  // MARK: Functions of one element
  "relu": OperationRunner(.exact) { inputs, _ in inputs[0].relu },
  "abs": OperationRunner(.exact) { inputs, _ in inputs[0].magnitude },
  "exp": OperationRunner(.polynomial) { inputs, _ in inputs[0].exponential },
  "log": OperationRunner(.tabledLogarithm) { inputs, _ in inputs[0].logarithm },
  "sqrt": OperationRunner(.elementwise) { inputs, _ in inputs[0].squareRoot },
  "power": OperationRunner(.polynomial) { inputs, golden in
    inputs[0].power(golden.exponent!)
  },
  "sigmoid": OperationRunner(.polynomial) { inputs, _ in inputs[0].sigmoid },
  "tanh": OperationRunner(.polynomial) { inputs, _ in inputs[0].tanh },

  // MARK: Reductions
  // Sums of sixteenths are exact.
  "sum": OperationRunner(.exact) { inputs, golden in
    inputs[0].sum(along: golden.axes!, keepingAxes: golden.keepingDimensions!)
  },
  "mean": OperationRunner(.elementwise) { inputs, golden in
    inputs[0].mean(along: golden.axes!, keepingAxes: golden.keepingDimensions!)
  },

  // MARK: Shape
  "reshape": OperationRunner(.exact) { inputs, golden in
    inputs[0].reshaped(golden.shape!)
  },
  "permute": OperationRunner(.exact) { inputs, golden in
    inputs[0].permuted(golden.order!)
  },
  "concatenate": OperationRunner(.exact) { inputs, golden in
    concatenated(inputs, along: golden.axis!)
  },
  "slice": OperationRunner(.exact) { inputs, golden in
    golden.bounds!.enumerated().reduce(inputs[0]) { part, bound in
      part.slice(bound.element[0]..<bound.element[1], along: bound.offset)
    }
  },

  // MARK: Softmax
  "softmax": OperationRunner(.polynomial) { inputs, golden in
    alongLast(inputs[0], golden.axis!, \.softmax)
  },
  "logSoftmax": OperationRunner(.polynomial) { inputs, golden in
    alongLast(inputs[0], golden.axis!, \.logSoftmax)
  },
]

/// Exchanges `axis` with the last one, around `operation`.
private func alongLast(
  _ input: Tensor, _ axis: Int, _ operation: (Tensor) -> Tensor
) -> Tensor {
  var order = Array(0..<input.rank)
  order.swapAt(axis, input.rank - 1)
  return operation(input.permuted(order)).permuted(order)
}

extension GoldenCase {
  fileprivate var runningMean: Tensor { extra["runningMeanBefore"]!.tensor }
  fileprivate var runningVariance: Tensor { extra["runningVarianceBefore"]!.tensor }
}

private func window(_ golden: GoldenCase) -> Window {
  Window(
    kernel: golden.kernel!, stride: golden.stride!,
    padding: golden.padding ?? [0, 0])
}

/// Products of inputs up to 2 with weights up to ½ or gradients up to 1½, summed over channels and
/// taps, or over the cells of all maps.
@Sendable private func convolutionTolerance(_ golden: GoldenCase) -> Tolerance {
  let (x, w) = (golden.inputs[0].expected.shape, golden.inputs[1].expected.shape)
  let y = golden.output.shape
  let taps = w[2] * w[3]
  let count = max(x[1] * taps, w[0] * taps, y[0] * y[2] * y[3])
  let mayUseWinograd = min(x[1], w[0]) >= 32
  return mayUseWinograd
    ? .winograd(count: count, magnitude: 3) : .dot(count: count, magnitude: 3)
}
