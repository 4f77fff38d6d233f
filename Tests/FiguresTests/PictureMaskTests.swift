import Canvas
import Images
import Testing

@testable import Figures

@Suite struct PictureMaskTests {
  /// A mask of letters: # is the object.
  private func mask(_ rows: String...) -> PictureMask {
    PictureMask(
      height: rows.count, width: rows[0].count, bits: rows.joined().map { $0 == "#" })
  }

  private func rectangle(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Path {
    .rectangle(Rectangle(x0: x0, y0: y0, x1: x1, y1: y1))
  }

  /// The mask's outline filled black on white, one point a pixel.
  private func filled(_ mask: PictureMask) -> [Bool] {
    var canvas = Canvas(
      size: CanvasSize(width: Double(mask.width), height: Double(mask.height)))
    canvas.fill(mask.outline, .rgb(0, 0, 0))
    return canvas.coverage().map { $0 > 127 }
  }

  @Test func `a rectangle has four corners`() {
    #expect(mask("....", ".##.", ".##.").outline == rectangle(1, 1, 3, 3))
  }

  @Test func `an empty mask has no outline, a full one that of the picture`() {
    #expect(mask("...", "...").outline == Path())
    #expect(mask("###", "###").outline == rectangle(0, 0, 3, 2))
  }

  @Test(arguments: [
    ["#####", "#...#", "#.#.#", "#...#", "#####"], ["##..", "##..", "..##", "..##"],
    ["..##", "..##", "##..", "##.#"], ["#.#.#", ".#.#.", "#.#.#"], [".#.", "###", ".#."],
  ])
  func `filling the outline gives the mask: holes, islands and pixels that touch in a corner`(
    rows: [String]
  ) {
    let mask = PictureMask(
      height: rows.count, width: rows[0].count, bits: rows.joined().map { $0 == "#" })
    #expect(filled(mask) == mask.bits)
  }

  @Test func `a mask tints its pixels and leaves the others alone`() {
    let gray = Image(height: 40, width: 60, pixels: .init(repeating: 128, count: 7200))
    var bits = [Bool](repeating: false, count: 2400)
    for y in 10..<30 { for x in 10..<30 { bits[y * 60 + x] = true } }
    let figure = PictureFigure(
      gray, masks: [PictureMask(height: 40, width: 60, bits: bits, role: .series(0))])
    let pixels = figure.recording.pixels()
    #expect(pixels[20, 50] == (128, 128, 128))
    let (red, _, blue) = pixels[20, 20]
    #expect(blue > 128 && red < 128)  // the series' blue, and the picture through it
    #expect(pixels[10, 20].blue > pixels[20, 20].blue || pixels[10, 20].red < red)
    var outlined = figure
    outlined.masks[0].opacity = 0
    #expect(outlined.recording.pixels()[20, 20] == (128, 128, 128))
  }
}
