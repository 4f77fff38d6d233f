import Canvas

/// The room that the dog and the cat sit in: a papered wall, a window, a floor of boards and a rug.
enum LivingRoom {
  /// Canvas's, in double precision; the rest of this module computes on pairs of `Float`.
  private typealias Point = Canvas::Point

  /// Records the drawing.
  static func draw(on canvas: inout Canvas) {
    drawWall(on: &canvas)
    drawWindow(on: &canvas)
    drawFloor(on: &canvas)
    drawRug(on: &canvas)
    drawPlant(on: &canvas)
  }

  private static let floorLine = 392.0

  private static func drawWall(on canvas: inout Canvas) {
    let wall = Rectangle(x0: 0, y0: 0, x1: canvas.size.width, y1: floorLine)
    canvas.fill(
      .rectangle(wall),
      .linear(
        start: Point(0, 0), end: Point(wall.x1, wall.y1),
        stops: [
          .init(0, .fixed(RGBA(hex: 0xBFD8D2))), .init(1, .fixed(RGBA(hex: 0x8FB5B0))),
        ]))
    canvas.group(clip: .rectangle(wall)) { canvas in
      for row in 0..<8 {
        for column in 0..<12 {
          let shift = row.isMultiple(of: 2) ? 0.0 : 32
          let center = Point(20 + Double(column) * 64 + shift, 24 + Double(row) * 52)
          for petal in 0..<4 {
            canvas.group(
              transform: .rotation(degrees: Double(petal) * 90 + 45)
                .then(.translation(center.x, center.y))
            ) { canvas in
              canvas.fill(
                .ellipse(center: Point(7, 0), radiusX: 6, radiusY: 2.6),
                Color.rgb(1, 1, 1).opacity(0.28))
            }
          }
        }
      }
    }
  }

  private static func drawWindow(on canvas: inout Canvas) {
    let frame = Rectangle(x: 436, y: 18, width: 250, height: 190)
    canvas.fill(.roundedRectangle(frame, radius: 6), .fixed(RGBA(hex: 0xF3EEE4)))
    let glass = frame.inset(by: 12)
    canvas.group(clip: .rectangle(glass)) { canvas in
      canvas.fill(
        .rectangle(glass),
        .linear(
          start: Point(0, glass.y0), end: Point(0, glass.y1),
          stops: [
            .init(0, .fixed(RGBA(hex: 0x8CC6EE))), .init(1, .fixed(RGBA(hex: 0xE5F3FA))),
          ]))
      for (x, y, size) in [(480.0, 66.0, 1.0), (620, 90, 0.8)] {
        for (dx, radius) in [(-20.0, 13.0), (0, 19), (22, 14)] {
          canvas.fill(
            .circle(center: Point(x + dx * size, y - radius * 0.2 * size), radius: radius * size),
            Color.rgb(1, 1, 1).opacity(0.85))
        }
      }
      canvas.fill(
        .ellipse(center: Point(500, 212), radiusX: 130, radiusY: 42), .fixed(RGBA(hex: 0x7FB36A)))
      canvas.fill(
        .ellipse(center: Point(660, 216), radiusX: 110, radiusY: 58), .fixed(RGBA(hex: 0x5F9B58)))
    }
    let bar = Color.fixed(RGBA(hex: 0xF3EEE4))
    canvas.stroke(
      .line(Point(frame.center.x, frame.y0), Point(frame.center.x, frame.y1)), bar, Stroke(9))
    canvas.stroke(
      .line(Point(frame.x0, frame.center.y), Point(frame.x1, frame.center.y)), bar, Stroke(9))
    canvas.fill(
      .roundedRectangle(Rectangle(x: 424, y: 204, width: 274, height: 16), radius: 4),
      .fixed(RGBA(hex: 0xE4DBCB)))
  }

  private static func drawFloor(on canvas: inout Canvas) {
    let (width, height) = (canvas.size.width, canvas.size.height)
    canvas.fill(
      .rectangle(Rectangle(x0: 0, y0: floorLine, x1: width, y1: height)),
      .linear(
        start: Point(0, floorLine), end: Point(0, height),
        stops: [.init(0, .fixed(RGBA(hex: 0xA9744A))), .init(1, .fixed(RGBA(hex: 0xC99160)))]))
    // Boards run towards a point far behind the wall.
    let vanishing = Point(width / 2, -240)
    for board in -8...8 {
      let foot = Point(width / 2 + Double(board) * 82, height)
      let share = (floorLine - vanishing.y) / (height - vanishing.y)
      let head = Point(vanishing.x + (foot.x - vanishing.x) * share, floorLine)
      canvas.stroke(.line(head, foot), .fixed(RGBA(0.33, 0.2, 0.1, 0.35)), Stroke(1.6))
    }
    canvas.fill(
      .rectangle(Rectangle(x0: 0, y0: floorLine - 16, x1: width, y1: floorLine)),
      .fixed(RGBA(hex: 0xF3EEE4)))
    canvas.stroke(
      .line(Point(0, floorLine), Point(width, floorLine)), .fixed(RGBA(0.3, 0.18, 0.1, 0.5)),
      Stroke(2))
  }

  private static func drawRug(on canvas: inout Canvas) {
    let center = Point(365, 484)
    for (shrink, hex) in [
      (0.0, 0x7E3B46), (10, 0xE9D6B4), (18, 0xA9525A), (58, 0xE9D6B4), (64, 0x8B4450),
    ]
      as [(Double, UInt32)]
    {
      canvas.fill(
        .ellipse(center: center, radiusX: 345 - shrink * 1.6, radiusY: 70 - shrink * 0.7),
        .fixed(RGBA(hex: hex)))
    }
    for (x, y, radius) in [(222.0, 506.0, 165.0), (518, 486, 128)] {
      canvas.group(
        transform: .scaling(1, 0.16).then(.translation(x, y))
      ) { canvas in
        canvas.fill(
          .circle(center: Point(0, 0), radius: radius),
          .radial(
            center: Point(0, 0), radius: radius,
            stops: [.init(0.4, .fixed(RGBA(0, 0, 0, 0.4))), .init(1, .fixed(RGBA(0, 0, 0, 0)))]))
      }
    }
  }

  private static func drawPlant(on canvas: inout Canvas) {
    for (turn, length, hex) in [
      (-52.0, 96.0, 0x4E8A4F), (-24, 128, 0x5B9C58), (4, 140, 0x4A8049), (30, 118, 0x66A85F),
      (58, 90, 0x4E8A4F),
    ] as [(Double, Double, UInt32)] {
      canvas.group(transform: .rotation(degrees: turn).then(.translation(34, 338))) { canvas in
        var leaf = Path()
        leaf.move(to: Point(0, 0))
        leaf.curve(Point(-22, -length * 0.4), Point(-14, -length * 0.8), to: Point(0, -length))
        leaf.curve(Point(14, -length * 0.8), Point(22, -length * 0.4), to: Point(0, 0))
        canvas.fill(leaf, .fixed(RGBA(hex: hex)))
        canvas.stroke(
          .line(Point(0, 0), Point(0, -length * 0.9)), .fixed(RGBA(1, 1, 1, 0.25)), Stroke(1.5))
      }
    }
    canvas.fill(
      .polygon([Point(2, 332), Point(68, 332), Point(58, 414), Point(12, 414)]),
      .linear(
        start: Point(2, 0), end: Point(68, 0),
        stops: [.init(0, .fixed(RGBA(hex: 0xD9775A))), .init(1, .fixed(RGBA(hex: 0xA34D38)))]))
    canvas.fill(
      .roundedRectangle(Rectangle(x: -3, y: 326, width: 76, height: 18), radius: 4),
      .fixed(RGBA(hex: 0xC8654A)))
  }
}
