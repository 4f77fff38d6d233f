/// Draws a small square map of probabilities, made for a box, into a picture.
///
/// The map is given a border of zeros, stretched to the box by bilinear interpolation, and cut off at the
/// picture's borders; 0 everywhere else. The box is taken as pixels: corners are cut down to whole numbers,
/// and the last pixel is included.
///
/// Source: He and others, "Mask R-CNN", ICCV 2017, section 3.1; border and rounding as in torchvision's
/// `paste_masks_in_image`.
///
/// - Parameters:
///   - probabilities: `[side, side]` in row-major order.
///   - side: Cells of the map along each axis.
///   - box: Where the map belongs, in pixels; it may reach out of the picture.
///   - height: The picture's height in pixels.
///   - width: Its width.
/// - Returns: `[height, width]` in row-major order.
public func pastedMask(
  _ probabilities: some Collection<Float>, side: Int, box: Box, height: Int, width: Int
) -> [Float] {
  require(
    side > 0 && probabilities.count == side * side,
    "pastedMask: \(probabilities.count) probabilities for a map of \(side) × \(side)")
  let bordered = bordered(Array(probabilities), side: side)
  let grown = grown(box, by: Float(side + 2) / Float(side))
  let columns = taps(from: grown.x0, to: grown.x1, cells: side + 2, extent: width)
  let rows = taps(from: grown.y0, to: grown.y1, cells: side + 2, extent: height)
  var picture = [Float](repeating: 0, count: height * width)
  for row in rows {
    let (upper, lower) = (row.cell * (side + 2), row.next * (side + 2))
    for column in columns {
      let top =
        bordered[upper + column.cell] * (1 - column.share)
        + bordered[upper + column.next] * column.share
      let bottom =
        bordered[lower + column.cell] * (1 - column.share)
        + bordered[lower + column.next] * column.share
      picture[row.pixel * width + column.pixel] = top * (1 - row.share) + bottom * row.share
    }
  }
  return picture
}

/// The map with a ring of zeros around it.
private func bordered(_ map: [Float], side: Int) -> [Float] {
  var result = [Float](repeating: 0, count: (side + 2) * (side + 2))
  for row in 0..<side {
    let start = (row + 1) * (side + 2) + 1
    result.replaceSubrange(start..<start + side, with: map[row * side..<(row + 1) * side])
  }
  return result
}

/// The box with the same centre and its sides multiplied.
private func grown(_ box: Box, by factor: Float) -> Box {
  let (x, y) = ((box.x0 + box.x1) * 0.5, (box.y0 + box.y1) * 0.5)
  let (width, height) = (box.width * 0.5 * factor, box.height * 0.5 * factor)
  return Box(x0: x - width, y0: y - height, x1: x + width, y1: y + height)
}

/// A pixel of a picture and the two cells between which it lies.
private struct PixelTap {
  let pixel: Int
  let cell: Int
  let next: Int
  /// How much the second of the cells counts.
  let share: Float
}

/// The pixels along one axis that `cells` cells, stretched over the pixels from `low` to `high`, cover
/// inside of the picture.
private func taps(from low: Float, to high: Float, cells: Int, extent: Int) -> [PixelTap] {
  // Beyond this, no part of a box comes near a picture; NaN covers nothing.
  let limit: Float = 1e6
  guard low.magnitude < limit, high.magnitude < limit else { return [] }
  let first = Int(low)
  let count = max(Int(high) - first + 1, 1)
  let scale = Float(cells) / Float(count)
  let inside = max(first, 0)..<max(min(first + count, extent), max(first, 0))
  return inside.map { pixel in
    let position = max((Float(pixel - first) + 0.5) * scale - 0.5, 0)
    let cell = min(Int(position), cells - 1)
    return PixelTap(
      pixel: pixel, cell: cell, next: min(cell + 1, cells - 1), share: position - Float(cell))
  }
}
