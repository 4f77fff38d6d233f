import Detection
import Tensors
import Testing

struct BalancedSampleTests {
  private var generator = SplitMix64(seed: 1)

  private static func matches(_ objects: Int, _ backgrounds: Int, _ ignored: Int) -> [AnchorMatch] {
    (0..<objects).map { .object($0) } + Array(repeating: .background, count: backgrounds)
      + Array(repeating: .ignored, count: ignored)
  }

  @Test mutating func `objects fill their share and background the rest`() {
    let sample = BalancedSample(
      of: Self.matches(50, 50, 50), count: 20, positiveShare: 0.25, using: &generator)
    #expect(sample.positives.count == 5)
    #expect(sample.negatives.count == 15)
  }

  @Test mutating func `where objects are few, background takes their places`() {
    let sample = BalancedSample(
      of: Self.matches(2, 50, 0), count: 20, positiveShare: 0.5, using: &generator)
    #expect(sample.positives == [0, 1])
    #expect(sample.negatives.count == 18)
  }

  @Test mutating func `a sample of little is small, and of nothing empty`() {
    let little = BalancedSample(
      of: Self.matches(1, 2, 9), count: 20, positiveShare: 0.5, using: &generator)
    #expect(little.positives == [0] && little.negatives == [1, 2])
    let nothing = BalancedSample(of: [], count: 20, positiveShare: 0.5, using: &generator)
    #expect(nothing.positives.isEmpty && nothing.negatives.isEmpty)
  }

  @Test mutating func `nothing is drawn of a kind that there is none of`() {
    let background = BalancedSample(
      of: Self.matches(0, 9, 3), count: 4, positiveShare: 0.5, using: &generator)
    #expect(background.positives.isEmpty && background.negatives.count == 4)
    let objects = BalancedSample(
      of: Self.matches(9, 0, 3), count: 4, positiveShare: 0.5, using: &generator)
    #expect(objects.positives.count == 2 && objects.negatives.isEmpty)
  }

  @Test mutating func `every index is drawn about equally often, rising within a sample`() {
    let matches = Self.matches(10, 30, 5)
    var timesDrawn = [Int](repeating: 0, count: matches.count)
    for _ in 0..<2000 {
      let sample = BalancedSample(
        of: matches, count: 20, positiveShare: 0.25, using: &generator)
      for drawn in [sample.positives, sample.negatives] {
        #expect(drawn == drawn.sorted() && Set(drawn).count == drawn.count)
        for index in drawn { timesDrawn[index] += 1 }
      }
    }
    // Half of all objects and half of all background: 1000 times, give or take four deviations.
    #expect(timesDrawn[..<40].allSatisfy { (910...1090).contains($0) })
    #expect(timesDrawn[40...].allSatisfy { $0 == 0 })
  }

  @Test mutating func `the sizes are torchvision's`() throws {
    for vector in try golden("detection_proposals", as: ProposalsGolden.self).samples {
      let matches = vector.labels.map { label -> AnchorMatch in
        label == 1 ? .object(0) : label == 0 ? .background : .ignored
      }
      let sample = BalancedSample(
        of: matches, count: vector.count, positiveShare: vector.positiveShare, using: &generator)
      #expect(sample.positives.count == vector.positives)
      #expect(sample.negatives.count == vector.negatives)
    }
  }
}
