import Canvas
import Figures
import Images
import Testing

@Suite struct PictureFigureTests {
  private let gray = Image(height: 40, width: 60, pixels: .init(repeating: 128, count: 7200))

  @Test func `a picture without texts is as large as its pixels times the zoom`() {
    #expect(PictureFigure(gray, zoom: 2).size == CanvasSize(width: 120, height: 80))
  }

  @Test func `a long caption is wrapped and makes room for itself`() {
    let short = PictureFigure(gray, zoom: 2, caption: "one")
    let long = PictureFigure(
      gray, zoom: 2, caption: "several words that need several lines to stand")
    #expect(short.size.height > 80 && long.size.height >= short.size.height + 15)
    #expect(long.size.width == 120)
  }

  @Test func `the outline runs along the edges of the box`() {
    let box = PictureBox(x0: 10, y0: 10, x1: 30, y1: 30, role: .series(0))
    let pixels = PictureFigure(gray, boxes: [box]).recording.pixels()
    let (red, _, blue) = pixels[10, 20]
    #expect(blue > red)  // the series' blue on the top edge
    #expect(pixels[20, 20] == (128, 128, 128))  // the inside is left alone
    #expect(pixels[36, 50] == (128, 128, 128))  // and so is the outside
  }

  @Test func `a box as large as the picture is drawn along its border`() {
    let box = PictureBox(x0: 0, y0: 0, x1: 60, y1: 40, role: .series(0))
    let pixels = PictureFigure(gray, boxes: [box]).recording.pixels()
    #expect(pixels[0, 30] != (128, 128, 128) && pixels[39, 30] != (128, 128, 128))
    #expect(pixels[20, 0] != (128, 128, 128) && pixels[20, 59] != (128, 128, 128))
  }

  @Test func `a box that leaves the picture is open at that side`() {
    let box = PictureBox(x0: -20, y0: 10, x1: 30, y1: 30, role: .series(0))
    let figure = PictureFigure(gray, boxes: [box], title: "title")
    let top = Int(figure.size.height) - 40
    let pixels = figure.recording.pixels()
    #expect(pixels[top + 10, 1] != (128, 128, 128))  // its top edge reaches the border
    #expect(pixels[top + 20, 0] == (128, 128, 128))  // where nothing closes it
    #expect(pixels[top + 20, 30] != (128, 128, 128))
  }

  @Test func `a grid is as wide as its columns and as high as its rows`() {
    let picture = PictureFigure(gray)
    let grid = PictureGrid(.init(repeating: picture, count: 5), columns: 3, gap: 10)
    #expect(grid.size == CanvasSize(width: 3 * 60 + 2 * 10, height: 2 * 40 + 10))
    let pixels = grid.recording.pixels()
    #expect(pixels[60, 80] == (128, 128, 128))  // second row, second column
    #expect(pixels[60, 150] == (255, 255, 255))  // the sixth cell is empty
    #expect(pixels[20, 65] == (255, 255, 255))  // the gap
  }

  @Test func `fewer pictures than columns make a narrow grid`() {
    let grid = PictureGrid([PictureFigure(gray)], columns: 4)
    #expect(grid.size == CanvasSize(width: 60, height: 40))
  }
}
