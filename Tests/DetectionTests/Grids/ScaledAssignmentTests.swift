import Detection
import TestSupport
import Testing

struct ScaledAssignmentTests {
  private let narrow = BoxShape(width: 0.25, height: 0.5)
  private let wide = BoxShape(width: 0.5, height: 0.25)

  private func object(_ shape: BoxShape, x: Float = 0.25, y: Float = 0.25) -> LabeledBox {
    LabeledBox(
      box: Box(CenterBox(x: x, y: y, width: shape.width, height: shape.height)), classIndex: 0)
  }

  private var anchors: ScaledAnchors {
    ScaledAnchors(scales: [
      .init(grid: Grid(rows: 2, columns: 2), shapes: [narrow]),
      .init(grid: Grid(rows: 1, columns: 1), shapes: [wide]),
    ])
  }

  @Test func `an object goes to the anchor of its shape, on whatever grid that stands`() {
    let assignment = ScaledAssignment(
      [object(wide), object(narrow, x: 0.75, y: 0.75)], anchors: anchors)
    #expect(assignment.pairs == [.init(slot: 4, object: 0), .init(slot: 3, object: 1)])
  }

  @Test func `two alike in one cell take the best slot and the next`() {
    let assignment = ScaledAssignment([object(narrow), object(narrow)], anchors: anchors)
    #expect(assignment.pairs == [.init(slot: 0, object: 0), .init(slot: 4, object: 1)])
    #expect(assignment.lost.isEmpty)
  }

  @Test func `more objects than slots: the last are lost`() {
    let assignment = ScaledAssignment(
      [object(narrow), object(narrow), object(wide)], anchors: anchors)
    #expect(assignment.pairs.map(\.object) == [0, 1])
    #expect(assignment.lost == [2])
  }

  @Test func `a further slot goes to the object that suits it best, never away from its own`() {
    // 1/3 is the overlap of the two shapes. In the corner, no neighbouring cell is near.
    let shared = ScaledAssignment(
      [object(narrow, x: 0.125, y: 0.125)], anchors: anchors, sharedFrom: 0.3)
    #expect(shared.pairs == [.init(slot: 0, object: 0), .init(slot: 4, object: 0)])
    let taken = ScaledAssignment(
      [object(narrow, x: 0.125, y: 0.125), object(wide, x: 0.125, y: 0.125)], anchors: anchors,
      sharedFrom: 0.3)
    #expect(taken.pairs == [.init(slot: 0, object: 0), .init(slot: 4, object: 1)])
  }

  @Test func `the cells that a centre is nearest to share an object, but take none away`() {
    let right = object(narrow, x: 0.375, y: 0.125)
    let alone = ScaledAssignment([right], anchors: anchors, sharedFrom: 0.5)
    #expect(alone.pairs == [.init(slot: 0, object: 0), .init(slot: 1, object: 0)])
    let rivals = ScaledAssignment(
      [right, object(narrow, x: 0.875, y: 0.125)], anchors: anchors, sharedFrom: 0.5)
    #expect(rivals.pairs == [.init(slot: 0, object: 0), .init(slot: 1, object: 1)])
  }

  @Test func `no objects and padding rows take no slot`() {
    let padding = LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1)
    for labels in [[], [padding]] {
      let assignment = ScaledAssignment(labels, anchors: anchors, sharedFrom: 0)
      #expect(assignment.pairs.isEmpty && assignment.lost.isEmpty)
    }
  }

  @Test(arguments: YOLOGoldens.all.scales)
  func `slots, their objects and what is lost are as written out`(golden: YOLOGoldens.Scales) {
    let anchors = ScaledAnchors(golden: golden)
    for (picture, objects) in golden.pictures.enumerated() {
      let assignment = ScaledAssignment(
        objects.map { LabeledBox(yolo: $0) }, anchors: anchors, sharedFrom: golden.sharedFrom)
      #expect(assignment.pairs.map { [$0.slot, $0.object] } == golden.pairs[picture])
      #expect(assignment.lost == golden.lost[picture])
    }
  }
}
