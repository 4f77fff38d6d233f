/// Turns what a region proposal network says about a picture into a short list of proposals.
///
/// Source: Ren and others, "Faster R-CNN", NIPS 2015, section 3.3; steps and their order as in
/// torchvision, for one feature map.
public struct ProposalFilter: Hashable, Sendable {
  /// How many of the anchors with the highest scores are looked at.
  public var candidateLimit: Int
  /// The largest intersection over union that two proposals may have.
  public var suppressionOverlap: Float
  /// How many proposals are kept, the best first.
  public var proposalLimit: Int
  /// Proposals with a shorter side are dropped; in the unit of the anchors.
  public var shortestSide: Float
  /// How the offsets are written.
  public var coder: OffsetCoder

  /// Makes a filter.
  public init(
    candidateLimit: Int, proposalLimit: Int, suppressionOverlap: Float = 0.7,
    shortestSide: Float = 1e-3, coder: OffsetCoder = .regionProposal
  ) {
    require(
      candidateLimit >= 0 && proposalLimit >= 0,
      "ProposalFilter: \(candidateLimit) candidates and \(proposalLimit) proposals; neither can be "
        + "negative")
    self.candidateLimit = candidateLimit
    self.proposalLimit = proposalLimit
    self.suppressionOverlap = suppressionOverlap
    self.shortestSide = shortestSide
    self.coder = coder
  }

  /// The proposals of one picture, inside of it, the likeliest first; there may be none.
  ///
  /// - Parameters:
  ///   - anchors: The A anchors of the picture.
  ///   - logits: How likely each of them holds an object, `[A]`, before the sigmoid.
  ///   - offsets: `[A, 4]` in row-major order.
  ///   - height: The picture's height, in the unit of the anchors.
  ///   - width: Its width.
  public func callAsFunction(
    anchors: [Box], logits: some RandomAccessCollection<Float>,
    offsets: some RandomAccessCollection<Float>, height: Float, width: Float
  ) -> [Proposal] {
    require(
      logits.count == anchors.count && offsets.count == 4 * anchors.count,
      "ProposalFilter: \(logits.count) scores and \(offsets.count) offsets for \(anchors.count) "
        + "anchors; expected 1 and 4 for each")
    let (logits, offsets) = (Array(logits), Array(offsets))
    let candidates = rankedByScore(logits).prefix(candidateLimit).compactMap {
      anchor -> Proposal? in
      let box = coder.box(BoxOffset(offsets, row: anchor), from: anchors[anchor])
        .clipped(width: width, height: height)
      guard box.bothSidesAtLeast(shortestSide) else { return nil }
      return Proposal(box: box, logit: logits[anchor], anchor: anchor)
    }
    return suppressed(
      candidates.map(\.box), scores: candidates.map(\.logit), overlapThreshold: suppressionOverlap
    ).prefix(proposalLimit).map { candidates[$0] }
  }
}

/// A box that may hold an object, of whatever class.
public struct Proposal: Hashable, Sendable, Codable {
  /// Where the object would be.
  public var box: Box
  /// How likely there is one, before the sigmoid.
  public var logit: Float
  /// The index of the anchor that it was refined from.
  public var anchor: Int
}

extension BoxOffset {
  /// Reads the four numbers of a row of `[…, 4]`, in row-major order.
  init(_ numbers: [Float], row: Int) {
    self.init(
      x: numbers[4 * row], y: numbers[4 * row + 1], width: numbers[4 * row + 2],
      height: numbers[4 * row + 3])
  }
}
