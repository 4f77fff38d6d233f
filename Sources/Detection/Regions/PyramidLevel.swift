import Foundation

/// The level of a feature pyramid that a region is read from: the larger the box, the coarser.
///
/// Level = ⌊4 + log₂(√area / 224)⌋, kept within `levels`: a box of ImageNet's 224 pixels belongs to
/// level 4, whose cells are 16 pixels wide, one of half the side to the level below.
///
/// Source: Lin and others, "Feature pyramid networks for object detection", CVPR 2017, equation 1.
///
/// - Parameters:
///   - box: The region's box in pixels.
///   - levels: The levels there are; level l has 2⁻ˡ cells per pixel.
public func pyramidLevel(of box: Box, levels: ClosedRange<Int> = 2...5) -> Int {
  let side = box.area.squareRoot()
  // The small term, torchvision's, keeps a box of exactly 224 pixels from falling below level 4.
  let level = (4 + log2(side / 224) + 1e-6).rounded(.down)
  // Negated so that a box without area, whose logarithm is −∞ or NaN, goes to the finest level.
  guard level >= Float(levels.lowerBound) else { return levels.lowerBound }
  return min(Int(level), levels.upperBound)
}
