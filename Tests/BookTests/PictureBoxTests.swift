import Book
import Canvas
import Detection
import Figures
import Testing

struct PictureBoxTests {
  @Test func `a detection's box keeps its corners`() {
    let drawn = PictureBox(Box(1, 2, 30.5, 40), "dog", .series(2), dashed: true)
    #expect(
      drawn
        == PictureBox(
          x0: 1, y0: 2, x1: 30.5, y1: 40, label: "dog", role: .series(2), dashed: true))
  }
}
