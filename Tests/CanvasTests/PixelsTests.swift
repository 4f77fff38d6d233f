import Canvas
import Images
import Testing

@Suite struct PixelsTests {
  private let red = Color.rgb(1, 0, 0)

  private func drawing(_ width: Double, _ height: Double, _ draw: (inout Canvas) -> Void) -> Canvas
  {
    var canvas = Canvas(size: CanvasSize(width: width, height: height))
    draw(&canvas)
    return canvas
  }

  @Test func `a rectangle on whole pixels is exact`() {
    let canvas = drawing(4, 3) {
      $0.fill(.rectangle(Rectangle(x0: 1, y0: 1, x1: 3, y1: 2)), red)
    }
    let image = canvas.pixels()
    #expect(image.height == 3 && image.width == 4)
    for y in 0..<3 {
      for x in 0..<4 {
        let isInside = y == 1 && (x == 1 || x == 2)
        #expect(image[y, x] == (255, isInside ? 0 : 255, isInside ? 0 : 255), "(\(y), \(x))")
      }
    }
  }

  @Test func `half a pixel is half covered`() {
    let canvas = drawing(2, 1) {
      $0.fill(.rectangle(Rectangle(x0: 0.5, y0: 0, x1: 2, y1: 1)), .rgb(0, 0, 0))
    }
    // Cairo counts coverage in 1/256.
    #expect(abs(Int(canvas.coverage()[0]) - 128) <= 1)
    #expect(canvas.coverage()[1] == 255)
    #expect(abs(Int(canvas.pixels()[0, 0].red) - 127) <= 1)
  }

  @Test func `scale and supersampling change the grid and not the drawing`() {
    let canvas = drawing(3, 2) {
      $0.fill(.rectangle(Rectangle(x0: 1, y0: 0, x1: 2, y1: 2)), red)
    }
    let double = canvas.pixels(scale: 2)
    #expect(double.height == 4 && double.width == 6)
    #expect(double[3, 1] == (255, 255, 255) && double[3, 2] == (255, 0, 0))
    #expect(canvas.pixels(supersampling: 3) == canvas.pixels())
  }

  @Test func `a clip and a transform act on their group alone`() {
    let canvas = drawing(4, 1) { canvas in
      canvas.group(
        transform: .translation(1, 0), clip: .rectangle(Rectangle(x0: 0, y0: 0, x1: 1, y1: 1))
      ) {
        $0.fill(.rectangle(Rectangle(x0: -9, y0: -9, x1: 9, y1: 9)), red)
      }
      canvas.fill(.rectangle(Rectangle(x0: 3, y0: 0, x1: 4, y1: 1)), red)
    }
    #expect(canvas.coverage() == [0, 255, 0, 255])
  }

  @Test func `opacity holds for a group as a whole`() {
    let box = Path.rectangle(Rectangle(x0: 0, y0: 0, x1: 1, y1: 1))
    let canvas = drawing(1, 1) { canvas in
      canvas.group(opacity: 0.5) {
        $0.fill(box, .rgb(0, 0, 0))
        $0.fill(box, .rgb(0, 0, 0))
      }
    }
    #expect(abs(Int(canvas.coverage()[0]) - 128) <= 1)
  }

  @Test func `a picture enlarged to the nearest pixel has sharp squares`() {
    let picture = Image(height: 1, width: 2, pixels: [10, 20, 30, 200, 210, 220])
    let canvas = drawing(4, 2) {
      $0.image(picture, in: Rectangle(x0: 0, y0: 0, x1: 4, y1: 2), sampling: .nearest)
    }
    let image = canvas.pixels()
    #expect(image[0, 0] == (10, 20, 30) && image[1, 1] == (10, 20, 30))
    #expect(image[0, 2] == (200, 210, 220) && image[1, 3] == (200, 210, 220))
  }

  @Test func `a linear gradient runs from its first colour to its last`() {
    let canvas = drawing(101, 1) {
      $0.fill(
        .rectangle(Rectangle(x0: 0, y0: 0, x1: 101, y1: 1)),
        .linear(
          start: Point(0.5, 0), end: Point(100.5, 0),
          stops: [.init(0, .rgb(0, 0, 0)), .init(1, .rgb(1, 1, 1))]))
    }
    let image = canvas.pixels()
    // Cairo tabulates gradients; two levels.
    for x in [0, 25, 50, 100] {
      #expect(abs(Int(image[0, x].green) - x * 255 / 100) <= 2, "column \(x)")
    }
  }

  @Test func `roles follow the theme and fixed colours do not`() {
    let canvas = drawing(2, 1) {
      $0.fill(.rectangle(Rectangle(x0: 0, y0: 0, x1: 1, y1: 1)), .ink)
      $0.fill(.rectangle(Rectangle(x0: 1, y0: 0, x1: 2, y1: 1)), red)
    }
    let (light, dark) = (canvas.pixels(theme: .light), canvas.pixels(theme: .dark))
    #expect(light[0, 0].red < 60 && dark[0, 0].red > 200)
    #expect(light[0, 1] == dark[0, 1])
  }

  @Test func `text leaves ink where it is measured to be`() throws {
    let canvas = drawing(60, 20) {
      $0.text("H", at: Point(30, 10), TextStyle(size: 14, anchor: .middle, baseline: .middle))
    }
    let coverage = canvas.coverage()
    let inked = coverage.indices.filter { coverage[$0] > 40 }
    let (rows, columns) = (inked.map { $0 / 60 }, inked.map { $0 % 60 })
    let (top, bottom) = (try #require(rows.min()), try #require(rows.max()))
    let (left, right) = (try #require(columns.min()), try #require(columns.max()))
    // A capital is 0.716 of the size high, centred on the point; a pixel of slack for its edges.
    #expect(abs(top - 5) <= 1 && abs(bottom - 14) <= 1)
    #expect(abs(left + right - 59) <= 1)
  }
}
