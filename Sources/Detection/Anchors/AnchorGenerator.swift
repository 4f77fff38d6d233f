/// The anchors of a region proposal network, in pixels (Ren and others 2015, section 3.1), as torchvision
/// generates them.
///
/// They differ from ``multiboxPriors(height:width:sizes:widthOverHeight:sides:)`` in everything but the
/// idea: pixels instead of fractions, every size with every ratio, a ratio of height over width, rounded
/// corners, and the first cell centred on the picture's corner rather than half a stride inside.
public struct AnchorGenerator: Hashable, Sendable, Codable {
  /// Roots of the anchors' areas, in pixels.
  public let sizes: [Float]
  /// Aspect ratios, height divided by width.
  public let heightOverWidth: [Float]

  /// Makes a generator for one feature map.
  public init(sizes: [Float], heightOverWidth: [Float]) {
    require(
      !sizes.isEmpty && sizes.allSatisfy { $0 > 0 },
      "AnchorGenerator: sizes are \(sizes); give at least one, all above 0")
    require(
      !heightOverWidth.isEmpty && heightOverWidth.allSatisfy { $0 > 0 },
      "AnchorGenerator: heightOverWidth is \(heightOverWidth); give at least one, all above 0")
    self.sizes = sizes
    self.heightOverWidth = heightOverWidth
  }

  /// The anchors around the origin: for each ratio every size, corners rounded to whole pixels, halves to
  /// the even one.
  public var cellAnchors: [Box] {
    heightOverWidth.flatMap { ratio in
      let heightRoot = ratio.squareRoot()
      let widthRoot = 1 / heightRoot
      return sizes.map { size in
        let x = (widthRoot * size / 2).rounded(.toNearestOrEven)
        let y = (heightRoot * size / 2).rounded(.toNearestOrEven)
        return Box(x0: -x, y0: -y, x1: x, y1: y)
      }
    }
  }

  /// The anchors of every cell, row by row.
  ///
  /// The cell of a row and column is centred on x = column · `strideX`, y = row · `strideY`. Not clipped.
  public func anchors(mapHeight: Int, mapWidth: Int, strideY: Int, strideX: Int) -> [Box] {
    require(
      mapHeight >= 0 && mapWidth >= 0,
      "AnchorGenerator: the feature map is \(mapHeight) × \(mapWidth); sides cannot be negative")
    let cell = cellAnchors
    var anchors: [Box] = []
    anchors.reserveCapacity(mapHeight * mapWidth * cell.count)
    for row in 0..<mapHeight {
      let y = Float(row * strideY)
      for column in 0..<mapWidth {
        let x = Float(column * strideX)
        for box in cell {
          anchors.append(Box(x0: x + box.x0, y0: y + box.y0, x1: x + box.x1, y1: y + box.y1))
        }
      }
    }
    return anchors
  }

  /// The anchors of a map that covers a picture: the strides are the picture's sides divided by the map's,
  /// rounded down.
  public func anchors(
    mapHeight: Int, mapWidth: Int, pictureHeight: Int, pictureWidth: Int
  ) -> [Box] {
    require(
      mapHeight > 0 && mapWidth > 0,
      "AnchorGenerator: the feature map is \(mapHeight) × \(mapWidth); both sides must be at least 1"
    )
    return anchors(
      mapHeight: mapHeight, mapWidth: mapWidth, strideY: pictureHeight / mapHeight,
      strideX: pictureWidth / mapWidth)
  }
}
