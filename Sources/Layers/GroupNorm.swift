public import Tensors

/// Normalises groups of channels of each picture by themselves: no batch, no gathered statistics.
///
/// `[N, C, H, W]` → the same shape.
///
/// Source: Wu and He, "Group normalization", ECCV 2018.
public final class GroupNorm: Layer, CustomStringConvertible {
  /// Parts into which the channels are split.
  public let groups: Int
  /// `[C]`, starts at 1.
  public let scale: Parameter
  /// `[C]`, starts at 0.
  public let shift: Parameter
  /// Added to the variance before the root.
  public let epsilon: Float

  /// A normalisation of `channels` channels in `groups` that starts as the identity.
  public init(groups: Int, _ channels: Int, epsilon: Float = 1e-5) {
    require(
      groups > 0 && channels % groups == 0,
      "GroupNorm: \(groups) groups do not divide \(channels) channels")
    (self.groups, self.epsilon) = (groups, epsilon)
    scale = Parameter(.ones([channels]))
    shift = Parameter(.zeros([channels]))
  }

  /// The layer's result for `input`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    watched(
      groupNorm(
        input, groups: groups, scale: scale.value, shift: shift.value, epsilon: epsilon))
  }

  /// The layer as its own source would write it.
  public var description: String { "GroupNorm(groups \(groups), \(scale.shape[0]))" }
}
