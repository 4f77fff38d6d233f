import Detection
import Testing

struct ThresholdMatcherTests {
  private let overlaps = OverlapMatrix(rows: [
    [0.9, 0.6, 0.4, 0.1, 0.2], [0.1, 0.65, 0.5, 0.05, 0.2],
  ])

  @Test func `best anchors are kept, those between the thresholds ignored`() {
    #expect(
      ThresholdMatcher.regionProposal.matches(overlaps)
        == [.object(0), .object(1), .ignored, .background, .background])
  }

  @Test func `without keeping the best, a ground truth can go without`() {
    let matcher = ThresholdMatcher(
      objectFrom: 0.7, backgroundBelow: 0.3, keepsBestAnchors: false)
    #expect(
      matcher.matches(overlaps) == [.object(0), .ignored, .ignored, .background, .background])
  }

  @Test func `one threshold ignores none`() {
    #expect(
      ThresholdMatcher.regionHead.matches(overlaps)
        == [.object(0), .object(1), .object(1), .background, .background])
  }

  @Test func `a kept anchor goes to its own best ground truth, so that another may lose`() {
    let overlaps = OverlapMatrix(rows: [[0.4, 0.2, 0.1], [0.45, 0.2, 0.3]])
    #expect(
      ThresholdMatcher.regionProposal.matches(overlaps) == [.object(1), .background, .ignored])
  }

  @Test func `a ground truth that nothing touches keeps no anchor`() {
    let overlaps = OverlapMatrix(rows: [[0, 0, 0], [0, 0.8, 0]])
    #expect(
      ThresholdMatcher.regionProposal.matches(overlaps) == [.background, .object(1), .background])
  }

  @Test func `an overlap of NaN matches nothing`() {
    let overlaps = OverlapMatrix(rows: [[.nan, .nan], [.nan, 0.8]])
    #expect(ThresholdMatcher.regionProposal.matches(overlaps) == [.background, .object(1)])
  }

  @Test func `without ground truths every anchor is background`() {
    let overlaps = OverlapMatrix([], [Box(0, 0, 1, 1), Box(0, 0, 2, 2)])
    #expect(ThresholdMatcher.regionProposal.matches(overlaps) == [.background, .background])
  }

  @Test func `random overlaps agree with torchvision`() throws {
    for vector in try golden("detection_matching", as: MatchingGolden.self).matches {
      let matcher = ThresholdMatcher(
        objectFrom: vector.objectFrom, backgroundBelow: vector.backgroundBelow,
        keepsBestAnchors: vector.keepsBestAnchors)
      #expect(
        matcher.matches(OverlapMatrix(rows: vector.overlaps)).map(\.golden) == vector.matches)
    }
  }
}

struct MatchingGolden: Decodable {
  struct Case: Decodable {
    /// Row: ground truth, column: anchor.
    var overlaps: [[Float]]
    var objectFrom, backgroundBelow, ssdThreshold: Float
    var keepsBestAnchors: Bool
    /// Index of the ground truth, −1 for background, −2 for ignored.
    var matches, ssd: [Int]
  }
  struct Negatives: Decodable {
    var losses: [Float]
    var isObject: [Bool]
    var chosen: [Int]
  }
  var matches: [Case]
  var negatives: [Negatives]
}

extension AnchorMatch {
  /// The number that torchvision uses for it.
  var golden: Int {
    switch self {
    case .object(let index): index
    case .background: -1
    case .ignored: -2
    }
  }
}
