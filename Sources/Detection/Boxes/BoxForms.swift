/// A rectangle given by its centre and its sides.
public struct CenterBox: Hashable, Sendable, Codable {
  /// The centre's distance from the left edge of the picture.
  public var x: Float
  /// The centre's distance from the top edge of the picture.
  public var y: Float
  /// The distance from the left to the right edge.
  public var width: Float
  /// The distance from the top to the bottom edge.
  public var height: Float

  /// Makes a box from its centre and sides.
  public init(x: Float, y: Float, width: Float, height: Float) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Makes the centre form of a box given by its corners.
  public init(_ box: Box) {
    self.init(
      x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, width: box.width, height: box.height)
  }
}

/// A rectangle given by its top left corner and its sides: the form of COCO's files.
public struct TopLeftBox: Hashable, Sendable, Codable {
  /// The left edge.
  public var x: Float
  /// The top edge.
  public var y: Float
  /// The distance from the left to the right edge.
  public var width: Float
  /// The distance from the top to the bottom edge.
  public var height: Float

  /// Makes a box from its top left corner and sides.
  public init(x: Float, y: Float, width: Float, height: Float) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Makes the top left form of a box given by its corners.
  public init(_ box: Box) {
    self.init(x: box.x0, y: box.y0, width: box.width, height: box.height)
  }
}

extension Box {
  /// Makes the box with the given centre and sides.
  public init(_ box: CenterBox) {
    self.init(
      x0: box.x - 0.5 * box.width, y0: box.y - 0.5 * box.height,
      x1: box.x + 0.5 * box.width, y1: box.y + 0.5 * box.height)
  }

  /// Makes the box with the given top left corner and sides.
  public init(_ box: TopLeftBox) {
    self.init(x0: box.x, y0: box.y, x1: box.x + box.width, y1: box.y + box.height)
  }

  /// The half-open form of a box whose corners are its first and its **last pixel**, as in PASCAL VOC's
  /// files: one is added to the right and the bottom edge.
  ///
  /// Overlaps of such boxes are then those of the official VOC program, which adds one to each side.
  public var includingLastPixel: Box { Box(x0: x0, y0: y0, x1: x1 + 1, y1: y1 + 1) }
}
