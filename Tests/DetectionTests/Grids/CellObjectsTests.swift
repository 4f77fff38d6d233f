import Detection
import Testing

struct CellObjectsTests {
  private let grid = Grid(rows: 2, columns: 2)

  private func object(_ x: Float, _ y: Float, _ classIndex: Int) -> LabeledBox {
    LabeledBox(
      box: Box(CenterBox(x: x, y: y, width: 0.25, height: 0.25)), classIndex: classIndex)
  }

  @Test func `an object belongs to the cell of its centre, however far it reaches`() {
    let wide = LabeledBox(
      box: Box(CenterBox(x: 0.75, y: 0.25, width: 1, height: 0.25)), classIndex: 0)
    let objects = CellObjects([wide], grid: grid, boxesPerCell: 1)
    #expect(objects.ofCell == [[], [0], [], []])
  }

  @Test func `with one box, the second of two centres in a cell is lost`() {
    let objects = CellObjects(
      [object(0.25, 0.25, 0), object(0.3, 0.3, 0)], grid: grid, boxesPerCell: 1)
    #expect(objects.ofCell == [[0], [], [], []])
    #expect(objects.withoutBox == [1] && objects.ofOtherClass.isEmpty)
  }

  @Test func `with two boxes both are kept, if they are of one class`() {
    let same = CellObjects(
      [object(0.25, 0.25, 0), object(0.3, 0.3, 0)], grid: grid, boxesPerCell: 2)
    #expect(same.ofCell[0] == [0, 1] && same.withoutBox.isEmpty)
    let other = CellObjects(
      [object(0.25, 0.25, 0), object(0.3, 0.3, 1)], grid: grid, boxesPerCell: 2)
    #expect(other.ofCell[0] == [0] && other.ofOtherClass == [1])
  }

  @Test func `an object of another class takes no box away from later ones`() {
    let objects = CellObjects(
      [object(0.2, 0.2, 0), object(0.3, 0.3, 1), object(0.1, 0.1, 0), object(0.4, 0.4, 0)],
      grid: grid, boxesPerCell: 2)
    #expect(objects.ofCell[0] == [0, 2])
    #expect(objects.ofOtherClass == [1] && objects.withoutBox == [3])
  }

  @Test func `a centre on the line between cells belongs to one of them`() {
    let objects = CellObjects(
      [object(0.5, 0.5, 0), object(1, 1, 0)], grid: grid, boxesPerCell: 2)
    #expect(objects.ofCell == [[], [], [], [0, 1]])
  }

  @Test func `no objects and padding rows give empty cells`() {
    let padding = LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1)
    for labels in [[], [padding]] {
      let objects = CellObjects(labels, grid: grid, boxesPerCell: 2)
      #expect(objects.ofCell == [[], [], [], []])
      #expect(objects.withoutBox.isEmpty && objects.ofOtherClass.isEmpty)
    }
  }
}
