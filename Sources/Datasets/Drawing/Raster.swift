import Foundation

/// Red, green and blue as amounts of light, 0…1 (not the encoded values of a file).
typealias Light = SIMD3<Float>

extension Light {
  /// The light of an encoded 0xRRGGBB colour.
  ///
  /// The eye's curve is taken as a square, which the way back undoes exactly.
  init(hex: UInt32) {
    let encoded =
      SIMD3(Float(hex >> 16 & 255), Float(hex >> 8 & 255), Float(hex & 255)) / 255
    self = encoded * encoded
  }
}

/// Where the light of a scene comes from.
struct Lamp {
  /// Towards the lamp: x right, y down, z towards the eye; unit length.
  var direction: SIMD3<Float>
  var color: Light
  /// Light from all sides, as a share of the lamp's.
  var ambient: Float
}

/// What the eye sees of a solid at one point.
struct Surface {
  /// Pixels to the outline, negative inside.
  var distance: Float
  var normal = SIMD3<Float>(0, 0, 1)
  var color = Light.zero
  /// Strength of the highlight, 0…1.
  var gloss: Float = 0
}

/// A thing lying on the ground, seen from above.
protocol Solid: Sendable {
  /// The square around `center` with half side `reach` holds the whole solid, in pixels.
  var center: Point { get }
  var reach: Float { get }
  /// How high it stands, in pixels: the length of its shadow.
  var height: Float { get }
  /// The outline's distance alone, defined outside too: the shadow needs it.
  func distance(at p: Point) -> Float
  /// The surface at a point; only asked where `distance` is at most 1.
  func surface(at p: Point) -> Surface
  /// Paints shadow and solid. A requirement so that the loops are compiled for each solid.
  func paint(on raster: inout Raster, lamp: Lamp, shadow: Float)
  /// The share of each pixel that the solid covers, 0…1, row by row.
  func coverage(height: Int, width: Int) -> Coverage
}

/// The share of each pixel that something covers.
struct Coverage: Sendable {
  let height: Int
  let width: Int
  var shares: [Float]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    shares = Array(repeating: 0, count: height * width)
  }

  /// The smallest half-open rectangle that holds every pixel covered by half or more,
  /// or nil where there is none.
  var bounds: (x0: Int, y0: Int, x1: Int, y1: Int)? {
    var (x0, y0, x1, y1) = (width, height, 0, 0)
    for y in 0..<height {
      for x in 0..<width where shares[y * width + x] >= 0.5 {
        (x0, y0, x1, y1) = (min(x0, x), min(y0, y), max(x1, x + 1), y + 1)
      }
    }
    return x0 < x1 ? (x0, y0, x1, y1) : nil
  }

  /// Covered pixels, counted by share.
  var area: Float { shares.reduce(0, +) }
}

/// A picture while it is being painted: light per pixel, row by row.
struct Raster {
  let height: Int
  let width: Int
  var pixels: [Light]

  /// A picture filled by a function of the pixel centre.
  init(height: Int, width: Int, _ color: (Point) -> Light) {
    self.height = height
    self.width = width
    pixels = []
    pixels.reserveCapacity(height * width)
    for y in 0..<height {
      for x in 0..<width { pixels.append(color(Point(Float(x) + 0.5, Float(y) + 0.5))) }
    }
  }
}

extension Solid {
  func paint(on raster: inout Raster, lamp: Lamp, shadow: Float) {
    let slope = Point(lamp.direction.x, lamp.direction.y) / max(lamp.direction.z, 0.3)
    let softness = 1.5 + 0.35 * height
    let highlight = normalized(lamp.direction + SIMD3(0, 0, 1))
    let margin = Int(softness + height * length(slope)) + 2
    forEachPixel(height: raster.height, width: raster.width, margin: margin) { index, p in
      let d = distance(at: p)
      if d > -0.5, shadow > 0 {
        // The nearer shadow is the contact, the farther one falls away from the lamp.
        let cast = distance(at: p + slope * (0.45 * height))
        let darkness = max(
          smoothstep(softness, -softness, cast), 0.75 * smoothstep(0.3 * softness + 1, 0, d))
        raster.pixels[index] *= 1 - shadow * darkness
      }
      guard d < 0.5 else { return }
      let seen = surface(at: p)
      let facing = max(0, dot(seen.normal, lamp.direction))
      let rim = 0.55 + 0.45 * max(seen.normal.z, 0)
      var color =
        seen.color * lamp.color * (lamp.ambient * rim + (1 - lamp.ambient) * 1.25 * facing)
      if seen.gloss > 0 {
        let shine = pow(max(0, dot(seen.normal, highlight)), 28)
        color += lamp.color * (seen.gloss * shine)
      }
      raster.pixels[index] = mix(raster.pixels[index], color, clamp01(0.5 - d))
    }
  }

  func coverage(height: Int, width: Int) -> Coverage {
    var covered = Coverage(height: height, width: width)
    forEachPixel(height: height, width: width, margin: 1) { index, p in
      covered.shares[index] = clamp01(0.5 - distance(at: p))
    }
    return covered
  }

  /// Visits the pixels of the solid's square, widened by a margin, with index and centre.
  @inline(__always)
  private func forEachPixel(
    height: Int, width: Int, margin: Int, _ body: (Int, Point) -> Void
  ) {
    let rows = Int(center.y - reach) - margin..<Int(center.y + reach) + margin + 1
    let columns = Int(center.x - reach) - margin..<Int(center.x + reach) + margin + 1
    for y in rows.clamped(to: 0..<height) {
      for x in columns.clamped(to: 0..<width) {
        body(y * width + x, Point(Float(x) + 0.5, Float(y) + 0.5))
      }
    }
  }
}
