import Detection
import TestSupport
import Testing

struct ScaledAnchorsTests {
  private let anchors = ScaledAnchors(scales: [
    .init(
      grid: Grid(rows: 2, columns: 2),
      shapes: [BoxShape(width: 0.125, height: 0.25), BoxShape(width: 0.25, height: 0.125)]),
    .init(grid: Grid(rows: 1, columns: 1), shapes: [BoxShape(width: 0.5, height: 0.5)]),
  ])

  @Test func `slots go grid by grid, cell by cell, anchor by anchor`() {
    #expect(anchors.count == 9 && anchors.slots.count == 9)
    #expect(anchors.slots.map(\.cell) == [0, 0, 1, 1, 2, 2, 3, 3, 0])
    #expect(anchors.slots[5].shape == BoxShape(width: 0.25, height: 0.125))
  }

  @Test func `zeros say the anchor itself, in the middle of its cell`() {
    #expect(
      anchors.slots[6].box([0, 0, 0, 0])
        == Box(CenterBox(x: 0.75, y: 0.75, width: 0.125, height: 0.25)))
  }

  @Test func `a box says the target that it was made from`() {
    let slot = anchors.slots[2]
    let box = Box(CenterBox(x: 0.625, y: 0.125, width: 0.25, height: 0.5))
    let target = slot.target(box)
    // The centre is a quarter into the cell; half a cell before it is 0, half a cell behind it 1.
    expectClose(target, [0.375, 0.375, 0.693_147_2, 0.693_147_2], absolute: 1e-6)
  }

  @Test func `a neighbouring cell can say a centre half a cell outside of it`() {
    let box = Box(CenterBox(x: 0.25, y: 0.25, width: 0.125, height: 0.25))
    expectClose(anchors.slots[2].target(box), [0, 0.5, 0, 0], absolute: 1e-6)
    expectClose(
      anchors.slots[2].box([-20, 0, 0, 0]).corners, box.corners.map(Double.init), absolute: 1e-6)
  }

  @Test func `a wild prediction stays finite`() {
    let box = anchors.slots[0].box([0, 0, 1000, 1000])
    #expect(box.width.isFinite && box.width > 6)
  }

  @Test func `a score is the product of two sigmoids`() {
    var numbers = [Float](repeating: -20, count: 9 * 7)
    numbers.replaceSubrange(56..<63, with: [0, 0, 0, 0, 0, 20, 0])
    let found = anchors.candidates(numbers[...], scoreFrom: 0.1)
    #expect(found.map(\.classIndex) == [0, 1])
    expectClose(found.map(\.score), [0.5, 0.25], absolute: 1e-6)
    #expect(found[0].box == Box(0.25, 0.25, 0.75, 0.75))
  }

  /// An exponential and a sigmoid in Float, of boxes whose sides reach some ten pictures.
  private static let boxTolerance = 1e-5

  @Test(arguments: YOLOGoldens.all.scales)
  func `the box of every slot is as written out`(golden: YOLOGoldens.Scales) {
    let anchors = ScaledAnchors(golden: golden)
    let (slots, columns) = (anchors.slots, 5 + golden.classes)
    let numbers = golden.predictions.map { Float($0) }
    for (index, expected) in golden.boxes.enumerated() {
      let box = slots[index % slots.count].box(numbers[index * columns..<index * columns + 4])
      expectClose(
        box.corners, expected, absolute: Self.boxTolerance, relative: Self.boxTolerance)
    }
  }
}

extension ScaledAnchors {
  init(golden: YOLOGoldens.Scales) {
    self.init(
      scales: golden.scales.map { scale in
        Scale(
          grid: Grid(rows: scale.rows, columns: scale.columns),
          shapes: scale.shapes.map { BoxShape(width: $0[0], height: $0[1]) })
      })
  }
}
