import Foundation

/// What a detector predicts about a box: shift of the centre and change of the sides, relative to an anchor.
public struct BoxOffset: Hashable, Sendable, Codable {
  /// Shift of the centre to the right, in anchor widths, times a weight.
  public var x: Float
  /// Shift of the centre down, in anchor heights, times a weight.
  public var y: Float
  /// Logarithm of the ratio of the widths, times a weight.
  public var width: Float
  /// Logarithm of the ratio of the heights, times a weight.
  public var height: Float

  /// Makes an offset from its four numbers.
  public init(x: Float, y: Float, width: Float, height: Float) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

/// Turns boxes into offsets from their anchors, and offsets back into boxes (R-CNN, appendix C).
///
/// The offset of a box is weight · ((xᵦ − xₐ)/wₐ, (yᵦ − yₐ)/hₐ, ln wᵦ/wₐ, ln hᵦ/hₐ), with x, y the
/// centres. The weights bring the four to about the same spread, so that one loss serves all: an
/// offset of 10 is a shift by one whole anchor.
public struct OffsetCoder: Hashable, Sendable, Codable {
  /// What each part of an offset is multiplied by: one over its expected standard deviation.
  public var weights: BoxOffset
  /// Added to the ratio of the sides inside the logarithm, which keeps it finite for a side of 0.
  ///
  /// Decoding does not take it back out.
  public var logarithmEpsilon: Float
  /// The largest logarithm of a side ratio that decoding believes; infinite for no limit.
  ///
  /// A wild prediction early in training would else overflow the exponential.
  public var largestLogRatio: Float

  /// Makes a coder.
  public init(
    weights: BoxOffset, logarithmEpsilon: Float = 0, largestLogRatio: Float = .infinity
  ) {
    self.weights = weights
    self.logarithmEpsilon = logarithmEpsilon
    self.largestLogRatio = largestLogRatio
  }

  /// The coder of *Dive into Deep Learning*: weights 10 and 5 (σ = 0.1 and 0.2), ε = 10⁻⁶, no limit.
  public static let multibox = OffsetCoder(
    weights: BoxOffset(x: 10, y: 10, width: 5, height: 5), logarithmEpsilon: 1e-6)
  /// torchvision's coder for the heads of Faster R-CNN and for SSD: weights 10 and 5, limit ln(1000/16).
  public static let regionHead = OffsetCoder(
    weights: BoxOffset(x: 10, y: 10, width: 5, height: 5), largestLogRatio: logOfWidestGrowth)
  /// torchvision's coder for region proposals: weights 1, limit ln(1000/16).
  public static let regionProposal = OffsetCoder(
    weights: BoxOffset(x: 1, y: 1, width: 1, height: 1), largestLogRatio: logOfWidestGrowth)

  /// ln(1000/16): from a 16 px anchor to the longer side of a 1000 px picture.
  private static let logOfWidestGrowth: Float = 4.135_166_6

  /// The offset that leads from `anchor` to `box`; not finite if the anchor has no area.
  public func offset(of box: Box, from anchor: Box) -> BoxOffset {
    let target = CenterBox(box)
    let start = CenterBox(anchor)
    return BoxOffset(
      x: weights.x * (target.x - start.x) / start.width,
      y: weights.y * (target.y - start.y) / start.height,
      width: weights.width * log(logarithmEpsilon + target.width / start.width),
      height: weights.height * log(logarithmEpsilon + target.height / start.height))
  }

  /// The box that `offset` leads to from `anchor`, not clipped to any picture.
  public func box(_ offset: BoxOffset, from anchor: Box) -> Box {
    let start = CenterBox(anchor)
    let logWidth = offset.width / weights.width
    let logHeight = offset.height / weights.height
    return Box(
      CenterBox(
        x: offset.x / weights.x * start.width + start.x,
        y: offset.y / weights.y * start.height + start.y,
        width: exp(logWidth > largestLogRatio ? largestLogRatio : logWidth) * start.width,
        height: exp(logHeight > largestLogRatio ? largestLogRatio : logHeight) * start.height))
  }
}
