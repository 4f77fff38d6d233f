import Detection
import Testing

struct SoftSuppressionTests {
  private let boxes = [Box(0, 0, 10, 10), Box(0, 0, 10, 8), Box(20, 20, 30, 30)]
  private let scores: [Float] = [0.9, 0.8, 0.7]

  // A product of up to forty factors in Float.
  private let roundingOfProducts = 1e-5

  @Test func `a box that overlaps a better one is lowered, not dropped`() {
    let kept = softlySuppressed(boxes, scores: scores, decay: .linear(from: 0.5))
    #expect(kept.map(\.index) == [0, 2, 1])
    expectClose(kept.map(\.score), [0.9, 0.7, 0.8 * 0.2], absolute: roundingOfProducts)
  }

  @Test func `below the threshold of the linear decay nothing is lowered`() {
    let kept = softlySuppressed(boxes, scores: scores, decay: .linear(from: 0.85))
    #expect(kept.map(\.score) == scores)
  }

  @Test func `the Gaussian decay has no threshold`() {
    expectClose(
      [0, 0.5, 1].map { ScoreDecay.gaussian(sigma: 0.5).factor(atOverlap: $0) },
      [1, 0.6065307, 0.1353353], absolute: 1e-6)
  }

  @Test func `a score that falls below the least is dropped`() {
    let kept = softlySuppressed(
      boxes, scores: scores, decay: .linear(from: 0.5), scoreThreshold: 0.2)
    #expect(kept.map(\.index) == [0, 2])
  }

  @Test func `boxes of other classes are left alone`() {
    let kept = softlySuppressed(
      boxes, scores: scores, classes: [0, 1, 0], decay: .gaussian(sigma: 0.5))
    #expect(kept.map(\.score) == scores)
  }

  @Test func `equal scores keep the order given, NaN scores are dropped, NaN boxes lower none`() {
    let boxes = [Box(0, 0, 1, 1), Box(.nan, 0, 1, 1), Box(0, 0, 1, 1), Box(5, 5, 6, 6)]
    let kept = softlySuppressed(
      boxes, scores: [0.5, 0.5, .nan, 0.5], decay: .linear(from: 0.1))
    #expect(kept.map(\.index) == [0, 1, 3])
    #expect(kept.map(\.score) == [0.5, 0.5, 0.5])
  }

  @Test func `random, empty and NaN boxes agree with the rules written in NumPy`() throws {
    for vector in try golden("detection_suppression", as: SuppressionGolden.self).soft {
      let kept = softlySuppressed(
        vector.boxes.map(Box.init(golden:)), scores: vector.scores, classes: vector.classes,
        decay: vector.method == "linear"
          ? .linear(from: vector.parameter) : .gaussian(sigma: vector.parameter),
        scoreThreshold: vector.leastScore)
      #expect(kept.map(\.index) == vector.kept.map { Int($0[0]) })
      expectClose(kept.map(\.score), vector.kept.map { $0[1] }, absolute: roundingOfProducts)
    }
  }
}
