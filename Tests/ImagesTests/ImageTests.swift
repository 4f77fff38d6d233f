import Images
import Testing

@Suite struct ImageTests {
  let picture = Image(height: 3, width: 4, pixels: (0..<36).map { UInt8($0) })

  @Test func `a pixel is three bytes of its row and column`() {
    #expect(picture[2, 1] == (27, 28, 29))
  }

  @Test func `a crop keeps the rows and columns it names`() {
    let part = picture.cropped(y: 1..<3, x: 2..<4)
    #expect(part.height == 2 && part.width == 2)
    #expect(part.pixels == [18, 19, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35])
  }

  @Test func `bytes that do not fill the picture stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = Image(height: 2, width: 2, pixels: [0, 0, 0])
    }
  }

  @Test func `a crop outside the picture stops the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = Image(height: 1, width: 1, pixels: [1, 2, 3]).cropped(y: 0..<2, x: 0..<1)
    }
  }
}
