import Canvas
import Testing

@Suite struct TextTests {
  @Test func `width grows with the size and the number of letters`() {
    let (small, large) = (TextStyle(size: 10), TextStyle(size: 20))
    let width = small.width(of: "anchor")
    #expect(abs(large.width(of: "anchor") - 2 * width) < 0.05)
    #expect(small.width(of: "anchors") > width)
    #expect(small.width(of: "") == 0)
  }

  @Test func `bold text is wider than regular`() {
    #expect(
      TextStyle(weight: .bold).width(of: "average") > TextStyle().width(of: "average"))
  }

  @Test func `characters that the first typeface lacks are drawn by another`() {
    // Superscript digits beyond ³ and thin spaces are missing in Arial and its likes.
    var canvas = Canvas(size: CanvasSize(width: 60, height: 20))
    canvas.text("⁷", at: Point(10, 15))
    var box = Canvas(size: CanvasSize(width: 60, height: 20))
    box.text("\u{10FFFD}", at: Point(10, 15))
    #expect(canvas.coverage() != box.coverage())
    #expect(TextStyle().width(of: "10⁷") > TextStyle().width(of: "10"))
  }
}
