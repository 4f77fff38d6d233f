import Detection
import Testing

struct SSDMatchesTests {
  @Test func `each ground truth claims its best box, however small the overlap`() {
    let overlaps = OverlapMatrix(rows: [[0.6, 0.1, 0.2], [0.1, 0.3, 0.2]])
    #expect(ssdMatches(overlaps) == [.object(0), .object(1), .background])
  }

  @Test func `of two that claim one box the last keeps it`() {
    let overlaps = OverlapMatrix(rows: [[0.9, 0.1], [0.6, 0.2]])
    #expect(ssdMatches(overlaps) == [.object(1), .background])
  }

  @Test func `a ground truth of NaN claims nothing`() {
    let overlaps = OverlapMatrix(rows: [[.nan, .nan], [0.6, 0.2]])
    #expect(ssdMatches(overlaps) == [.object(1), .background])
  }

  @Test func `random overlaps agree with torchvision`() throws {
    for vector in try golden("detection_matching", as: MatchingGolden.self).matches {
      let matches = ssdMatches(
        OverlapMatrix(rows: vector.overlaps), threshold: vector.ssdThreshold)
      #expect(matches.map(\.golden) == vector.ssd)
    }
  }
}
