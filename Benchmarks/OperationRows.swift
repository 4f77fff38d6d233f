import Layers
import Models
import Tensors

/// Single operations, forward and backward, at the sizes of the chapters; inputs in the layout in
/// which the operation before leaves them.
let operationRows =
  operations.flatMap { [$0.row(isBackward: false), $0.row(isBackward: true)] } + [
    optimizerRow("SGD step") { SGD($0, learningRate: 1e-3, momentum: 0.9, weightDecay: 5e-4) },
    optimizerRow("AdamW step") { AdamW($0, learningRate: 1e-3) },
  ]

private let batch = 32
/// Anchors of a batch of TinySSD's pictures.
private let anchorCount = 32 * 5444

private let operations = [
  convolution(3, 16, side: 256), convolution(16, 16, side: 256), convolution(32, 32, side: 128),
  convolution(64, 64, side: 64), convolution(64, 128, side: 32), convolution(128, 128, side: 16),
  convolution(128, 128, side: 8), convolution(64, 8, side: 32),
  Operation("batch norm", [[batch, 16, 256, 256], [16], [16]]) {
    batchNorm($0[0], scale: $0[1], shift: $0[2])
  },
  Operation("group norm", [[batch, 64, 64, 64], [64], [64]]) {
    groupNorm($0[0], groups: 8, scale: $0[1], shift: $0[2])
  },
  Operation("ReLU", [[batch, 16, 256, 256]]) { $0[0].relu },
  Operation("max pooling", [[batch, 16, 256, 256]]) { $0[0].maxPooled(Window(2, stride: 2)) },
  Operation("global max pooling", [[batch, 128, 4, 4]]) {
    $0[0].adaptiveMaxPooled(rows: 1, columns: 1)
  },
  Operation("bilinear resize", [[batch, 64, 32, 32]]) {
    $0[0].resized(rows: 64, columns: 64, .bilinear)
  },
  Operation("transposed convolution", [[64, 128, 14, 14], [128, 128, 2, 2], [128]]) {
    transposedConvolution($0[0], $0[1], bias: $0[2], stride: [2, 2])
  },
  Operation("softmax", [[anchorCount, 6]]) { $0[0].softmax },
  crossEntropyOf(classes: 2), crossEntropyOf(classes: 21),
  Operation("smooth L1", [[batch, 4 * 5444], [batch, 4 * 5444]]) { smoothL1Loss($0[0], $0[1]) },
  Operation("matrix product", [[1024, 1024], [1024, 1024]]) { matmul($0[0], $0[1]) },
  Operation("linear", [[512, 6272], [256, 6272], [256]]) { linear($0[0], $0[1], bias: $0[2]) },
  Operation("broadcasting add", [[batch, 64, 64, 64], [1, 64, 1, 1]]) { $0[0] + $0[1] },
  Operation("sum of rows", [[anchorCount, 21]]) { $0[0].sum(along: [1]) },
  Operation("exp", [[batch, 64, 64, 64]]) { $0[0].exponential },
  Operation("permute", [[batch, 64, 32, 32]]) { $0[0].permuted([0, 2, 3, 1]) },
  Operation("concatenate levels", [32, 16, 8, 4, 1].map { [batch, 8, $0, $0] }) { maps in
    concatenated(maps.map { $0.permuted([0, 2, 3, 1]).reshaped([batch, -1]) }, along: 1)
  },
]

private func convolution(_ inputs: Int, _ outputs: Int, side: Int) -> Operation {
  Operation(
    "convolution \(inputs)→\(outputs), \(side)×\(side)",
    [[batch, inputs, side, side], [outputs, inputs, 3, 3], [outputs]]
  ) { convolution($0[0], $0[1], bias: $0[2], padding: [1, 1]) }
}

private func crossEntropyOf(classes count: Int) -> Operation {
  let classes = (0..<anchorCount).map { Int32($0 % count) }
  return Operation("cross-entropy, \(count) classes", [[anchorCount, count]]) {
    crossEntropy($0[0], classes).mean()
  }
}

private struct Operation: Sendable {
  let name: String
  let shapes: [[Int]]
  let apply: @Sendable ([Tensor]) -> Tensor

  init(_ name: String, _ shapes: [[Int]], _ apply: @escaping @Sendable ([Tensor]) -> Tensor) {
    (self.name, self.shapes, self.apply) = (name, shapes, apply)
  }

  /// Calls a second; the gradient goes to every input.
  func row(isBackward: Bool) -> Row {
    Row(
      name: "\(name) \(isBackward ? "backward" : "forward")", unit: "calls/s", amount: 1,
      script: "operations_torch.py", modes: ["eager", "channels_last"]
    ) {
      var random = SplitMix64(seed: 0)
      let inputs = shapes.map { Tensor.normal($0, using: &random) }
      guard isBackward else { return timed { _ = apply(inputs) } }
      let parameters = inputs.map { Parameter($0) }
      let cotangent = Tensor.normal(apply(inputs).shape, using: &random)
      return {
        parameters.forEach { $0.clearGradient() }
        let result = training { apply(parameters.map(\.value)) }
        return ContinuousClock().measure { result.backward(from: cotangent) } / .seconds(1)
      }
    }
  }
}

/// Updates of TinySSD's weights a second.
private func optimizerRow(
  _ name: String, _ make: @escaping @Sendable (TinySSD) -> any Optimizer
) -> Row {
  Row(
    name: name, unit: "steps/s", amount: 1, script: "operations_torch.py", modes: ["eager"]
  ) {
    var random = SplitMix64(seed: 0)
    let model = TinySSD(classes: 1, using: &random)
    let optimizer = make(model)
    let pictures = Tensor.uniform([1, 3, 256, 256], in: 0..<1, using: &random)
    return {
      training {
        let predictions = model.predictions(pictures)
        (predictions.classLogits.mean() + predictions.boxOffsets.mean()).backward()
      }
      return ContinuousClock().measure { optimizer.step() } / .seconds(1)
    }
  }
}
