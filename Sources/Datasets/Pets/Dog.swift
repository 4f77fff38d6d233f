import Canvas

/// A dog that sits and looks at us, 318 × 471 points with its top left corner at (60, 45).
enum Dog {
  /// Canvas's, in double precision; the rest of this module computes on pairs of `Float`.
  private typealias Point = Canvas::Point

  /// Records the drawing.
  static func draw(on canvas: inout Canvas) {
    drawTail(on: &canvas)
    drawBody(on: &canvas)
    drawEars(on: &canvas)
    drawHead(on: &canvas)
  }

  private enum Coat {
    static let fur = Color.fixed(RGBA(hex: 0xD08A45))
    static let light = Color.fixed(RGBA(hex: 0xE2A563))
    static let shade = Color.fixed(RGBA(hex: 0xA9682F))
    static let ear = Color.fixed(RGBA(hex: 0x7A4520))
    static let cream = Color.fixed(RGBA(hex: 0xF6E3C4))
    static let dark = Color.fixed(RGBA(hex: 0x2A1C15))
    static let collar = Color.fixed(RGBA(hex: 0xC8323C))
    static let tongue = Color.fixed(RGBA(hex: 0xE8788A))
  }

  private static func drawTail(on canvas: inout Canvas) {
    var tail = Path()
    tail.move(to: Point(140, 470))
    tail.curve(Point(90, 462), Point(69, 420), to: Point(79.5, 364))
    canvas.stroke(tail, Coat.shade, Stroke(34, cap: .round))
    canvas.stroke(tail, Coat.fur, Stroke(25, cap: .round))
    var tip = Path()
    tip.move(to: Point(78, 376))
    tip.line(to: Point(79, 364))
    canvas.stroke(tip, Coat.cream, Stroke(25, cap: .round))
  }

  private static func drawBody(on canvas: inout Canvas) {
    for (x, knee) in [(137.0, 116.0), (312.0, 333.0)] {
      canvas.fill(.ellipse(center: Point(x, 436), radiusX: 66, radiusY: 74), Coat.shade)
      canvas.fill(.ellipse(center: Point(knee, 502), radiusX: 45, radiusY: 14), Coat.light)
    }
    var trunk = Path()
    trunk.move(to: Point(172, 218))
    trunk.curve(Point(120, 320), Point(112, 430), to: Point(150, 500))
    trunk.line(to: Point(300, 500))
    trunk.curve(Point(338, 430), Point(330, 320), to: Point(276, 218))
    trunk.close()
    canvas.fill(
      trunk,
      .linear(
        start: Point(120, 300), end: Point(340, 300),
        stops: [
          .init(0, Coat.shade), .init(0.3, Coat.fur), .init(0.55, Coat.light), .init(1, Coat.fur),
        ]))
    var chest = Path()
    chest.move(to: Point(182, 255))
    chest.curve(Point(172, 330), Point(190, 400), to: Point(224, 428))
    chest.curve(Point(258, 400), Point(276, 330), to: Point(266, 255))
    chest.close()
    canvas.fill(chest, Coat.cream)
    for x in [178.0, 270.0] { drawFrontLeg(at: x, on: &canvas) }
    var collar = Path()
    collar.move(to: Point(166, 252))
    collar.curve(Point(196, 276), Point(252, 276), to: Point(284, 252))
    canvas.stroke(collar, Coat.collar, Stroke(15, cap: .round))
    canvas.fill(.circle(center: Point(224, 285), radius: 14), .rgb(0.95, 0.76, 0.25))
    canvas.stroke(.circle(center: Point(224, 285), radius: 14), Coat.ear.opacity(0.5), Stroke(2))
  }

  private static func drawFrontLeg(at x: Double, on canvas: inout Canvas) {
    canvas.fill(
      .roundedRectangle(Rectangle(x0: x - 26, y0: 345, x1: x + 26, y1: 508), radius: 25),
      .linear(
        start: Point(x - 26, 0), end: Point(x + 26, 0),
        stops: [.init(0, Coat.fur), .init(0.5, Coat.light), .init(1, Coat.shade)]))
    canvas.fill(.ellipse(center: Point(x, 499), radiusX: 34, radiusY: 17), Coat.cream)
    for toe in [-11.0, 11] {
      canvas.stroke(
        .line(Point(x + toe, 500), Point(x + toe, 511)), Coat.shade, Stroke(2.5, cap: .round))
    }
  }

  private static func drawEars(on canvas: inout Canvas) {
    for side in [-1.0, 1] {
      func at(_ x: Double, _ y: Double) -> Point { Point(224 + side * x, y) }
      var ear = Path()
      ear.move(to: at(58, 72))
      ear.curve(at(110, 66), at(138, 120), to: at(140, 180))
      ear.curve(at(141, 224), at(112, 240), to: at(98, 214))
      ear.curve(at(84, 180), at(86, 140), to: at(58, 110))
      ear.close()
      canvas.fill(
        ear,
        .linear(
          start: at(70, 80), end: at(125, 230), stops: [.init(0, Coat.ear), .init(1, Coat.dark)]))
    }
  }

  private static func drawHead(on canvas: inout Canvas) {
    canvas.fill(
      .ellipse(center: Point(224, 148), radiusX: 99, radiusY: 103),
      .radial(
        center: Point(205, 110), radius: 140,
        stops: [.init(0, Coat.light), .init(0.7, Coat.fur), .init(1, Coat.shade)]))
    var blaze = Path()
    blaze.move(to: Point(224, 52))
    blaze.curve(Point(206, 90), Point(210, 130), to: Point(196, 176))
    blaze.line(to: Point(252, 176))
    blaze.curve(Point(238, 130), Point(242, 90), to: Point(224, 52))
    blaze.close()
    canvas.fill(blaze, Coat.cream)
    drawMuzzle(on: &canvas)
    for x in [183.0, 265.0] {
      canvas.fill(.ellipse(center: Point(x, 138), radiusX: 15, radiusY: 17), Coat.dark)
      canvas.fill(.circle(center: Point(x + 5, 132), radius: 5), .rgb(1, 1, 1))
      canvas.fill(.circle(center: Point(x - 5, 145), radius: 2.4), Color.rgb(1, 1, 1).opacity(0.7))
      canvas.stroke(
        .arc(center: Point(x, 122), radius: 22, from: 225, to: 315), Coat.shade,
        Stroke(5, cap: .round))
    }
  }

  private static func drawMuzzle(on canvas: inout Canvas) {
    var tongue = Path()
    tongue.move(to: Point(206, 222))
    tongue.curve(Point(202, 262), Point(246, 262), to: Point(242, 222))
    tongue.close()
    canvas.fill(.ellipse(center: Point(224, 205), radiusX: 58, radiusY: 38), Coat.cream)
    canvas.fill(tongue, Coat.tongue)
    canvas.stroke(.line(Point(224, 226), Point(224, 242)), Coat.collar.opacity(0.5), Stroke(2))
    var mouth = Path()
    mouth.move(to: Point(186, 214))
    mouth.curve(Point(196, 230), Point(218, 230), to: Point(224, 214))
    mouth.curve(Point(230, 230), Point(252, 230), to: Point(262, 214))
    canvas.stroke(mouth, Coat.dark, Stroke(4, cap: .round, join: .round))
    canvas.stroke(.line(Point(224, 190), Point(224, 214)), Coat.dark, Stroke(4, cap: .round))
    canvas.fill(.ellipse(center: Point(224, 184), radiusX: 24, radiusY: 16), Coat.dark)
    canvas.fill(
      .ellipse(center: Point(217, 179), radiusX: 7, radiusY: 3.6), Color.rgb(1, 1, 1).opacity(0.55))
  }
}
