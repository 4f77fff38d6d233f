/// The mean and variance of each channel over a batch, as `batchNorm` used them.
package struct ChannelStatistics {
  package let mean: Tensor
  /// Divided by the number of values, not by one less.
  package let variance: Tensor
}

/// Normalises each channel of a batch to mean 0 and variance 1, then scales and shifts it.
///
/// y = scale · (x − mean) / √(variance + ε) + shift, statistics over axes N, H and W.
///
/// ## Shapes
/// - `input`: `[N, C, H, W]`; `scale`, `shift`: `[C]`; result: as `input`
///
/// ## Gradient
/// Flows to all three, through the statistics too.
///
/// Source: Ioffe and Szegedy, "Batch normalization", ICML 2015, algorithm 1.
public func batchNorm(
  _ input: Tensor, scale: Tensor, shift: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  batchNorm(input, scale: scale, shift: shift, epsilon: epsilon, withReLU: false).result
}

/// As above, optionally with max(0, ·) in the same pass, and with the statistics it used.
package func batchNorm(
  _ input: Tensor, scale: Tensor, shift: Tensor, epsilon: Float, withReLU: Bool
) -> (result: Tensor, statistics: ChannelStatistics) {
  requireChannels("batchNorm", input, [scale, shift])
  if input.count == 0 {
    let none = Tensor.zeros(scale.shape)
    return (
      .empty(input.shape, from: [input, scale, shift]),
      ChannelStatistics(mean: none, variance: none)
    )
  }
  let channels = Layout.rowMajor(scale.shape)
  let (mean, variance) = (Storage(channels), Storage(channels))
  let call = NormalisationCall(
    input: input.storage.dense, mean: mean, variance: variance, scale: scale.storage.rowMajor,
    shift: shift.storage.rowMajor, epsilon: epsilon, isFrozen: false, withReLU: withReLU)
  return (
    call.tensor(from: [input, scale, shift]),
    ChannelStatistics(mean: Tensor(mean), variance: Tensor(variance))
  )
}

/// Normalises with given statistics: a fixed scale and shift of each channel.
///
/// ## Gradient
/// Flows to `input`, `scale` and `shift`; `mean` and `variance` are constants.
public func batchNorm(
  _ input: Tensor, scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor,
  epsilon: Float = 1e-5
) -> Tensor {
  batchNorm(
    input, scale: scale, shift: shift, mean: mean, variance: variance, epsilon: epsilon,
    withReLU: false)
}

/// As above, optionally with max(0, ·) in the same pass.
package func batchNorm(
  _ input: Tensor, scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor,
  epsilon: Float, withReLU: Bool
) -> Tensor {
  requireChannels("batchNorm", input, [scale, shift, mean, variance])
  if input.count == 0 { return .empty(input.shape, from: [input, scale, shift]) }
  return NormalisationCall(
    input: input.storage.dense, mean: mean.storage.rowMajor, variance: variance.storage.rowMajor,
    scale: scale.storage.rowMajor, shift: shift.storage.rowMajor, epsilon: epsilon,
    isFrozen: true, withReLU: withReLU
  ).tensor(from: [input, scale, shift])
}

/// Stops unless `input` is a batch of maps and `parts` have one number for each of its channels.
func requireChannels(_ name: String, _ input: Tensor, _ parts: [Tensor]) {
  require(input.rank == 4, "\(name): the input \(input.shape) must be [N, C, H, W]")
  require(
    input.shape[1...].allSatisfy { $0 > 0 }, "\(name): the maps of \(input.shape) have no cells")
  for part in parts {
    require(
      part.shape == [input.shape[1]],
      "\(name): a tensor of shape \(part.shape) cannot belong to the \(input.shape[1]) channels "
        + "of \(input.shape)")
  }
}
