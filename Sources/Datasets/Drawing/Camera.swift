import Tensors

/// What a simple camera does to a scene: exposure, uneven light, a slight blur, grain.
struct Camera {
  private let exposure: Float
  private let falloff: Point
  private let vignette: Float
  /// The share of each neighbour in a pixel, along a row or column.
  private let blur: Float
  private let grain: Float
  private let seed: UInt32

  init(using generator: inout SplitMix64) {
    exposure = generator.uniform(0.75...1.3)
    falloff = Point(generator.uniform(-0.25...0.25), generator.uniform(-0.25...0.25))
    vignette = generator.uniform(0...0.3)
    blur = generator.happens(0.5) ? generator.uniform(0...0.22) : 0.06
    grain = generator.uniform(0...0.03)
    seed = generator.textureSeed()
  }

  /// Encodes a raster as bytes, three per pixel.
  func develop(_ raster: Raster) -> [UInt8] {
    let (height, width) = (raster.height, raster.width)
    let sharp = raster.pixels
    var rows = sharp
    for y in 0..<height {
      for x in 0..<width {
        let i = y * width + x
        let neighbours = sharp[x > 0 ? i - 1 : i] + sharp[x < width - 1 ? i + 1 : i]
        rows[i] = mix(sharp[i], neighbours / 2, 2 * blur)
      }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(height * width * 3)
    for y in 0..<height {
      for x in 0..<width {
        let i = y * width + x
        let neighbours = rows[y > 0 ? i - width : i] + rows[y < height - 1 ? i + width : i]
        var light = mix(rows[i], neighbours / 2, 2 * blur)
        let from = Point(Float(x) / Float(width), Float(y) / Float(height)) - 0.5
        light *= exposure * (1 + dot(from, falloff) * 2) * (1 - vignette * dot(from, from) * 2)
        let noise = grain * (Noise.lattice(Int32(x), Int32(y), seed: seed) - 0.5) * 2
        let encoded =
          light.clamped(lowerBound: .zero, upperBound: Light(repeating: 1)).squareRoot() + noise
        let scaled = (encoded * 255).rounded(.toNearestOrEven).clamped(
          lowerBound: .zero, upperBound: Light(repeating: 255))
        bytes.append(UInt8(scaled.x))
        bytes.append(UInt8(scaled.y))
        bytes.append(UInt8(scaled.z))
      }
    }
    return bytes
  }
}
