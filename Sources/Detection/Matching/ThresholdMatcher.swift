/// Matches anchors or proposals to ground truths by two thresholds, as the R-CNN family does (Ren and others
/// 2015, section 3.1.2; torchvision's `Matcher`).
public struct ThresholdMatcher: Hashable, Sendable, Codable {
  /// From this overlap on, an anchor is to find the ground truth that it overlaps most.
  public let objectFrom: Float
  /// Below this overlap, it is background; between the two, ignored.
  public let backgroundBelow: Float
  /// Whether the anchors that overlap some ground truth as much as any does take part, however little
  /// that is.
  ///
  /// Such an anchor goes to the ground truth that it overlaps most itself, which may be another one: a
  /// ground truth can still be left without an anchor. ``assignedGroundTruths(anchors:groundTruths:overlapThreshold:)``
  /// is stricter.
  public let keepsBestAnchors: Bool

  /// Makes a matcher.
  public init(objectFrom: Float, backgroundBelow: Float, keepsBestAnchors: Bool) {
    require(
      backgroundBelow <= objectFrom,
      "ThresholdMatcher: backgroundBelow (\(backgroundBelow)) is above objectFrom (\(objectFrom))")
    self.objectFrom = objectFrom
    self.backgroundBelow = backgroundBelow
    self.keepsBestAnchors = keepsBestAnchors
  }

  /// For the anchors of a region proposal network: 0.7 and 0.3, best anchors kept.
  public static let regionProposal = ThresholdMatcher(
    objectFrom: 0.7, backgroundBelow: 0.3, keepsBestAnchors: true)
  /// For the proposals of Fast and Faster R-CNN's heads: one threshold, 0.5.
  public static let regionHead = ThresholdMatcher(
    objectFrom: 0.5, backgroundBelow: 0.5, keepsBestAnchors: false)

  /// The match of each anchor.
  ///
  /// Without ground truths all are background. An overlap of NaN counts as none. Unlike in torchvision, a
  /// ground truth that no anchor touches keeps no anchors: its largest overlap, 0, would else be that of
  /// every anchor in the empty parts of the picture.
  ///
  /// - Parameter overlaps: `[ground truths, anchors]`.
  public func matches(_ overlaps: OverlapMatrix) -> [AnchorMatch] {
    let best = BestGroundTruths(overlaps)
    var matches = zip(best.index, best.overlap).map { index, overlap -> AnchorMatch in
      overlap >= objectFrom
        ? .object(index) : overlap >= backgroundBelow ? .ignored : .background
    }
    guard keepsBestAnchors else { return matches }
    for row in 0..<overlaps.rowCount {
      let values = overlaps[row: row]
      let highest = values.reduce(0) { $1 > $0 ? $1 : $0 }
      guard highest > 0 else { continue }
      for (anchor, value) in values.enumerated() where value == highest {
        matches[anchor] = .object(best.index[anchor])
      }
    }
    return matches
  }
}
