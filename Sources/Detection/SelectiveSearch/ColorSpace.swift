import Glibc

/// A way to write a colour as three numbers from 0 to 1.
public enum ColorSpace: String, CaseIterable, Codable, Sendable {
  case rgb
  /// Hue, saturation, value.
  case hsv
  /// CIE L*a*b* (1976, D65): lightness / 100, and a* and b* with 128 added, / 255.
  case lab

  /// A colour given as red, green and blue, sRGB from 0 to 1.
  func converted(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
    switch self {
    case .rgb: rgb
    case .hsv: hueSaturationValue(rgb)
    case .lab: lightnessAB(rgb)
    }
  }
}

private func hueSaturationValue(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
  let (value, span) = (rgb.max(), rgb.max() - rgb.min())
  guard span > 0 else { return SIMD3(0, 0, value) }
  let sixths: Float =
    if value == rgb.x {
      (rgb.y - rgb.z) / span
    } else if value == rgb.y {
      2 + (rgb.z - rgb.x) / span
    } else {
      4 + (rgb.x - rgb.y) / span
    }
  return SIMD3((sixths < 0 ? sixths + 6 : sixths) / 6, span / value, value)
}

/// Source: IEC 61966-2-1 (sRGB) and CIE 15 (L*a*b*), white point D65.
private func lightnessAB(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
  let linear = SIMD3(linearLight(rgb.x), linearLight(rgb.y), linearLight(rgb.z))
  let x = (linear * SIMD3(0.412453, 0.357580, 0.180423)).sum() / 0.95047
  let y = (linear * SIMD3(0.212671, 0.715160, 0.072169)).sum()
  let z = (linear * SIMD3(0.019334, 0.119193, 0.950227)).sum() / 1.08883
  let (fx, fy, fz) = (lightnessCurve(x), lightnessCurve(y), lightnessCurve(z))
  return SIMD3(
    (116 * fy - 16) / 100, (500 * (fx - fy) + 128) / 255, (200 * (fy - fz) + 128) / 255)
}

private func linearLight(_ value: Float) -> Float {
  value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}

private func lightnessCurve(_ value: Float) -> Float {
  value > 0.008856 ? cbrt(value) : 7.787 * value + 16 / 116
}
