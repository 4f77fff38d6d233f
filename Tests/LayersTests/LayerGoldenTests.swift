import Layers
import Tensors
import TestSupport
import Testing

/// Losses, and blocks as `Sequential` computes them, as PyTorch has them.
struct LayerGoldenTests {
  static let cases = EngineGoldens.cases(\.layers, in: "engine", "layer_losses", "layer_blocks")

  @Test(arguments: cases, Setting.allCases)
  func `a layer and its gradients agree with PyTorch`(golden: GoldenCase, setting: Setting)
    throws
  {
    if let block = blockCheckers[golden.operation] { return setting.run { block(golden) } }
    let loss = try #require(lossRunners[golden.operation], "no runner for \(golden.operation)")
    setting.run {
      golden.check(.lossOfLogits) { inputs in
        let loss = loss(inputs, golden)
        return golden.reduction == "mean" && loss.rank > 0 ? loss.mean() : loss
      }
    }
  }

  @Test func `every runner has a case`() {
    let used = Set(LayerGoldenTests.cases.map(\.operation))
    #expect(used == Set(blockCheckers.keys).union(lossRunners.keys))
  }
}

extension Tolerance {
  /// A handful of Float operations on logits of up to 200, each rounded, and a mean.
  fileprivate static let lossOfLogits = Tolerance(
    "loss of logits", absolute: 16 * rounding, relative: 32 * rounding)
}

private typealias LossRunner = @Sendable ([Tensor], GoldenCase) -> Tensor

private let lossRunners: [String: LossRunner] = [
  "crossEntropy": { crossEntropy($0[0], $1.classes!) },
  "weightedCrossEntropy": { inputs, golden in
    let loss = golden.reduction == "mean" ? meanCrossEntropy : crossEntropy
    return loss(inputs[0], golden.classes!, golden.classWeights, golden.ignored)
  },
  "binaryCrossEntropy": { inputs, _ in
    binaryCrossEntropy(inputs[0], inputs[1], weights: inputs.count > 2 ? inputs[2] : nil)
  },
  "sigmoidFocalLoss": {
    sigmoidFocalLoss($0[0], $0[1], alpha: $1.alpha!, gamma: $1.gamma!)
  },
  "l2Loss": { inputs, _ in l2Loss(inputs[0], inputs[1]) },
  "softmaxFocalLoss": { focalLoss($0[0], $1.classes!, gamma: $1.gamma!) },
  "l1Loss": { inputs, _ in l1Loss(inputs[0], inputs[1]) },
  "smoothL1Loss": { smoothL1Loss($0[0], $0[1], beta: $1.beta!) },
]

private let blockCheckers: [String: @Sendable (GoldenCase) -> Void] = [
  "sequentialBatchNormRelu": { golden in
    let norm = BatchNorm2D(
      golden.output.shape[1], newStatisticShare: golden.newShare!, epsilon: golden.epsilon!)
    norm.runningMean.value = golden.extra["runningMeanBefore"]!.tensor
    norm.runningVariance.value = golden.extra["runningVarianceBefore"]!.tensor
    checkBlock(Sequential(norm, ReLU()), [norm.scale, norm.shift], golden, .normalised)
    expectClose(
      norm.runningMean.value, golden.extra["runningMeanAfter"]!, .normalised, "running mean")
    expectClose(
      norm.runningVariance.value, golden.extra["runningVarianceAfter"]!, .normalised,
      "running variance")
  },
  "downSampleBlock": { golden in
    var generator = SplitMix64(seed: 1)
    var layers: [any Layer] = []
    var parameters: [Parameter] = []
    for inputs in [3, 8] {
      let convolution = Conv2D(inputs, 8, kernel: 3, padding: 1, using: &generator)
      let norm = BatchNorm2D(8, epsilon: golden.epsilon!)
      layers += [convolution, norm, ReLU()]
      parameters += [convolution.weight, convolution.bias!, norm.scale, norm.shift]
    }
    checkBlock(Sequential(layers + [MaxPool2D(2)]), parameters, golden, .twoNormalisedLayers)
  },
  "residualBlock": { golden in
    var generator = SplitMix64(seed: 1)
    let block = ResidualBlock(
      golden.inputs[0].expected.shape[1], golden.output.shape[1], stride: golden.stride![0],
      using: &generator)
    checkBlock(
      block, parameters(of: block).map(\.parameter), golden, .twoNormalisedLayers)
  },
  "frozenBatchNorm": { golden in
    let norm = BatchNorm2D(golden.output.shape[1], epsilon: golden.epsilon!)
    norm.runningMean.value = golden.extra["mean"]!.tensor
    norm.runningVariance.value = golden.extra["variance"]!.tensor
    norm.isFrozen = true
    let block = golden.relu == true ? Sequential(norm, ReLU()) : Sequential(norm)
    checkBlock(block, [norm.scale, norm.shift], golden, .normalised)
  },
]

extension Tolerance {
  /// Two convolutions and two normalisations, each passing on the roundings of those before it;
  /// a bias before a normalisation has the gradient 0, of which only roundings are left.
  fileprivate static let twoNormalisedLayers = Tolerance(
    "two normalised layers", absolute: 64 * rounding, relative: 64 * rounding)
}

/// Runs `block` on the first input, its `parameters` set to the other inputs.
private func checkBlock(
  _ block: any Layer, _ parameters: [Parameter], _ golden: GoldenCase, _ tolerance: Tolerance
) {
  for (parameter, input) in zip(parameters, golden.inputs.dropFirst()) {
    parameter.value = input.expected.tensor
  }
  let input = Parameter(golden.inputs[0].expected.tensor)
  training {
    let result = block(input.value)
    expectClose(result, golden.output, tolerance, "output")
    result.backward(from: golden.outputGradient.tensor)
  }
  golden.checkGradients([input] + parameters, tolerance)
}
