import Detection
import Testing

struct CellLayoutTests {
  private let layout = CellLayout(
    grid: Grid(rows: 2, columns: 2), boxesPerCell: 2, classes: 2)

  @Test func `of a cell first come its boxes, then its classes`() {
    var numbers = [Float](repeating: 0, count: layout.count)
    numbers.replaceSubrange(29..<34, with: [0.5, 0.25, 0.5, 0.25, 0.8])
    #expect(layout.numbersPerCell == 12 && layout.count == 48)
    // Cell 2 begins at 24, its second box at 29; sides are squares of what is said.
    let box = layout.box(1, ofCell: 2, in: numbers[...])
    #expect(box == Box(CenterBox(x: 0.25, y: 0.625, width: 0.25, height: 0.0625)))
  }

  @Test func `a score is the confidence of the box times the probability of the class`() {
    var numbers = [Float](repeating: 0, count: layout.count)
    numbers.replaceSubrange(
      12..<24, with: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 1, 0.75, 0.25])
    let found = layout.candidates(numbers[...], scoreFrom: 0.2)
    #expect(found.map(\.score) == [0.375, 0.75, 0.25])
    #expect(found.map(\.classIndex) == [0, 0, 1])
    #expect(found[0].box == Box(CenterBox(x: 0.75, y: 0.25, width: 0.25, height: 0.25)))
  }

  @Test func `scores of NaN and a threshold above all give nothing`() {
    let nan = [Float](repeating: .nan, count: layout.count)
    #expect(layout.candidates(nan[...], scoreFrom: 0).isEmpty)
    let ones = [Float](repeating: 1, count: layout.count)
    #expect(layout.candidates(ones[...], scoreFrom: 1.5).isEmpty)
  }

  @Test func `a picture's part of a batch is read where it stands`() {
    let numbers = [Float](repeating: 0.25, count: layout.count)
    let batch = [Float](repeating: 1, count: layout.count) + numbers
    #expect(
      layout.candidates(batch[layout.count...], scoreFrom: 0)
        == layout.candidates(numbers[...], scoreFrom: 0))
  }
}
