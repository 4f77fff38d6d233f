/// A box or a mask, as average precision sees it.
public protocol DetectableShape: Sendable {
  /// The area, in the unit of the caller.
  var shapeArea: Double { get }
  /// The intersection over union of two shapes, in double precision; not above any threshold where it
  /// is no number.
  func overlap(with other: Self) -> Double
  /// The part of this shape that lies on `crowd`.
  func share(inside crowd: Self) -> Double
}

extension Box: DetectableShape {
  /// Width times height, in double precision.
  public var shapeArea: Double {
    (Double(x1) - Double(x0)) * (Double(y1) - Double(y0))
  }

  /// The intersection over union.
  public func overlap(with other: Box) -> Double {
    intersectionOverUnion(self, other, in: Double.self)
  }

  /// The shared area over this box's.
  public func share(inside crowd: Box) -> Double {
    sharedLength(Double(x0), Double(x1), Double(crowd.x0), Double(crowd.x1))
      * sharedLength(Double(y0), Double(y1), Double(crowd.y0), Double(crowd.y1)) / shapeArea
  }
}

extension Mask: DetectableShape {
  /// The number of pixels.
  public var shapeArea: Double { Double(area) }

  /// The intersection over union.
  public func overlap(with other: Mask) -> Double { intersectionOverUnion(self, other) }
}
