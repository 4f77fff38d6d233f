import Images
import Testing

@Suite struct FramedImageTests {
  /// A picture of one color.
  private func plain(height: Int, width: Int, _ value: UInt8 = 200) -> Image {
    Image(
      height: height, width: width, pixels: Array(repeating: value, count: 3 * height * width))
  }

  @Test func `a wide picture has bars above and below`() {
    let framed = plain(height: 10, width: 40).framed(height: 8, width: 8)
    #expect((framed.left, framed.top) == (0, 3))
    #expect((framed.scaleX, framed.scaleY) == (0.2, 0.2))
    let rows = (0..<8).map { framed.image[$0, 4].red }
    #expect(rows == [127, 127, 127, 200, 200, 127, 127, 127])
  }

  @Test func `a tall picture has bars at the sides`() {
    let framed = plain(height: 40, width: 10).framed(height: 8, width: 12)
    #expect((framed.left, framed.top) == (5, 0))
    let columns = (0..<12).map { framed.image[3, $0].green }
    #expect(columns == [127, 127, 127, 127, 127, 200, 200, 127, 127, 127, 127, 127])
  }

  @Test func `a small picture is enlarged`() {
    let framed = plain(height: 2, width: 4).framed(height: 6, width: 8)
    #expect((framed.scaleX, framed.scaleY) == (2, 2))
    #expect((framed.left, framed.top) == (0, 1))
  }

  @Test func `a picture of the frame's size stays as it is`() {
    let picture = plain(height: 5, width: 7)
    #expect(picture.framed(height: 5, width: 7).image == picture)
  }

  @Test func `a line of pixels keeps at least one row`() {
    let framed = plain(height: 1, width: 1000).framed(height: 8, width: 8)
    #expect(framed.image[3, 0].blue == 200)
    #expect(framed.scaleY == 1)
  }
}
