import Detection
import Testing

struct MultiboxTargetsTests {
  @Test func `classes, mask and offsets of the dog and the cat`() {
    let targets = multiboxTargets(anchors: DogAndCat.anchors, labels: [DogAndCat.labels])
    #expect(targets.pictureCount == 1 && targets.anchorCount == 5)
    #expect(targets.classes == [0, 1, 2, 0, 2])
    #expect(
      targets.mask == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1])
    expectClose(
      targets.offsets,
      [
        0, 0, 0, 0, 1.3999999, 9.9999990, 2.5939717, 7.1754241, -1.1999989, 0.2688176, 1.6823640,
        -1.5654519, 0, 0, 0, 0, -0.5714280, -1.0000001, 0.0000042, 0.6258204,
      ], absolute: 2e-6, relative: 1e-6)
  }

  @Test func `offsets of background are plus zero`() {
    let targets = multiboxTargets(anchors: DogAndCat.anchors, labels: [[]])
    #expect(targets.offsets.allSatisfy { $0 == 0 && $0.sign == .plus })
  }

  @Test(arguments: [Box(0, 0, 0, 0), Box(-1, -1, -1, -1)])
  func `padding rows leave no trace in classes, mask or offsets`(box: Box) {
    let dog = DogAndCat.labels[0]
    let padded = multiboxTargets(
      anchors: DogAndCat.anchors, labels: [[dog, LabeledBox(box: box, classIndex: -1)]])
    let plain = multiboxTargets(anchors: DogAndCat.anchors, labels: [[dog]])
    #expect(padded.classes == [0, 1, 0, 0, 0])
    #expect(padded.classes == plain.classes)
    #expect(padded.mask == plain.mask)
    #expect(padded.offsets == plain.offsets)
  }

  @Test func `the class of a box does not shrink with its coordinates`() {
    let label = LabeledBox(
      box: Box(16, 51, 230, 225).scaled(x: 1 / 256, y: 1 / 256), classIndex: 7)
    let targets = multiboxTargets(anchors: [Box(0, 0, 1, 1)], labels: [[label]])
    #expect(targets.classes == [8])
  }

  @Test func `the caller's threshold reaches the assignment`() {
    func positives(_ threshold: Float) -> Int {
      multiboxTargets(
        anchors: DogAndCat.anchors, labels: [DogAndCat.labels], overlapThreshold: threshold
      ).classes.count { $0 > 0 }
    }
    #expect(positives(0.2) == 4)
    #expect(positives(0.5) == 3)
    #expect(positives(0.6) == 2)
  }

  @Test func `pictures of a batch do not influence each other`() {
    let together = multiboxTargets(
      anchors: DogAndCat.anchors, labels: [DogAndCat.labels, [], [DogAndCat.labels[1]]])
    let apart = [DogAndCat.labels, [], [DogAndCat.labels[1]]].map {
      multiboxTargets(anchors: DogAndCat.anchors, labels: [$0])
    }
    #expect(together.classes == apart.flatMap(\.classes))
    #expect(together.mask == apart.flatMap(\.mask))
    #expect(together.offsets == apart.flatMap(\.offsets))
  }

  @Test func `trivial baselines count objects and mean offsets`() {
    // One anchor of two is an object, half its width to the left: offsets 5 0 0 0, and eps.
    let targets = multiboxTargets(
      anchors: [Box(0, 0, 1, 1), Box(4, 4, 5, 5)],
      labels: [[LabeledBox(box: Box(0.5, 0, 1.5, 1), classIndex: 0)]])
    #expect(targets.classErrorOfBackground == 0.5)
    // ln(1 + 1e-6) · 5 twice adds 1e-5; Float adds one rounding of 1 + 1e-6.
    #expect(abs(targets.boxErrorOfZeroOffsets - (5 + 1e-5) / 8) < 1e-6)
  }

  // Float against double: logarithms and quotients of differences, offsets up to about 70.
  @Test func `random batches agree with the rules written in NumPy`() throws {
    for vector in try golden("detection_multibox", as: TargetsGolden.self).targets {
      let targets = multiboxTargets(
        anchors: vector.anchors.map(Box.init(golden:)),
        labels: vector.labels.map { $0.map(LabeledBox.init(golden:)) },
        overlapThreshold: vector.threshold)
      #expect(targets.classes == vector.classes, "\(vector.name)")
      let mask = vector.classes.flatMap { [Float](repeating: $0 > 0 ? 1 : 0, count: 4) }
      #expect(targets.mask == mask, "\(vector.name)")
      expectClose(
        targets.offsets, vector.offsets, absolute: 1e-5, relative: 1e-5, "\(vector.name)")
    }
  }
}
