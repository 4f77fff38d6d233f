internal import Foundation

/// An outline of lines and cubic curves; may have several parts.
public struct Path: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var elements: [Element] = []

  /// An outline with nothing in it.
  public init() {}

  // MARK: Step by step

  /// Starts a new part at `point`.
  public mutating func move(to point: Point) { elements.append(.move(point)) }

  /// Goes straight to `point`.
  public mutating func line(to point: Point) { elements.append(.line(point)) }

  /// Goes to `end` along a cubic Bézier curve with the two control points.
  public mutating func curve(_ control0: Point, _ control1: Point, to end: Point) {
    elements.append(.curve(control0, control1, end))
  }

  /// Goes straight back to where the part started.
  public mutating func close() { elements.append(.close) }

  /// Adds the parts of another path.
  public mutating func add(_ other: Path) { elements += other.elements }

  // MARK: Shapes

  /// The straight line from `start` to `end`.
  public static func line(_ start: Point, _ end: Point) -> Path { polyline([start, end]) }

  /// Straight lines from point to point, left open.
  public static func polyline(_ points: [Point]) -> Path {
    var path = Path()
    for (index, point) in points.enumerated() {
      path.elements.append(index == 0 ? .move(point) : .line(point))
    }
    return path
  }

  /// Straight lines from point to point and back to the first.
  public static func polygon(_ points: [Point]) -> Path {
    var path = polyline(points)
    if !points.isEmpty { path.close() }
    return path
  }

  /// The four sides of a rectangle.
  public static func rectangle(_ box: Rectangle) -> Path {
    polygon([
      Point(box.x0, box.y0), Point(box.x1, box.y0), Point(box.x1, box.y1), Point(box.x0, box.y1),
    ])
  }

  /// A rectangle with quarter circles of `radius` for corners.
  public static func roundedRectangle(_ box: Rectangle, radius: Double) -> Path {
    let r = min(radius, min(box.width, box.height) / 2)
    guard r > 0 else { return rectangle(box) }
    var path = Path()
    for (x, y, start) in [
      (box.x1 - r, box.y0 + r, -90.0), (box.x1 - r, box.y1 - r, 0),
      (box.x0 + r, box.y1 - r, 90), (box.x0 + r, box.y0 + r, 180),
    ] {
      path.addArc(
        center: Point(x, y), radiusX: r, radiusY: r, from: start, to: start + 90)
    }
    path.close()
    return path
  }

  /// A full circle.
  public static func circle(center: Point, radius: Double) -> Path {
    ellipse(center: center, radiusX: radius, radiusY: radius)
  }

  /// A full ellipse with upright axes.
  public static func ellipse(center: Point, radiusX: Double, radiusY: Double) -> Path {
    var path = Path()
    path.addArc(center: center, radiusX: radiusX, radiusY: radiusY, from: 0, to: 360)
    path.close()
    return path
  }

  /// A part of a circle, left open; degrees clockwise from the right.
  public static func arc(
    center: Point, radius: Double, from start: Double, to end: Double
  ) -> Path {
    var path = Path()
    path.addArc(center: center, radiusX: radius, radiusY: radius, from: start, to: end)
    return path
  }

  /// Goes to the start of an arc and along it, in cubic pieces of at most 90°.
  ///
  /// A piece of angle φ has control points at 4/3·tan(φ/4) radii along the tangents; its error is
  /// below 0.03 % of the radius.
  private mutating func addArc(
    center: Point, radiusX: Double, radiusY: Double, from start: Double, to end: Double
  ) {
    let pieces = max(1, Int((abs(end - start) / 90).rounded(.up)))
    let step = (end - start) / Double(pieces) * .pi / 180
    let reach = 4.0 / 3 * tan(step / 4)
    func place(_ angle: Double, along tangent: Double) -> Point {
      Point(
        center.x + radiusX * (cos(angle) - tangent * sin(angle)),
        center.y + radiusY * (sin(angle) + tangent * cos(angle)))
    }
    for piece in 0..<pieces {
      let angle = start * .pi / 180 + Double(piece) * step
      if piece == 0 {
        let first = place(angle, along: 0)
        elements.append(elements.isEmpty ? .move(first) : .line(first))
      }
      curve(
        place(angle, along: reach), place(angle + step, along: -reach),
        to: place(angle + step, along: 0))
    }
  }

  /// The same outline after `transform`.
  public func transformed(by transform: Transform) -> Path {
    var path = Path()
    path.elements = elements.map {
      switch $0 {
      case .move(let point): .move(transform(point))
      case .line(let point): .line(transform(point))
      case .curve(let control0, let control1, let end):
        .curve(transform(control0), transform(control1), transform(end))
      case .close: .close
      }
    }
    return path
  }
}
