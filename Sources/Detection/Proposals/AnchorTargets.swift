public import Tensors

/// What the anchors of one picture are trained towards in a region proposal network.
public struct AnchorTargets: Hashable, Sendable {
  /// The anchors whose loss counts: those that are to be found an object, and those that are not.
  public let sample: BalancedSample
  /// The offsets to the objects, one for each of the sample's positives.
  public let offsets: [BoxOffset]

  /// Matches anchors to the objects of a picture, draws a sample and encodes what to predict.
  ///
  /// Source: Ren and others, "Faster R-CNN", NIPS 2015, sections 3.1.2 and 3.1.3, whose numbers are the
  /// defaults.
  ///
  /// - Parameters:
  ///   - anchors: The anchors of the picture.
  ///   - groundTruths: The boxes of its objects, in the unit of the anchors; there may be none.
  ///   - count: Anchors to draw.
  ///   - positiveShare: The largest share of them that may hold an object.
  ///   - matcher: Which anchors hold an object, and which are background.
  ///   - coder: How an offset is written.
  public init(
    anchors: [Box], groundTruths: [Box], count: Int = 256, positiveShare: Float = 0.5,
    matcher: ThresholdMatcher = .regionProposal, coder: OffsetCoder = .regionProposal,
    using generator: inout SplitMix64
  ) {
    let matches = matcher.matches(OverlapMatrix(groundTruths, anchors))
    sample = BalancedSample(
      of: matches, count: count, positiveShare: positiveShare, using: &generator)
    offsets = sample.positives.compactMap { anchor in
      matches[anchor].groundTruth.map {
        coder.offset(of: groundTruths[$0], from: anchors[anchor])
      }
    }
  }
}
