import Detection
import Testing

struct SuppressionTests {
  private let scores: [Float] = [0.9, 0.8, 0.7, 0.9]

  @Test func `the caller's threshold decides what is kept`() {
    #expect(suppressed(DogAndCat.candidates, scores: scores, overlapThreshold: 0.5) == [0, 3])
    #expect(suppressed(DogAndCat.candidates, scores: scores, overlapThreshold: 0.6) == [0, 3, 2])
  }

  @Test func `an overlap equal to the threshold is kept`() {
    let boxes = [Box(0, 0, 10, 10), Box(0, 0, 10, 10), Box(0, 0, 10, 5), Box(20, 20, 30, 30)]
    let scores: [Float] = [0.9, 0.9, 0.8, 0.7]
    #expect(suppressed(boxes, scores: scores, overlapThreshold: 0.5) == [0, 2, 3])
    #expect(suppressed(boxes, scores: scores, overlapThreshold: 0.4999) == [0, 3])
    #expect(
      suppressed(boxes, scores: scores, classes: [0, 1, 0, 1], overlapThreshold: 0.5)
        == [0, 1, 2, 3])
  }

  @Test func `a box that was itself suppressed suppresses nothing`() {
    let boxes = [Box(0, 0, 4, 1), Box(1, 0, 5, 1), Box(3, 0, 7, 1)]
    #expect(suppressed(boxes, scores: [0.9, 0.8, 0.7], overlapThreshold: 0.3) == [0, 2])
  }

  @Test func `equal scores keep the lower index, NaN scores come last`() {
    let boxes = [Box](repeating: Box(0, 0, 1, 1), count: 3)
    #expect(suppressed(boxes, scores: [0.5, 0.5, 0.5], overlapThreshold: 0.5) == [0])
    #expect(suppressed(boxes, scores: [.nan, 0.5, -2], overlapThreshold: 1) == [1, 2, 0])
  }

  @Test func `two equal boxes without area both stay`() {
    let boxes = [Box](repeating: Box(3, 3, 3, 3), count: 2)
    #expect(suppressed(boxes, scores: [0.9, 0.8], overlapThreshold: 0.5) == [0, 1])
  }

  @Test func `random, tied, empty and NaN boxes agree with torchvision`() throws {
    for vector in try golden("detection_suppression", as: SuppressionGolden.self).suppressions {
      let kept = suppressed(
        vector.boxes.map(Box.init(golden:)), scores: vector.scores, classes: vector.classes,
        overlapThreshold: vector.threshold)
      #expect(kept == vector.kept, "\(vector.name)")
    }
  }

  @Test func `classes may be any numbers`() {
    let boxes = [Box](repeating: Box(0, 0, 1, 1), count: 4)
    let kept = suppressed(
      boxes, scores: [0.1, 0.2, 0.3, 0.4], classes: [-7, .max, -7, 0], overlapThreshold: 0.5)
    #expect(kept == [3, 2, 1])
  }

  @Test func `no boxes leave none`() {
    #expect(suppressed([], scores: [], overlapThreshold: 0.5).isEmpty)
    #expect(suppressed([], scores: [], classes: [], overlapThreshold: 0.5).isEmpty)
  }

  @Test func `boxes that fill many blocks are kept, and their copies are not`() {
    let grid = (0..<1000).map { index in
      let (x, y) = (Float(index % 30), Float(index / 30))
      return Box(x, y, x + 1, y + 1)
    }
    let scores = (0..<2000).map { Float(2000 - $0) }
    let kept = suppressed(grid + grid, scores: scores, overlapThreshold: 0.5)
    #expect(kept == Array(0..<1000))
  }
}

struct SuppressionGolden: Decodable {
  struct Case: Decodable {
    var name: String
    var boxes: [[Double?]]
    var scores: [Float]
    var classes: [Int]?
    var threshold: Float
    var kept: [Int]
  }
  struct SoftCase: Decodable {
    var boxes: [[Double?]]
    var scores: [Float]
    var classes: [Int]
    var method: String
    var parameter, leastScore: Float
    /// Index and lowered score, the highest first.
    var kept: [[Double]]
  }
  var suppressions: [Case]
  var soft: [SoftCase]
}
