import Detection
import Testing

struct MultiboxDetectionsTests {
  /// Rows of anchors; columns background, dog, cat.
  private let probabilities: [Float] = [0, 0.9, 0.1, 0, 0.8, 0.2, 0, 0.7, 0.3, 0, 0.1, 0.9]
  private let zeroOffsets = [Float](repeating: 0, count: 16)

  private func detections(_ options: DetectionOptions) -> [ScoredBox] {
    multiboxDetections(
      probabilities: probabilities, offsets: zeroOffsets, anchors: DogAndCat.candidates,
      options: options)
  }

  @Test func `one dog and one cat are left`() {
    let found = detections(DetectionOptions(perClass: false))
    #expect(found.map(\.classIndex) == [0, 1])
    #expect(found.map(\.score) == [0.9, 0.9])
    // Corners go through centre form and back: one rounding of Float each way.
    expectClose(
      found.flatMap(\.box.corners), [0.1, 0.08, 0.52, 0.92, 0.55, 0.2, 0.9, 0.88], absolute: 1e-6)
  }

  @Test func `the caller's overlap threshold is used`() {
    let found = detections(DetectionOptions(suppressionOverlap: 0.6, perClass: false))
    #expect(found.map(\.score) == [0.9, 0.9, 0.7])
  }

  @Test func `low scores are left out, never turned into one minus themselves`() {
    let found = detections(
      DetectionOptions(suppressionOverlap: 1, scoreThreshold: 0.75, perClass: false))
    #expect(found.map(\.score) == [0.9, 0.9, 0.8])
    let none = detections(DetectionOptions(scoreThreshold: 0.95))
    #expect(none.isEmpty)
  }

  @Test func `per class, an anchor may be a dog and a cat`() {
    let found = detections(DetectionOptions(suppressionOverlap: 0.5, scoreThreshold: 0.15))
    // Dogs: anchor 0 suppresses 1 and 2. Cats: 3, then 2, which suppresses 1.
    #expect(found.map(\.classIndex) == [0, 1, 1])
    #expect(found.map(\.score) == [0.9, 0.9, 0.3])
  }

  @Test func `across classes, the better box wins whatever its class`() {
    let anchors = [Box(0, 0, 1, 1), Box(0, 0, 1, 1)]
    let probabilities: [Float] = [0, 0.6, 0.4, 0, 0.3, 0.7]
    func classes(perClass: Bool) -> [Int] {
      multiboxDetections(
        probabilities: probabilities, offsets: [Float](repeating: 0, count: 8), anchors: anchors,
        options: DetectionOptions(perClass: perClass)
      ).map(\.classIndex)
    }
    #expect(classes(perClass: false) == [1])
    #expect(classes(perClass: true) == [1, 0])
  }

  @Test func `the limit keeps the best candidates, before suppression`() {
    let found = detections(DetectionOptions(perClass: false, candidateLimit: 3))
    #expect(found.map(\.score) == [0.9, 0.9])
    let one = detections(DetectionOptions(perClass: false, candidateLimit: 1))
    #expect(one.map(\.classIndex) == [0])
    #expect(detections(DetectionOptions(candidateLimit: 0)).isEmpty)
  }

  @Test func `offsets move the anchors`() {
    let anchor = DogAndCat.anchors[1]
    let found = multiboxDetections(
      probabilities: [0.2, 0.8], offsets: [1.4, 10, 2.5939717, 7.1754241], anchors: [anchor])
    expectClose(found.flatMap(\.box.corners), [0.1, 0.08, 0.52, 0.92], absolute: 1e-6)
  }

  @Test func `a NaN score is no detection, and no anchors give none`() {
    #expect(
      multiboxDetections(
        probabilities: [.nan, .nan], offsets: [0, 0, 0, 0], anchors: [Box(0, 0, 1, 1)]
      ).isEmpty)
    #expect(multiboxDetections(probabilities: [], offsets: [], anchors: []).isEmpty)
  }
}
