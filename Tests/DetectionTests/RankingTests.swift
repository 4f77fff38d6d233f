@testable import Detection
import Testing

struct RankingTests {
  @Test func `scores fall, equal ones keep their order, NaN comes last with minus infinity`() {
    let tiny = Float.leastNonzeroMagnitude
    let scores: [Float] = [
      0.5, -1, .nan, .infinity, 0, 0.5, -0.0, -.infinity, tiny, -tiny, 3e38, -3e38,
    ]
    #expect(rankedByScore(scores) == [3, 10, 0, 5, 8, 4, 6, 9, 1, 11, 2, 7])
  }

  @Test func `scores of every digit are ranked as a stable sort ranks them`() {
    for count in [0, 1, 2, 100, 3000] {
      let scores = (0..<count).map { Float($0 * 7919 % 1001 - 500) / 64 }
      let expected = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
      #expect(rankedByScore(scores) == expected)
    }
  }
}
