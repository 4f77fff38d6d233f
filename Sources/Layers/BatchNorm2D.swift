public import Tensors

/// Normalises each channel: over the batch while training, by gathered statistics afterwards.
///
/// `[N, C, H, W]` → the same shape. The running variance is divided by one less than the number
/// of values, the one used while training is not; as in PyTorch.
///
/// Source: Ioffe and Szegedy, "Batch normalization", ICML 2015.
public final class BatchNorm2D: Layer, CustomStringConvertible {
  /// `[C]`, starts at 1.
  public let scale: Parameter
  /// `[C]`, starts at 0.
  public let shift: Parameter
  /// `[C]`, gathered while training.
  public let runningMean: Constant
  /// `[C]`, gathered while training.
  public let runningVariance: Constant
  /// Weight of the newest batch in the running statistics, 0 … 1.
  public let newStatisticShare: Float
  /// Added to the variance before the root.
  public let epsilon: Float
  /// Whether the layer stays as it is in training too: it normalises by the gathered statistics,
  /// and these, the scale and the shift do not change.
  ///
  /// For fine-tuning with batches too small to have statistics.
  public var isFrozen = false

  /// A normalisation of `channels` channels that starts as the identity.
  public init(_ channels: Int, newStatisticShare: Float = 0.1, epsilon: Float = 1e-5) {
    scale = Parameter(.ones([channels]))
    shift = Parameter(.zeros([channels]))
    runningMean = Constant(.zeros([channels]))
    runningVariance = Constant(.ones([channels]))
    self.newStatisticShare = newStatisticShare
    self.epsilon = epsilon
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor { normalized(input, withReLU: false) }

  /// The layer's result, with max(0, ·) in the same pass if asked.
  func normalized(_ input: Tensor, withReLU: Bool) -> Tensor {
    if isFrozen || Phase.current == .inference {
      let (slope, offset) = inference { (scale.value, shift.value) }
      return watched(
        batchNorm(
          input, scale: slope, shift: offset, mean: runningMean.value,
          variance: runningVariance.value, epsilon: epsilon, withReLU: withReLU))
    }
    let (result, statistics) = batchNorm(
      input, scale: scale.value, shift: shift.value, epsilon: epsilon, withReLU: withReLU)
    if !LayerWatch.isOn, input.count > 0 {
      gather(statistics, valueCount: input.count / input.shape[1])
    }
    return watched(result)
  }

  private func gather(_ statistics: ChannelStatistics, valueCount: Int) {
    let share = newStatisticShare
    let unbiased = Float(valueCount) / Float(max(valueCount - 1, 1))
    runningMean.value = (runningMean.value * (1 - share) + statistics.mean * share).detached
    runningVariance.value =
      (runningVariance.value * (1 - share) + statistics.variance * (share * unbiased)).detached
  }

  /// The layer as its own source would write it.
  public var description: String { "BatchNorm2D(\(scale.shape[0]))" }
}
