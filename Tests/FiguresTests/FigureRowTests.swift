import Canvas
import Figures
import Images
import Testing

@Suite struct FigureRowTests {
  private func picture(_ height: Int, _ width: Int, gray: UInt8) -> PictureFigure {
    PictureFigure(
      Image(
        height: height, width: width, pixels: .init(repeating: gray, count: height * width * 3)))
  }

  @Test func `a row is as wide as its figures and gaps, and as high as the highest`() {
    let row = FigureRow(
      [picture(30, 20, gray: 10), NumberGrid(values: [[1]], cell: 40)], gap: 5)
    #expect(row.size == CanvasSize(width: 20 + 5 + 46, height: 46))
  }

  @Test func `figures stand from left to right, with their tops in one line`() {
    let row = FigureRow([picture(30, 20, gray: 10), picture(10, 20, gray: 90)], gap: 5)
    let pixels = row.recording.pixels()
    #expect(pixels[0, 10] == (10, 10, 10) && pixels[0, 35] == (90, 90, 90))
    #expect(pixels[20, 35] == (255, 255, 255) && pixels[0, 22] == (255, 255, 255))
  }

  @Test func `no figures stop the program`() async {
    await #expect(processExitsWith: .failure) { _ = FigureRow([]) }
  }
}
