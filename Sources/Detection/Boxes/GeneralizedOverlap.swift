import Foundation

/// Overlaps that still tell how far apart two boxes are when they do not meet; made to be losses.
///
/// NaN where a coordinate is NaN or the intersection over union is.
public enum GeneralizedOverlap {
  /// Intersection over union, less the share of the enclosing box that neither covers, from −1 to 1
  /// (GIoU; Rezatofighi and others 2019, equation 3).
  public static func giou(_ a: Box, _ b: Box) -> Float {
    let hull = enclosing(a, b)
    let shared = sharedLength(a.x0, a.x1, b.x0, b.x1) * sharedLength(a.y0, a.y1, b.y0, b.y1)
    let union = a.area + b.area - shared
    let hullArea = side(hull.width) * side(hull.height)
    return shared / union - (hullArea - union) / hullArea
  }

  /// Intersection over union, less the squared distance of the centres over the squared diagonal of the
  /// enclosing box (DIoU; Zheng and others 2020, equation 7).
  public static func diou(_ a: Box, _ b: Box) -> Float {
    let hull = enclosing(a, b)
    let diagonal = square(side(hull.width)) + square(side(hull.height)) + epsilon
    let distance =
      square((a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2) + square((a.y0 + a.y1) / 2 - (b.y0 + b.y1) / 2)
    return intersectionOverUnion(a, b) - distance / diagonal
  }

  /// DIoU, less a term for the difference of the aspect ratios (CIoU; Zheng and others 2020, equation 10).
  public static func ciou(_ a: Box, _ b: Box) -> Float {
    let difference = atan(a.width / a.height) - atan(b.width / b.height)
    let unlikeness = 4 / (Float.pi * .pi) * square(difference)
    let weight = unlikeness / (1 - intersectionOverUnion(a, b) + unlikeness + epsilon)
    return diou(a, b) - weight * unlikeness
  }

  /// Keeps quotients finite for boxes without sides; torchvision's.
  private static let epsilon: Float = 1e-7

  private static func enclosing(_ a: Box, _ b: Box) -> Box {
    Box(
      x0: a.x0 < b.x0 ? a.x0 : b.x0, y0: a.y0 < b.y0 ? a.y0 : b.y0,
      x1: a.x1 > b.x1 ? a.x1 : b.x1, y1: a.y1 > b.y1 ? a.y1 : b.y1)
  }

  /// A length that an inside-out box does not make negative.
  private static func side(_ length: Float) -> Float { length < 0 ? 0 : length }
  private static func square(_ value: Float) -> Float { value * value }
}
