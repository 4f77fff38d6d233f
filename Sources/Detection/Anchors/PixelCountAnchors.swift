/// Anchors of one cell in the convention of the first Faster R-CNN programs, which count pixels from 1
/// and both ends as inside: a box from 1 to 16 is 16 pixels wide.
///
/// Printed tables of anchors often are of this kind. A box of one pixel more on each axis and a centre
/// half a pixel further than those of ``AnchorGenerator`` are the price of mixing the two. The square of
/// `stride` pixels is given each ratio first, with sides rounded to whole pixels (halves away from zero),
/// and is then enlarged; so all sizes of a ratio have the same shape.
/// - Parameters:
///   - stride: Side of the square that is cell (0, 0), in pixels.
///   - scales: Sides of the square anchors, as multiples of `stride`.
///   - heightOverWidth: Aspect ratios, height divided by width.
/// - Returns: For each ratio every scale; first and last pixel on each axis.
/// - Source: Ren and others 2015, section 3.1; values as published with its programs.
public func pixelCountAnchors(
  stride: Int, scales: [Float], heightOverWidth: [Float]
) -> [Box] {
  require(
    stride > 0 && scales.allSatisfy { $0 > 0 } && heightOverWidth.allSatisfy { $0 > 0 },
    "pixelCountAnchors: stride, scales and ratios must be above 0")
  let side = Float(stride)
  let center = (1 + side) / 2
  return heightOverWidth.flatMap { ratio in
    let width = (side * side / ratio).squareRoot().rounded()
    let height = (width * ratio).rounded()
    return scales.map { scale in
      let reachX = (scale * width - 1) / 2
      let reachY = (scale * height - 1) / 2
      return Box(
        x0: center - reachX, y0: center - reachY, x1: center + reachX, y1: center + reachY)
    }
  }
}
