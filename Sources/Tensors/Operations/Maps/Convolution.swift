import COneDNN

/// Slides `weights` over the rows and columns of `input` and takes dot products.
///
/// ## Shapes
/// - `input`: `[N, C, H, W]`; `weights`: `[O, C / groups, kernel rows, kernel columns]`;
///   `bias`: `[O]`
/// - result: `[N, O, H', W']`, extents as `Window` says
///
/// With several `groups`, the first O / groups results see the first C / groups channels only, and
/// so on.
///
/// ## Gradient
/// Flows to all three. The input's is not computed for an input without a past.
public func convolution(
  _ input: Tensor, _ weights: Tensor, bias: Tensor? = nil, stride: [Int] = [1, 1],
  padding: [Int] = [0, 0], dilation: [Int] = [1, 1], groups: Int = 1
) -> Tensor {
  convolution(
    input, weights, bias: bias, stride: stride, padding: padding, dilation: dilation,
    groups: groups, withReLU: false)
}

/// As above, with max(0, ·) in the same pass.
///
/// For inference: it has no gradient.
package func convolution(
  _ input: Tensor, _ weights: Tensor, bias: Tensor?, stride: [Int], padding: [Int],
  dilation: [Int], groups: Int, withReLU: Bool
) -> Tensor {
  requireMapAndWeights("convolution", "[O, C, rows, columns]", input, weights)
  let outputs = weights.shape[0]
  require(
    groups > 0 && outputs % groups == 0 && input.shape[1] == weights.shape[1] * groups,
    "convolution: the input \(input.shape) has \(input.shape[1]) channels, the weights "
      + "\(weights.shape) expect \(weights.shape[1] * groups)"
      + (groups == 1 ? "" : " in \(groups) groups"))
  requireBias("convolution", bias, outputs)
  require(!withReLU || Phase.current == .inference, "convolution: the fused form has no gradient")
  let window = Window(
    kernel: Array(weights.shape[2...]), stride: stride, padding: padding, dilation: dilation)
  let extents = window.outputExtents(rows: input.shape[2], columns: input.shape[3])
  return ConvolutionCall(
    input: input.shape, output: [input.shape[0], outputs] + extents, window: window,
    groups: groups, hasBias: bias != nil
  ).tensor(input, weights, bias, withReLU: withReLU)
}

/// Spreads each cell of `input`, multiplied by `weights`, over a window of a larger map: what a
/// convolution of the same window does to gradients.
///
/// ## Shapes
/// - `input`: `[N, C, H, W]`; `weights`: `[C, O / groups, kernel rows, kernel columns]`;
///   `bias`: `[O]`
/// - result: `[N, O, H', W']`, H' = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + 1
///   + outputPadding, and so W'
///
/// ## Units
/// `padding` cells are cut off on each side; `outputPadding`, smaller than the stride, are added
/// at the bottom and right.
///
/// ## Gradient
/// Flows to all three.
public func transposedConvolution(
  _ input: Tensor, _ weights: Tensor, bias: Tensor? = nil, stride: [Int] = [1, 1],
  padding: [Int] = [0, 0], outputPadding: [Int] = [0, 0], dilation: [Int] = [1, 1],
  groups: Int = 1
) -> Tensor {
  requireMapAndWeights("transposedConvolution", "[C, O, rows, columns]", input, weights)
  require(
    groups > 0 && input.shape[1] == weights.shape[0] && input.shape[1] % groups == 0,
    "transposedConvolution: the input \(input.shape) has \(input.shape[1]) channels, the weights "
      + "\(weights.shape) expect \(weights.shape[0])"
      + (groups == 1 ? "" : " in \(groups) groups"))
  let outputs = weights.shape[1] * groups
  requireBias("transposedConvolution", bias, outputs)
  let window = Window(
    kernel: Array(weights.shape[2...]), stride: stride, padding: padding, dilation: dilation)
  require(
    outputPadding.count == 2 && zip(outputPadding, stride).allSatisfy { $0 >= 0 && $0 < $1 },
    "transposedConvolution: outputPadding \(outputPadding) must be smaller than stride \(stride)")
  let extents = (0..<2).map { axis in
    let reach: Int = (input.shape[2 + axis] - 1) * stride[axis]
    let whole: Int = reach + dilation[axis] * (window.kernel[axis] - 1) + 1
    return whole - 2 * padding[axis] + outputPadding[axis]
  }
  require(
    extents.allSatisfy { $0 > 0 },
    "transposedConvolution: padding \(padding) leaves nothing of the map that \(input.shape) makes")
  return ConvolutionCall(
    input: input.shape, output: [input.shape[0], outputs] + extents, window: window,
    groups: groups, hasBias: bias != nil, isTransposed: true
  ).tensor(input, weights, bias, withReLU: false)
}

extension ConvolutionCall {
  /// The result with its past.
  fileprivate func tensor(
    _ input: Tensor, _ weights: Tensor, _ bias: Tensor?, withReLU: Bool
  ) -> Tensor {
    let parts = [input, weights] + (bias.map { [$0] } ?? [])
    if input.count == 0 { return .empty(output, from: parts) }
    let (x, w) = (input.storage, weights.storage)
    let result = forward(x, w, bias?.storage, withReLU: withReLU)
    let wants = (
      input: input.needsGradient, others: weights.needsGradient || bias?.needsGradient == true
    )
    return Tensor(result, from: parts) { gradient in
      let dy = gradient.storage
      let dx = wants.input ? Tensor(inputGradient(dy, w)) : nil
      guard wants.others else { return [dx, nil, nil] }
      let (dw, db) = weightsGradient(x, dy)
      return [dx, Tensor(dw), db.map { Tensor($0) }]
    }
  }
}

private func requireMapAndWeights(
  _ name: String, _ axes: String, _ input: Tensor, _ weights: Tensor
) {
  require(
    input.rank == 4 && weights.rank == 4,
    "\(name): input \(input.shape) must be [N, C, H, W] and weights \(weights.shape) \(axes)")
  require(
    weights.count > 0 && input.shape[2] > 0 && input.shape[3] > 0,
    "\(name): there is nothing to multiply in \(input.shape) or \(weights.shape)")
}

private func requireBias(_ name: String, _ bias: Tensor?, _ outputs: Int) {
  require(
    bias == nil || bias?.shape == [outputs],
    "\(name): bias \(bias?.shape ?? []) should be [\(outputs)]")
}
