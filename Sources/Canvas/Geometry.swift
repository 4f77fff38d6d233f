internal import Foundation

/// The size of a drawing in points (1/72 inch; one pixel at scale 1).
public struct CanvasSize: Hashable, Sendable {
  /// Width in points.
  public var width: Double
  /// Height in points.
  public var height: Double

  /// A size in points.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// A place on the canvas in points: x to the right, y down, origin top left.
public struct Point: Hashable, Sendable {
  /// Points to the right of the origin.
  public var x: Double
  /// Points below the origin.
  public var y: Double

  /// The place (`x`, `y`).
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle, `x0 ≤ x1` and `y0 ≤ y1`, in points.
public struct Rectangle: Hashable, Sendable {
  /// Left edge.
  public var x0: Double
  /// Top edge.
  public var y0: Double
  /// Right edge.
  public var x1: Double
  /// Bottom edge.
  public var y1: Double

  /// A rectangle by its edges.
  public init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  /// A rectangle by its top left corner and size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.init(x0: x, y0: y, x1: x + width, y1: y + height)
  }

  /// Distance from the left to the right edge.
  public var width: Double { x1 - x0 }
  /// Distance from the top to the bottom edge.
  public var height: Double { y1 - y0 }
  /// The middle.
  public var center: Point { Point((x0 + x1) / 2, (y0 + y1) / 2) }

  /// The rectangle with each edge moved inwards by `distance`.
  public func inset(by distance: Double) -> Rectangle {
    Rectangle(x0: x0 + distance, y0: y0 + distance, x1: x1 - distance, y1: y1 - distance)
  }

  /// The smallest rectangle that holds both.
  public func union(_ other: Rectangle) -> Rectangle {
    Rectangle(
      x0: min(x0, other.x0), y0: min(y0, other.y0), x1: max(x1, other.x1), y1: max(y1, other.y1))
  }

  /// The area that both cover, 0 where they do not meet.
  public func overlap(with other: Rectangle) -> Double {
    max(0, min(x1, other.x1) - max(x0, other.x0)) * max(0, min(y1, other.y1) - max(y0, other.y0))
  }
}

/// An affine map: x′ = a·x + c·y + tx, y′ = b·x + d·y + ty.
public struct Transform: Hashable, Sendable {
  var a = 1.0
  var b = 0.0
  var c = 0.0
  var d = 1.0
  var tx = 0.0
  var ty = 0.0

  /// The map that changes nothing.
  public static let identity = Transform()

  /// Moves by (`x`, `y`).
  public static func translation(_ x: Double, _ y: Double) -> Transform {
    Transform(tx: x, ty: y)
  }

  /// Stretches by `x` and `y` from the origin.
  public static func scaling(_ x: Double, _ y: Double) -> Transform {
    Transform(a: x, d: y)
  }

  /// Turns clockwise on the canvas by `degrees` around the origin.
  public static func rotation(degrees: Double) -> Transform {
    let radians = degrees * .pi / 180
    return Transform(a: cos(radians), b: sin(radians), c: -sin(radians), d: cos(radians))
  }

  /// Does `self` first, `next` after it.
  public func then(_ next: Transform) -> Transform {
    Transform(
      a: a * next.a + b * next.c, b: a * next.b + b * next.d,
      c: c * next.a + d * next.c, d: c * next.b + d * next.d,
      tx: tx * next.a + ty * next.c + next.tx, ty: tx * next.b + ty * next.d + next.ty)
  }

  /// Where `point` comes to lie.
  public func callAsFunction(_ point: Point) -> Point {
    Point(a * point.x + c * point.y + tx, b * point.x + d * point.y + ty)
  }
}
