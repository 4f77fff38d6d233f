import COneDNN

/// Slides `weights` over the rows and columns of `input` and takes dot products.
///
/// ## Shapes
/// - `input`: `[N, C, H, W]`; `weights`: `[O, C, kernel rows, kernel columns]`; `bias`: `[O]`
/// - result: `[N, O, H', W']`, extents as `Window` says
///
/// ## Gradient
/// Flows to all three. The input's is not computed for an input without a past.
public func convolution(
  _ input: Tensor, _ weights: Tensor, bias: Tensor? = nil, stride: [Int] = [1, 1],
  padding: [Int] = [0, 0], dilation: [Int] = [1, 1]
) -> Tensor {
  convolution(
    input, weights, bias: bias, stride: stride, padding: padding, dilation: dilation,
    withReLU: false)
}

/// As above, with max(0, ·) in the same pass.
///
/// For inference: it has no gradient.
package func convolution(
  _ input: Tensor, _ weights: Tensor, bias: Tensor?, stride: [Int], padding: [Int],
  dilation: [Int], withReLU: Bool
) -> Tensor {
  require(
    input.rank == 4 && weights.rank == 4,
    "convolution: input \(input.shape) must be [N, C, H, W] and weights \(weights.shape) "
      + "[O, C, rows, columns]")
  require(input.count > 0, "convolution: the input \(input.shape) has no elements")
  require(
    input.shape[1] == weights.shape[1],
    "convolution: the input \(input.shape) has \(input.shape[1]) channels, the weights "
      + "\(weights.shape) expect \(weights.shape[1])")
  require(
    bias == nil || bias?.shape == [weights.shape[0]],
    "convolution: bias \(bias?.shape ?? []) should be [\(weights.shape[0])]")
  let window = Window(
    kernel: Array(weights.shape[2...]), stride: stride, padding: padding, dilation: dilation)
  let call = ConvolutionCall(
    input: input.shape, weights: weights.shape, window: window, hasBias: bias != nil)
  let (x, w) = (input.storage, weights.storage)
  let result = call.forward(x, w, bias?.storage, withReLU: withReLU)
  require(!withReLU || Phase.current == .inference, "convolution: the fused form has no gradient")
  let wants = (
    input: input.needsGradient, others: weights.needsGradient || bias?.needsGradient == true
  )
  return Tensor(result, from: [input, weights] + (bias.map { [$0] } ?? [])) { gradient in
    let dy = gradient.storage
    let dx = wants.input ? Tensor(call.inputGradient(dy, w)) : nil
    guard wants.others else { return [dx, nil, nil] }
    let (dw, db) = call.weightsGradient(x, dy)
    return [dx, Tensor(dw), db.map { Tensor($0) }]
  }
}
