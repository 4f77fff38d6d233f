import Book
import Canvas
import Detection
import Figures
import Images
import Testing

struct DetectionFiguresTests {
  @Test func `a detection's box keeps its corners`() {
    let drawn = PictureBox(Box(1, 2, 30.5, 40), "dog", .series(2), dashed: true)
    #expect(
      drawn
        == PictureBox(
          x0: 1, y0: 2, x1: 30.5, y1: 40, label: "dog", role: .series(2), dashed: true))
  }

  @Test func `objects are dashed and without a name, and what was found says its class`() {
    let figure = PictureFigure(
      Image(height: 2, width: 2, pixels: [UInt8](repeating: 0, count: 12)),
      objects: [LabeledBox(box: Box(0, 0, 1, 1), classIndex: 1)],
      found: [ScoredBox(box: Box(0, 0, 2, 1), classIndex: 0, score: 0.9)],
      classNames: ["apple", "pear"])
    #expect(figure.boxes.map(\.isDashed) == [true, false])
    #expect(figure.boxes.map(\.label) == ["", "apple"])
    #expect(figure.boxes.map(\.x1) == [1, 2])
  }
}
