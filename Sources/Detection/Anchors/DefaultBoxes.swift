/// One feature map of SSD and the default boxes around each of its cells (Liu and others 2016, section 2.2).
public struct DefaultBoxLevel: Hashable, Sendable, Codable {
  /// Cells from top to bottom.
  public let mapHeight: Int
  /// Cells from left to right.
  public let mapWidth: Int
  /// Pixels of the picture from one cell to the next.
  public let step: Int
  /// Size of the boxes as a fraction of the picture's sides.
  public let scale: Double
  /// Scale of the next level; its geometric mean with `scale` is the size of a second square box.
  public let nextScale: Double
  /// Ratios above 1 of the boxes that are not square; each makes two, lying and upright.
  public let ratios: [Double]

  /// Makes a level.
  public init(
    mapHeight: Int, mapWidth: Int, step: Int, scale: Double, nextScale: Double, ratios: [Double]
  ) {
    require(
      mapHeight > 0 && mapWidth > 0 && step > 0 && scale > 0 && nextScale > 0
        && ratios.allSatisfy { $0 > 0 },
      "DefaultBoxLevel: sides, step, scales and ratios must be above 0")
    self.mapHeight = mapHeight
    self.mapWidth = mapWidth
    self.step = step
    self.scale = scale
    self.nextScale = nextScale
    self.ratios = ratios
  }

  /// Width and height of each box of a cell, as fractions of the picture's, at most 1.
  ///
  /// Order: square, larger square, then for each ratio lying and upright.
  var sides: [(width: Float, height: Float)] {
    let larger = (scale * nextScale).squareRoot()
    let oblong = ratios.flatMap { ratio in
      let root = ratio.squareRoot()
      let (long, short) = (scale * root, scale / root)
      return [(long, short), (short, long)]
    }
    return ([(scale, scale), (larger, larger)] + oblong).map { width, height in
      (width: min(Float(width), 1), height: min(Float(height), 1))
    }
  }

  /// The six levels of SSD300, 8732 boxes together, with torchvision's scales (from the original
  /// program: 7 % for the first map, then 15 to 105 % in equal steps).
  public static let ssd300: [DefaultBoxLevel] = {
    let maps = [38, 19, 10, 5, 3, 1]
    let steps = [8, 16, 32, 64, 100, 300]
    let scales = [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05]
    let ratios: [[Double]] = [[2], [2, 3], [2, 3], [2, 3], [2], [2]]
    return maps.indices.map { level in
      DefaultBoxLevel(
        mapHeight: maps[level], mapWidth: maps[level], step: steps[level], scale: scales[level],
        nextScale: scales[level + 1], ratios: ratios[level])
    }
  }()
}

/// Scales of SSD's levels by the paper's rule: equal steps from the first level to the last
/// (Liu and others 2016, equation 4: 0.2 to 0.9).
///
/// A level also has a larger square, of side √(its scale · the next one's); what the last level takes for
/// its next scale, the paper leaves open. Programs differ from the rule: see ``DefaultBoxLevel/ssd300``.
/// - Parameter levels: How many; at least 2.
public func levelScales(levels: Int, from first: Double = 0.2, through last: Double = 0.9)
  -> [Double]
{
  require(levels >= 2, "levelScales: \(levels) levels; a rule from first to last needs 2 or more")
  return (0..<levels).map { level in
    first + (last - first) * Double(level) / Double(levels - 1)
  }
}

/// SSD's default boxes as fractions of a picture's sides, level by level, row by row.
///
/// A cell's centre lies half a step inside: at (column + ½) · step pixels. Sides are at most 1; boxes at
/// the border leave the picture all the same.
public func defaultBoxes(
  _ levels: [DefaultBoxLevel], pictureHeight: Int, pictureWidth: Int
) -> [CenterBox] {
  levels.flatMap { level in
    let cellsX = Float(Double(pictureWidth) / Double(level.step))
    let cellsY = Float(Double(pictureHeight) / Double(level.step))
    let sides = level.sides
    var boxes: [CenterBox] = []
    boxes.reserveCapacity(level.mapHeight * level.mapWidth * sides.count)
    for row in 0..<level.mapHeight {
      for column in 0..<level.mapWidth {
        for (width, height) in sides {
          boxes.append(
            CenterBox(
              x: (Float(column) + 0.5) / cellsX, y: (Float(row) + 0.5) / cellsY, width: width,
              height: height))
        }
      }
    }
    return boxes
  }
}
