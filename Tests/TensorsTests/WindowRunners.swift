import Tensors
import TestSupport

let windowRunners: [String: OperationRunner] = [
  "convolution": OperationRunner(toleranceFor: convolutionTolerance) { inputs, golden in
    convolution(
      inputs[0], inputs[1], bias: inputs.count > 2 ? inputs[2] : nil,
      stride: golden.stride!, padding: golden.padding!, dilation: golden.dilation!,
      groups: golden.groups ?? 1)
  },
  "transposedConvolution": OperationRunner(toleranceFor: convolutionTolerance) { inputs, golden in
    transposedConvolution(
      inputs[0], inputs[1], bias: inputs.count > 2 ? inputs[2] : nil,
      stride: golden.stride!, padding: golden.padding!, outputPadding: golden.outputPadding!,
      dilation: golden.dilation!, groups: golden.groups!)
  },
  "maxPool": OperationRunner(.exact) { $0[0].maxPooled(window($1)) },
  "averagePool": OperationRunner(.elementwise) { $0[0].averagePooled(window($1)) },
  "averagePoolWithoutPadding": OperationRunner(.means) {
    $0[0].averagePooled(window($1), countingPadding: false)
  },
  "adaptiveAveragePool": OperationRunner(.means) {
    $0[0].adaptiveAveragePooled(rows: $1.rows!, columns: $1.columns!)
  },
  "adaptiveMaxPool": OperationRunner(.exact) {
    $0[0].adaptiveMaxPooled(rows: $1.rows!, columns: $1.columns!)
  },
  "resized": OperationRunner(.means) { inputs, golden in
    inputs[0].resized(
      rows: golden.rows!, columns: golden.columns!,
      golden.interpolation == "nearest" ? .nearest : .bilinear)
  },
]

extension Tolerance {
  /// Weighted means of numbers up to 2, whose weights are rounded and that may cancel; gradients
  /// add a few.
  fileprivate static let means = Tolerance(
    "means", absolute: 16 * rounding, relative: 8 * rounding)
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
  let cells = max(x[2] * x[3], y[2] * y[3])
  let count = max(w[1] * taps, w[0] * taps, y[0] * cells)
  let mayUseWinograd = [w[2], w[3]] == [3, 3] && min(x[1], w[0]) >= 32
  return mayUseWinograd
    ? .winograd(count: count, magnitude: 3) : .dot(count: count, magnitude: 3)
}

let normalisationRunners: [String: OperationRunner] = [
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

  "groupNorm": OperationRunner(.normalised) { inputs, golden in
    groupNorm(
      inputs[0], groups: golden.groups!, scale: inputs[1], shift: inputs[2],
      epsilon: golden.epsilon!)
  },

  // A map that arrives channels-last and leaves so.
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
]

extension GoldenCase {
  fileprivate var runningMean: Tensor { extra["runningMeanBefore"]!.tensor }
  fileprivate var runningVariance: Tensor { extra["runningVarianceBefore"]!.tensor }
}
