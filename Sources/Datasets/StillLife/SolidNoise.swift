/// Textures through space, so that a skin has no seam wherever it is cut.
extension Noise {
  /// Smooth noise of one octave: values at the corners of unit cubes, blended between; 0…1.
  static func smooth(_ p: Vector, seed: UInt32) -> Float {
    let below = p.z.rounded(.down)
    let f = p.z - below
    let layer = Int32(below)
    let plane = Point(p.x, p.y)
    // Each layer is a plane of its own; the golden ratio spreads their seeds.
    let near = smooth(plane, seed: seed &+ UInt32(bitPattern: layer) &* 0x9E37_79B9)
    let far = smooth(plane, seed: seed &+ UInt32(bitPattern: layer &+ 1) &* 0x9E37_79B9)
    return mix(near, far, f * f * (3 - 2 * f))
  }

  /// Octaves of smooth noise, each twice as fine and half as strong; those finer than `detail`, the
  /// size of a pixel, are left out, as they would only flicker.
  static func fractal(_ p: Vector, octaves: Int, detail: Float, seed: UInt32) -> Float {
    var (sum, weight, total, size) = (Float(0), Float(1), Float(0), Float(1))
    var q = p
    for octave in 0..<octaves {
      let visible = smoothstep(0.4, 1.2, size / max(detail, 1e-6))
      let value =
        visible > 0 ? smooth(q, seed: seed &+ UInt32(octave) &* 0x51ED_270B) - 0.5 : 0
      sum += weight * visible * value
      total += weight
      weight *= 0.5
      size *= 0.5
      q = q * 2 + Vector(17.3, 9.1, 5.7)
    }
    return 0.5 + sum / total
  }

  /// The slope of smooth noise, for bumps in a surface.
  static func slope(_ p: Vector, seed: UInt32) -> Vector {
    let e: Float = 0.2
    let middle = smooth(p, seed: seed)
    return Vector(
      smooth(p + Vector(e, 0, 0), seed: seed) - middle,
      smooth(p + Vector(0, e, 0), seed: seed) - middle,
      smooth(p + Vector(0, 0, e), seed: seed) - middle) / e
  }
}
