import Detection
import Testing

struct HardNegativesTests {
  @Test func `three for each object, those of largest loss`() {
    let chosen = hardNegatives(
      losses: [0.1, 0.5, 0.9, 0.2, 0.7, 0.3, 0.05, 0.6],
      isObject: [false, true, false, false, false, false, false, false])
    #expect(chosen == [2, 4, 7])
  }

  @Test func `a picture without objects contributes none`() {
    #expect(hardNegatives(losses: [1, 2], isObject: [false, false]).isEmpty)
  }

  @Test func `where there are too few, all are chosen, and never an object`() {
    #expect(hardNegatives(losses: [1, 2, 3], isObject: [true, true, false]) == [2])
    #expect(hardNegatives(losses: [1, 2], isObject: [true, true]).isEmpty)
  }

  @Test func `the first of equal losses counts, NaN last`() {
    let chosen = hardNegatives(
      losses: [.nan, 1, 1, 1, 9], isObject: [false, false, false, false, true], perObject: 2)
    #expect(chosen == [1, 2])
  }

  @Test func `random losses agree with torchvision`() throws {
    for vector in try golden("detection_matching", as: MatchingGolden.self).negatives {
      #expect(hardNegatives(losses: vector.losses, isObject: vector.isObject) == vector.chosen)
    }
  }
}
