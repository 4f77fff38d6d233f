/// A rectangle given by two corners: left and top edge `x0`, `y0`, right and bottom edge `x1`, `y1`.
///
/// The origin is the picture's top left corner and y grows downwards. Boxes are half-open: a box from
/// 0 to 10 is 10 wide, and nothing adds one. The unit is the caller's: pixels, or fractions of the
/// picture's sides; operations on two boxes expect both in the same unit.
public struct Box: Hashable, Sendable, Codable {
  /// The left edge.
  public var x0: Float
  /// The top edge.
  public var y0: Float
  /// The right edge.
  public var x1: Float
  /// The bottom edge.
  public var y1: Float

  /// Makes a box from its edges, taken as they are: an inside-out box stays inside out.
  public init(x0: Float, y0: Float, x1: Float, y1: Float) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  /// Makes a box from its edges, in the order in which corner boxes are usually written.
  public init(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
    self.init(x0: x0, y0: y0, x1: x1, y1: y1)
  }

  /// The distance from the left to the right edge; negative for an inside-out box.
  public var width: Float { x1 - x0 }
  /// The distance from the top to the bottom edge; negative for an inside-out box.
  public var height: Float { y1 - y0 }
  /// Width times height.
  public var area: Float { width * height }

  /// Whether both sides are longer than zero; false for empty, inside-out and NaN boxes.
  public var hasArea: Bool { x1 > x0 && y1 > y0 }

  /// Whether both sides are at least `side` long; false for inside-out and NaN boxes.
  ///
  /// Filters boxes too small to be looked at, as torchvision's `remove_small_boxes` does.
  public func bothSidesAtLeast(_ side: Float) -> Bool { width >= side && height >= side }

  /// The box with its x coordinates multiplied by `x` and its y coordinates by `y`.
  ///
  /// Takes fractions of a picture's sides to pixels (`x` the width, `y` the height), or back.
  public func scaled(x: Float, y: Float) -> Box {
    Box(x0: x0 * x, y0: y0 * y, x1: x1 * x, y1: y1 * y)
  }

  /// The part of the box inside a picture of the given sides, in the box's unit.
  ///
  /// Edges are half-open, so the largest coordinates are `width` and `height` themselves, not one
  /// less. A box outside the picture becomes an empty box on its border; NaN stays NaN.
  public func clipped(width: Float, height: Float) -> Box {
    func clip(_ value: Float, to limit: Float) -> Float {
      value < 0 ? 0 : value > limit ? limit : value
    }
    return Box(
      x0: clip(x0, to: width), y0: clip(y0, to: height),
      x1: clip(x1, to: width), y1: clip(y1, to: height))
  }
}
