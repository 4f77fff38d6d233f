import Detection
import Testing

struct AnchorAssignmentTests {
  @Test func `the dog gets an anchor it hardly overlaps, the cat gets two`() {
    let assigned = assignedGroundTruths(
      anchors: DogAndCat.anchors, groundTruths: DogAndCat.labels)
    #expect(assigned == [nil, 0, 1, nil, 1])
  }

  @Test func `two ground truths with the same best anchor get one each`() {
    let anchors = [Box(0, 0, 0.95, 0.95), Box(0, 0, 0.5, 0.5), Box(0.8, 0.8, 1, 1)]
    let truths = [
      LabeledBox(box: Box(0, 0, 1, 1), classIndex: 0),
      LabeledBox(box: Box(0, 0, 0.9, 0.9), classIndex: 0),
    ]
    #expect(assignedGroundTruths(anchors: anchors, groundTruths: truths) == [0, 1, nil])
  }

  @Test(arguments: [
    LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1),
    LabeledBox(box: Box(-1, -1, -1, -1), classIndex: -1),
    LabeledBox(box: Box(0, 0.1, 0.2, 0.3), classIndex: -1),
  ])
  func `a padding row takes no anchor, whatever its box`(padding: LabeledBox) {
    let assigned = assignedGroundTruths(
      anchors: DogAndCat.anchors, groundTruths: [DogAndCat.labels[0], padding])
    #expect(assigned == [nil, 0, nil, nil, nil])
  }

  @Test func `a padding row does not shift the indices of the objects after it`() {
    let padding = LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1)
    let assigned = assignedGroundTruths(
      anchors: DogAndCat.anchors, groundTruths: [padding] + DogAndCat.labels)
    #expect(assigned == [nil, 1, 2, nil, 2])
  }

  @Test func `ground truths beyond the anchors overwrite none`() {
    let anchors = [Box(0, 0, 1, 1), Box(2, 2, 3, 3)]
    let boxes = [Box(0, 0, 0.6, 1), Box(0, 0, 1, 1), Box(2, 2, 3, 3), Box(0, 0, 0.5, 0.5)]
    let assigned = assignedGroundTruths(
      anchors: anchors, groundTruths: boxes.map { LabeledBox(box: $0, classIndex: 0) })
    #expect(assigned == [1, 2])
  }

  @Test func `the threshold is the caller's, and itself enough`() {
    let anchors = [Box(0, 0, 4, 4), Box(0, 0, 4, 3), Box(0, 0, 4, 2)]
    let truth = [LabeledBox(box: Box(0, 0, 4, 4), classIndex: 0)]
    func assigned(_ threshold: Float) -> [Int?] {
      assignedGroundTruths(anchors: anchors, groundTruths: truth, overlapThreshold: threshold)
    }
    #expect(assigned(0.5) == [0, 0, 0])
    #expect(assigned(0.51) == [0, 0, nil])
    #expect(assigned(0.75) == [0, 0, nil])
    #expect(assigned(0.76) == [0, nil, nil])
  }

  @Test func `no ground truths, or no anchors, leave nothing assigned`() {
    #expect(
      assignedGroundTruths(anchors: DogAndCat.anchors, groundTruths: [])
        == [Int?](repeating: nil, count: 5))
    #expect(assignedGroundTruths(anchors: [], groundTruths: DogAndCat.labels).isEmpty)
  }

  @Test func `an anchor without area is never taken`() {
    let anchors = [Box(0, 0, 0, 0), Box(.nan, 0, 1, 1), Box(1, 1, 0, 0), Box(5, 5, 6, 6)]
    let truth = [LabeledBox(box: Box(0, 0, 1, 1), classIndex: 0)]
    #expect(assignedGroundTruths(anchors: anchors, groundTruths: truth) == [nil, nil, nil, 0])
  }

  @Test func `random pictures agree with the rules written in NumPy`() throws {
    for vector in try golden("detection_multibox", as: TargetsGolden.self).targets {
      for (labels, expected) in zip(vector.labels, vector.assigned) {
        let assigned = assignedGroundTruths(
          anchors: vector.anchors.map(Box.init(golden:)),
          groundTruths: labels.map(LabeledBox.init(golden:)), overlapThreshold: vector.threshold)
        #expect(assigned.map { $0 ?? -1 } == expected, "\(vector.name)")
      }
    }
  }
}

struct TargetsGolden: Decodable {
  struct Case: Decodable {
    var name: String
    var anchors: [[Double]]
    var labels: [[[Double]]]
    var threshold: Float
    var assigned: [[Int]]
    var offsets: [Double]
    var classes: [Int32]
  }
  var targets: [Case]
}

extension LabeledBox {
  /// A golden's row: class, then corners.
  init(golden row: [Double]) {
    self.init(box: Box(golden: Array(row.dropFirst())), classIndex: Int(row[0]))
  }
}
