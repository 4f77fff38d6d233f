/// The anchors of one feature map: for every cell, boxes of several sizes and shapes around its centre.
///
/// Of all pairs of n sizes and m ratios, only those with the first size or the first ratio are made:
/// n + m − 1 anchors a cell. Order: cells row by row, from the left; within a cell every size with the
/// first ratio, then the first size with every further ratio.
///
/// Coordinates are fractions of the picture's sides, and not clipped: anchors of border cells leave
/// the picture. If the picture's aspect is not the map's, anchors are stretched with it: their drawn
/// ratio is multiplied by (width/height of the picture) / (width/height of the map).
///
/// Computed in `Float`, in the order of operations of *Dive into Deep Learning* 14.4 (`multibox_prior`),
/// so that its printed boxes are met to the last bit.
///
/// - Parameters:
///   - height: Cells of the feature map from top to bottom.
///   - width: Cells of the feature map from left to right.
///   - sizes: Anchor sizes as fractions of the picture's sides; at least one.
///   - widthOverHeight: Aspect ratios, width divided by height; at least one. (The anchors of
///     torchvision's region proposal networks state height over width instead.)
///   - sides: Which sides of the picture the anchors' sides are fractions of.
/// - Returns: `height · width · (sizes.count + widthOverHeight.count − 1)` boxes.
public func multiboxPriors(
  height: Int, width: Int, sizes: [Float], widthOverHeight: [Float],
  sides: AnchorSides = .ofHeight
) -> [Box] {
  require(
    height > 0 && width > 0,
    "multiboxPriors: the feature map is \(height) × \(width); both sides must be at least 1")
  require(
    !sizes.isEmpty && sizes.allSatisfy { $0 > 0 },
    "multiboxPriors: sizes are \(sizes); give at least one, all above 0")
  require(
    !widthOverHeight.isEmpty && widthOverHeight.allSatisfy { $0 > 0 },
    "multiboxPriors: widthOverHeight is \(widthOverHeight); give at least one, all above 0")

  let aspect = (height: Float(height), width: Float(width))
  let firstRoot = widthOverHeight[0].squareRoot()
  let sizeShapes = sizes.map { size in
    (width: size * firstRoot, height: size / firstRoot)
  }
  let ratioShapes = widthOverHeight.dropFirst().map { ratio in
    // Size times the reciprocal, not size over root: the two differ in the last bit.
    (width: sizes[0] * ratio.squareRoot(), height: 1 / ratio.squareRoot() * sizes[0])
  }
  let halves = (sizeShapes + ratioShapes).map { shape in
    switch sides {
    case .ofHeight: (x: shape.width * aspect.height / aspect.width / 2, y: shape.height / 2)
    case .ofOwnSide: (x: shape.width / 2, y: shape.height / 2)
    }
  }

  let step = (x: Float(1 / Double(width)), y: Float(1 / Double(height)))
  var anchors: [Box] = []
  anchors.reserveCapacity(height * width * halves.count)
  for row in 0..<height {
    let y = (Float(row) + 0.5) * step.y
    for column in 0..<width {
      let x = (Float(column) + 0.5) * step.x
      for half in halves {
        anchors.append(Box(x0: x - half.x, y0: y - half.y, x1: x + half.x, y1: y + half.y))
      }
    }
  }
  return anchors
}
