import COneDNN

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
  let channels = Layout.rowMajor([input.shape[1]])
  let x = input.storage.dense
  let key = { (name: String) in
    Primitive.Key(
      operation: name, layouts: [x.layout],
      options: [Int(epsilon.bitPattern), withReLU ? 1 : 0])
  }
  let primitive = Primitive.cached(key("batch norm")) {
    odn_batch_normalization(ODN_FORWARD_TRAINING, x.layout.handle, epsilon, withReLU ? 1 : 0)
  }
  let (y, mean, variance) = (Storage(x.layout), Storage(channels), Storage(channels))
  let (gamma, beta) = (scale.storage.rowMajor, shift.storage.rowMajor)
  var arguments: [Primitive.Argument] = [
    (ODN_SOURCE, x.layout, x.buffer.pointer), (ODN_RESULT, x.layout, y.buffer.pointer),
    (ODN_MEAN, channels, mean.buffer.pointer), (ODN_VARIANCE, channels, variance.buffer.pointer),
    (ODN_SCALE, channels, gamma.buffer.pointer), (ODN_SHIFT, channels, beta.buffer.pointer),
  ]
  // Which results were positive, for the backward pass of the fused ReLU.
  let workspace = primitive.workspace.map { (layout: $0, buffer: Buffer(byteCount: $0.byteCount)) }
  if let workspace {
    arguments.append((ODN_WORKSPACE, workspace.layout, workspace.buffer.pointer))
  }
  withExtendedLifetime((x, gamma, beta)) { primitive.run(arguments) }

  let result = Tensor(y, from: [input, scale, shift]) { gradient in
    let backward = Primitive.cached(key("batch norm gradient")) {
      odn_batch_normalization(ODN_BACKWARD_SOURCE, x.layout.handle, epsilon, withReLU ? 1 : 0)
    }
    let dy = gradient.storage.converted(to: x.layout)
    let (dx, dGamma, dBeta) = (Storage(x.layout), Storage(channels), Storage(channels))
    var arguments: [Primitive.Argument] = [
      (ODN_SOURCE, x.layout, x.buffer.pointer), (ODN_MEAN, channels, mean.buffer.pointer),
      (ODN_VARIANCE, channels, variance.buffer.pointer),
      (ODN_SCALE, channels, gamma.buffer.pointer), (ODN_SHIFT, channels, beta.buffer.pointer),
      (ODN_RESULT_GRADIENT, x.layout, dy.buffer.pointer),
      (ODN_SOURCE_GRADIENT, x.layout, dx.buffer.pointer),
      (ODN_SCALE_GRADIENT, channels, dGamma.buffer.pointer),
      (ODN_SHIFT_GRADIENT, channels, dBeta.buffer.pointer),
    ]
    if let workspace {
      arguments.append((ODN_WORKSPACE, workspace.layout, workspace.buffer.pointer))
    }
    withExtendedLifetime(dy) { backward.run(arguments) }
    return [Tensor(dx), Tensor(dGamma), Tensor(dBeta)]
  }
  return (result, ChannelStatistics(mean: Tensor(mean), variance: Tensor(variance)))
}

/// Normalises with given statistics: a fixed scale and shift of each channel.
///
/// ## Gradient
/// Flows to `input`, `scale` and `shift`; `mean` and `variance` are constants.
public func batchNorm(
  _ input: Tensor, scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor,
  epsilon: Float = 1e-5
) -> Tensor {
  requireChannels("batchNorm", input, [scale, shift, mean, variance])
  let shape = [input.shape[1], 1, 1]
  let factor = (variance.detached + epsilon).power(-0.5)
  let slope = scale * factor
  let offset = shift - mean.detached * slope
  return input * slope.reshaped(shape) + offset.reshaped(shape)
}

private func requireChannels(_ name: String, _ input: Tensor, _ parts: [Tensor]) {
  require(input.rank == 4, "\(name): the input \(input.shape) must be [N, C, H, W]")
  require(input.count > 0, "\(name): the input \(input.shape) has no elements")
  for part in parts {
    require(
      part.shape == [input.shape[1]],
      "\(name): a tensor of shape \(part.shape) cannot belong to the \(input.shape[1]) channels "
        + "of \(input.shape)")
  }
}
