import Detection
import Testing

struct ProposalRecallTests {
  private let objects = [
    [
      LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0),
      LabeledBox(box: Box(20, 20, 40, 40), classIndex: 1),
    ],
    [],
    [LabeledBox(box: Box(5, 5, 15, 15), classIndex: 1)],
  ]
  private let proposals = [
    [Box(50, 50, 60, 60), Box(0, 0, 10, 8), Box(20, 20, 40, 39)], [Box(0, 0, 1, 1)], [],
  ]

  @Test(arguments: [(1, 0.0), (2, 1.0 / 3), (3, 2.0 / 3)])
  func `an object counts once one of the first proposals fits`(first: Int, share: Double) {
    #expect(proposalRecall(proposals, objects: objects, first: first, overlap: 0.5) == share)
  }

  @Test func `an overlap is enough when it is reached`() {
    #expect(
      proposalRecall([[Box(0, 0, 10, 8)]], objects: [[objects[0][0]]], first: 1, overlap: 0.8) == 1)
    #expect(proposalRecall(proposals, objects: objects, first: 9, overlap: 0.9) == 1.0 / 3)
  }

  @Test func `objects of other areas are left out, the upper bound with them`() {
    #expect(
      proposalRecall(proposals, objects: objects, first: 9, overlap: 0.5, areas: 101..<400) == 0)
    #expect(
      proposalRecall(proposals, objects: objects, first: 9, overlap: 0.5, areas: 400..<401) == 1)
  }

  @Test func `without objects the share is 0`() {
    #expect(proposalRecall([[Box(0, 0, 1, 1)]], objects: [[]], first: 1, overlap: 0.5) == 0)
  }

  @Test func `a second stage without error finds each object with a proposal once`() {
    let kept = faultlessDetections(proposals, objects: objects, movesBoxes: false)
    #expect(kept.map(\.count) == [2, 0, 0])
    #expect(kept[0].map(\.box) == [Box(0, 0, 10, 8), Box(20, 20, 40, 39)])
    #expect(kept[0].map(\.classIndex) == [0, 1])
    let moved = faultlessDetections(proposals, objects: objects, movesBoxes: true)
    #expect(moved[0].map(\.box) == objects[0].map(\.box))
  }
}
