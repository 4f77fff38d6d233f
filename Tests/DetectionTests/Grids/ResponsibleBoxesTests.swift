import Detection
import TestSupport
import Testing

struct ResponsibleBoxesTests {
  /// A few sums and products in Float of numbers about 1, divided by areas of 1/100 and more.
  private static let overlapTolerance = 1e-5

  @Test(arguments: YOLOGoldens.all.cells)
  func `who is to find what, and the overlap, are as written out`(golden: YOLOGoldens.Cells) {
    let layout = CellLayout(
      grid: Grid(rows: golden.rows, columns: golden.columns), boxesPerCell: golden.boxes,
      classes: golden.classes)
    let numbers = golden.predictions.map { Float($0) }
    for (picture, objects) in golden.pictures.enumerated() {
      let own = numbers[picture * layout.count..<(picture + 1) * layout.count]
      let found = layout.responsibleBoxes(objects.map { LabeledBox(yolo: $0) }, in: own)
      let expected = golden.responsible.filter { Int($0[0]) == picture }
      #expect(
        found.map { [$0.cell, $0.box, $0.object] } == expected.map { $0[1...3].map { Int($0) } })
      expectClose(
        found.map(\.overlap), expected.map { $0[4] }, absolute: Self.overlapTolerance)
    }
  }

  @Test func `of two boxes that overlap nothing, the nearer one is responsible`() {
    let layout = CellLayout(grid: Grid(rows: 1, columns: 1), boxesPerCell: 2, classes: 1)
    let numbers: [Float] = [0.1, 0.1, 0.1, 0.1, 0, 0.6, 0.6, 0.1, 0.1, 0, 1]
    let object = LabeledBox(
      box: Box(CenterBox(x: 0.9, y: 0.9, width: 0.1, height: 0.1)), classIndex: 0)
    let found = layout.responsibleBoxes([object], in: numbers[...])
    #expect(found.map(\.box) == [1])
    #expect(found.map(\.overlap) == [0])
  }

  @Test func `boxes of NaN are taken all the same, with no overlap`() {
    let layout = CellLayout(grid: Grid(rows: 1, columns: 1), boxesPerCell: 1, classes: 1)
    let object = LabeledBox(box: Box(0.25, 0.25, 0.75, 0.75), classIndex: 0)
    let found = layout.responsibleBoxes([object], in: [Float](repeating: .nan, count: 6)[...])
    #expect(found.map(\.overlap) == [0])
  }
}

extension LabeledBox {
  /// Centre, sides and class of a golden.
  init(yolo golden: YOLOGoldens.Object) {
    let numbers = golden.map { Float($0) }
    self.init(
      box: Box(
        CenterBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])),
      classIndex: Int(golden[4]))
  }
}
