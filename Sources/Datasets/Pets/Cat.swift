import Canvas

/// A cat that sits and looks at us, 255 × 381 points with its top left corner at (400, 112).
enum Cat {
  /// Canvas's, in double precision; the rest of this module computes on pairs of `Float`.
  private typealias Point = Canvas::Point

  /// Records the drawing.
  static func draw(on canvas: inout Canvas) {
    drawTail(on: &canvas)
    drawBody(on: &canvas)
    drawHead(on: &canvas)
  }

  private enum Coat {
    static let fur = Color.fixed(RGBA(hex: 0x8D929C))
    static let light = Color.fixed(RGBA(hex: 0xB4B8C0))
    static let shade = Color.fixed(RGBA(hex: 0x646975))
    static let stripe = Color.fixed(RGBA(hex: 0x4A4E59))
    static let white = Color.fixed(RGBA(hex: 0xF4F2EE))
    static let pink = Color.fixed(RGBA(hex: 0xE59AA0))
    static let dark = Color.fixed(RGBA(hex: 0x23252B))
    static let iris = Color.fixed(RGBA(hex: 0x9CC45A))
  }

  private static func drawTail(on canvas: inout Canvas) {
    var tail = Path()
    tail.move(to: Point(570, 470))
    tail.curve(Point(648, 484), Point(652, 410), to: Point(626, 372))
    tail.curve(Point(612, 348), Point(614, 318), to: Point(636, 306))
    canvas.stroke(tail, Coat.shade, Stroke(30, cap: .round))
    canvas.stroke(tail, Coat.fur, Stroke(22, cap: .round))
    for (start, end) in [
      (Point(629, 444), Point(649, 452)), (Point(630, 412), Point(650, 406)),
      (Point(617, 382), Point(637, 371)), (Point(609, 345), Point(630, 347)),
    ] { canvas.stroke(.line(start, end), Coat.stripe, Stroke(7, cap: .round)) }
  }

  private static func drawBody(on canvas: inout Canvas) {
    for (x, foot) in [(452.0, 437.0), (572.0, 587.0)] {
      canvas.fill(.ellipse(center: Point(x, 430), radiusX: 52, radiusY: 60), Coat.shade)
      canvas.fill(.ellipse(center: Point(foot, 479), radiusX: 36, radiusY: 13), Coat.light)
    }
    var trunk = Path()
    trunk.move(to: Point(466, 262))
    trunk.curve(Point(428, 330), Point(420, 420), to: Point(446, 482))
    trunk.line(to: Point(578, 482))
    trunk.curve(Point(604, 420), Point(596, 330), to: Point(558, 262))
    trunk.close()
    canvas.fill(
      trunk,
      .linear(
        start: Point(425, 0), end: Point(600, 0),
        stops: [
          .init(0, Coat.shade), .init(0.35, Coat.fur), .init(0.6, Coat.light), .init(1, Coat.fur),
        ]))
    for (row, y) in [330.0, 358, 386].enumerated() {
      let reach = 30 - Double(row) * 2
      for side in [-1.0, 1] {
        let edge = 512 + side * (76 + Double(row) * 3)
        var stripe = Path()
        stripe.move(to: Point(edge, y))
        stripe.curve(
          Point(edge - side * 10, y + 6), Point(edge - side * 20, y + 8),
          to: Point(edge - side * reach, y + 4))
        canvas.stroke(stripe, Coat.stripe, Stroke(7, cap: .round))
      }
    }
    var chest = Path()
    chest.move(to: Point(480, 276))
    chest.curve(Point(470, 330), Point(484, 380), to: Point(512, 398))
    chest.curve(Point(540, 380), Point(554, 330), to: Point(544, 276))
    chest.close()
    canvas.fill(chest, Coat.white)
    for x in [482.0, 542.0] {
      canvas.fill(
        .roundedRectangle(Rectangle(x0: x - 20, y0: 350, x1: x + 20, y1: 488), radius: 20),
        .linear(
          start: Point(x - 20, 0), end: Point(x + 20, 0),
          stops: [.init(0, Coat.fur), .init(0.5, Coat.light), .init(1, Coat.shade)]))
      for y in [398.0, 418] {
        canvas.stroke(
          .line(Point(x - 14, y), Point(x + 14, y + 3)), Coat.stripe, Stroke(6, cap: .round))
      }
      canvas.fill(.ellipse(center: Point(x, 479), radiusX: 26, radiusY: 14), Coat.white)
      for toe in [-8.0, 8] {
        canvas.stroke(
          .line(Point(x + toe, 480), Point(x + toe, 489)), Coat.shade, Stroke(2, cap: .round))
      }
    }
  }

  private static func drawHead(on canvas: inout Canvas) {
    for side in [-1.0, 1] {
      func at(_ x: Double, _ y: Double) -> Point { Point(512 + side * x, y) }
      var ear = Path()
      ear.move(to: at(20, 160))
      ear.curve(at(40, 130), at(58, 114), to: at(68, 112))
      ear.curve(at(82, 116), at(90, 170), to: at(84, 212))
      ear.close()
      canvas.fill(ear, Coat.fur)
      var inside = Path()
      inside.move(to: at(40, 160))
      inside.curve(at(52, 138), at(60, 130), to: at(66, 130))
      inside.curve(at(74, 136), at(76, 168), to: at(74, 190))
      inside.close()
      canvas.fill(inside, Coat.pink)
    }
    canvas.fill(
      .ellipse(center: Point(512, 218), radiusX: 92, radiusY: 72),
      .radial(
        center: Point(495, 190), radius: 110,
        stops: [.init(0, Coat.light), .init(0.75, Coat.fur), .init(1, Coat.shade)]))
    for (x, length) in [(-22.0, 24.0), (0, 32), (22, 24)] {
      canvas.stroke(
        .line(Point(512 + x, 152), Point(512 + x * 0.7, 152 + length)), Coat.stripe,
        Stroke(8, cap: .round))
    }
    for side in [-1.0, 1] {
      for y in [228.0, 246] {
        canvas.stroke(
          .line(Point(512 + side * 88, y), Point(512 + side * 66, y + 2)), Coat.stripe,
          Stroke(6, cap: .round))
      }
    }
    drawFace(on: &canvas)
  }

  private static func drawFace(on canvas: inout Canvas) {
    for side in [-1.0, 1] {
      let eye = Point(512 + side * 38, 212)
      canvas.fill(.ellipse(center: eye, radiusX: 19, radiusY: 17), Coat.dark)
      canvas.fill(.ellipse(center: eye, radiusX: 16, radiusY: 14.5), Coat.iris)
      canvas.fill(.ellipse(center: eye, radiusX: 5.5, radiusY: 13), Coat.dark)
      canvas.fill(.circle(center: Point(eye.x + 5, eye.y - 6), radius: 4), .rgb(1, 1, 1))
      canvas.fill(
        .ellipse(center: Point(512 + side * 17, 254), radiusX: 21, radiusY: 16), Coat.white)
      for (rise, y) in [(-10.0, 248.0), (0, 254), (9, 260)] {
        canvas.stroke(
          .line(Point(512 + side * 26, y), Point(512 + side * 104, y + rise)),
          Coat.white.opacity(0.9), Stroke(1.8, cap: .round))
      }
    }
    canvas.fill(.polygon([Point(501, 237), Point(523, 237), Point(512, 248)]), Coat.pink)
    canvas.stroke(
      .polygon([Point(501, 237), Point(523, 237), Point(512, 248)]), Coat.pink,
      Stroke(4, join: .round))
    var mouth = Path()
    mouth.move(to: Point(494, 260))
    mouth.curve(Point(500, 268), Point(510, 266), to: Point(512, 250))
    mouth.curve(Point(514, 266), Point(524, 268), to: Point(530, 260))
    canvas.stroke(mouth, Coat.dark, Stroke(3, cap: .round, join: .round))
  }
}
