/// Repeatable textures over the plane: the same point and seed give the same value everywhere.
///
/// Lattice values come from an integer hash, so nothing depends on the order in which pixels are
/// painted. All functions return values in 0…1.
enum Noise {
  /// A hash of a lattice point to 0..<1.
  @inline(__always)
  static func lattice(_ x: Int32, _ y: Int32, seed: UInt32) -> Float {
    var h = UInt32(bitPattern: x) &* 0x9E37_79B1 ^ (UInt32(bitPattern: y) &* 0x85EB_CA77) ^ seed
    h = (h ^ (h >> 16)) &* 0x7FEB_352D
    h = (h ^ (h >> 15)) &* 0x846C_A68B
    h ^= h >> 16
    return Float(h >> 8) * (1 / 16_777_216)
  }

  /// Smooth noise of one octave: lattice values a unit apart, blended between.
  static func smooth(_ p: SIMD2<Float>, seed: UInt32) -> Float {
    let (left, above) = (p.x.rounded(.down), p.y.rounded(.down))
    let (x, y) = (Int32(left), Int32(above))
    let (fx, fy) = (p.x - left, p.y - above)
    let (ux, uy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy))
    let top = mix(lattice(x, y, seed: seed), lattice(x + 1, y, seed: seed), ux)
    let bottom = mix(lattice(x, y + 1, seed: seed), lattice(x + 1, y + 1, seed: seed), ux)
    return mix(top, bottom, uy)
  }

  /// Several octaves of smooth noise, each twice as fine and half as strong.
  static func fractal(_ p: SIMD2<Float>, octaves: Int, seed: UInt32) -> Float {
    var (sum, weight, total) = (Float(0), Float(1), Float(0))
    var q = p
    for octave in 0..<octaves {
      sum += weight * smooth(q, seed: seed &+ UInt32(octave) &* 0x51ED_270B)
      total += weight
      weight *= 0.5
      // The shift keeps lattice lines of different octaves from falling on one another.
      q = q * 2 + SIMD2(17.3, 9.1)
    }
    return sum / total
  }

  /// What lies around a point in a plane strewn with one random site per unit cell.
  struct Cell {
    /// Distances to the nearest and the second nearest site.
    var nearest: Float
    var second: Float
    /// From the point to the nearest site.
    var offset: SIMD2<Float>
    /// A number in 0..<1 that belongs to the nearest site.
    var identity: Float
  }

  /// Cellular noise.
  ///
  /// Source: S. Worley, "A cellular texture basis function", 1996.
  static func cell(_ p: SIMD2<Float>, seed: UInt32) -> Cell {
    let (left, above) = (p.x.rounded(.down), p.y.rounded(.down))
    var found = Cell(nearest: 9, second: 9, offset: .zero, identity: 0)
    for dy in -1...1 {
      for dx in -1...1 {
        let (x, y) = (Int32(left) + Int32(dx), Int32(above) + Int32(dy))
        let toX = Float(x) + lattice(x, y, seed: seed) - p.x
        let toY = Float(y) + lattice(x, y, seed: seed ^ 0xA511_E9B3) - p.y
        let distance = (toX * toX + toY * toY).squareRoot()
        if distance < found.nearest {
          found.second = found.nearest
          found.nearest = distance
          found.offset = SIMD2(toX, toY)
          found.identity = lattice(x, y, seed: seed ^ 0x63D8_3595)
        } else if distance < found.second {
          found.second = distance
        }
      }
    }
    return found
  }
}

// MARK: Small geometry

/// A point or direction in the picture: pixels, x right, y down.
typealias Point = SIMD2<Float>

@inline(__always)
func mix<V: SIMD<Float>>(_ a: V, _ b: V, _ share: Float) -> V { a + (b - a) * share }

@inline(__always)
func mix(_ a: Float, _ b: Float, _ share: Float) -> Float { a + (b - a) * share }

@inline(__always)
func dot(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.x + a.y * b.y }

@inline(__always)
func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { a.x * b.x + a.y * b.y + a.z * b.z }

@inline(__always)
func length(_ a: SIMD2<Float>) -> Float { dot(a, a).squareRoot() }

@inline(__always)
func normalized(_ a: SIMD2<Float>) -> SIMD2<Float> { a / max(length(a), 1e-6) }

@inline(__always)
func normalized(_ a: SIMD3<Float>) -> SIMD3<Float> { a / max(dot(a, a).squareRoot(), 1e-6) }

@inline(__always)
func clamp01(_ x: Float) -> Float { min(max(x, 0), 1) }

/// 0 below `low`, 1 above `high`, a smooth step between; `low` may lie above `high`.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = clamp01((x - low) / (high - low))
  return t * t * (3 - 2 * t)
}

/// The point turned by an angle, clockwise on the screen.
@inline(__always)
func rotated(_ p: Point, cosine: Float, sine: Float) -> Point {
  Point(p.x * cosine - p.y * sine, p.x * sine + p.y * cosine)
}
