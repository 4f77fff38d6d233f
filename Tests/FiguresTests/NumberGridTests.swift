import Canvas
import Figures
import Images
import Testing

@Suite struct NumberGridTests {
  private let white: (UInt8, UInt8, UInt8) = (255, 255, 255)

  @Test func `numbers are written with their decimals, row after row`() {
    let svg = NumberGrid(values: [[1, -2.25], [0.5, 4]], decimals: 2).recording.svg()
    for text in ["1.00", "\u{2212}2.25", "0.50", "4.00"] {
      #expect(svg.contains(">\(text)</text>"), "\(text)")
    }
  }

  @Test func `the size is that of the cells and a margin`() {
    let grid = NumberGrid(values: [[1, 2, 3], [4, 5, 6]], cell: 20)
    #expect(grid.size == CanvasSize(width: 66, height: 46))
  }

  @Test func `a tinted cell is coloured, the others are not`() {
    let pixels = NumberGrid(values: [[1, 2]], tints: [[0, 1]], cell: 20).recording.pixels()
    #expect(pixels[6, 6] == white)
    #expect(pixels[6, 26] != white)
  }

  @Test func `an outline runs along the borders of its cells`() {
    let outline = NumberGrid.Outline(rows: 0..<1, columns: 1..<2, role: .series(0))
    let pixels = NumberGrid(values: [[1, 2]], outlines: [outline], cell: 20).recording.pixels()
    #expect(pixels[10, 23] == (0x0C, 0x74, 0xA8))
    #expect(pixels[6, 8] == white)
  }

  @Test func `an outline beyond the grid makes room for itself`() {
    let outline = NumberGrid.Outline(x0: -1, y0: -0.5, x1: 2, y1: 1.5)
    let grid = NumberGrid(values: [[1]], outlines: [outline], cell: 20)
    #expect(grid.size == CanvasSize(width: 66, height: 46))
  }

  @Test func `a dot lies where it is said, in cells`() {
    let grid = NumberGrid(values: [[0, 0]], dots: [Point(1.5, 0.25)], cell: 40)
    let pixels = grid.recording.pixels()
    #expect(pixels[13, 63] == (0xC2, 0x41, 0x0C))
  }

  @Test func `tints that do not match the numbers stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = NumberGrid(values: [[1, 2]], tints: [[1]])
    }
  }
}
