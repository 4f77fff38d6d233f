public import Tensors

/// The regions of one picture that a second stage is trained on, and what it should say about them.
///
/// Regions with an object come first.
public struct RegionTargets: Hashable, Sendable {
  /// Where the regions are.
  public let boxes: [Box]
  /// The class to predict for each region: 0 for background, else the object's class index plus 1.
  public let classes: [Int32]
  /// Which of the picture's objects a region holds, for each region with an object.
  public let groundTruths: [Int]
  /// The offsets to these objects, for each region with an object.
  public let offsets: [BoxOffset]

  /// Matches proposals to the objects of a picture, draws a sample and encodes what to predict.
  ///
  /// The objects' own boxes join the proposals: early in training, no proposal may come close to them.
  /// With neither proposals nor objects, there is no region.
  ///
  /// Source: Girshick, "Fast R-CNN", ICCV 2015, section 2.3, but with everything below the threshold as
  /// background, and the objects as proposals, as in torchvision.
  ///
  /// - Parameters:
  ///   - proposals: The boxes to choose from; there may be none.
  ///   - labels: The objects, in the unit of the proposals; there may be none.
  ///   - count: Regions to draw.
  ///   - positiveShare: The largest share of them that may hold an object.
  ///   - matcher: Which regions hold an object, and which are background.
  ///   - coder: How an offset is written.
  public init(
    proposals: [Box], labels: [LabeledBox], count: Int, positiveShare: Float = 0.25,
    matcher: ThresholdMatcher = .regionHead, coder: OffsetCoder = .regionHead,
    using generator: inout SplitMix64
  ) {
    let candidates = proposals + labels.map(\.box)
    let matches = matcher.matches(OverlapMatrix(labels.map(\.box), candidates))
    let sample = BalancedSample(
      of: matches, count: count, positiveShare: positiveShare, using: &generator)
    boxes = (sample.positives + sample.negatives).map { candidates[$0] }
    groundTruths = sample.positives.compactMap { matches[$0].groundTruth }
    classes =
      groundTruths.map { Int32(labels[$0].classIndex + 1) }
      + [Int32](repeating: 0, count: sample.negatives.count)
    offsets = zip(boxes, groundTruths).map { box, groundTruth in
      coder.offset(of: labels[groundTruth].box, from: box)
    }
  }
}
