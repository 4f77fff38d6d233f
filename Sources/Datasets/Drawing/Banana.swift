import Foundation
import Tensors

/// The peel of a banana: five flat sides with ridges between, ripening from green to spotted.
struct BananaSkin: TubeSkin {
  /// 0 unripe and green, 0.5 yellow, 1 overripe and full of spots.
  var ripeness: Float
  /// Where the ridges lie around the body, in radians.
  var ridgePhase: Float
  /// How far green reaches in from the ends, as a share of the length.
  var greenEnds: Float
  var tint: Light
  /// Relates pixels to the banana: the thickest radius, in pixels.
  var radius: Float
  var seed: UInt32

  /// Stem and neck lie before this share of the length, the blossom end after the other.
  static let neck: Float = 0.17
  static let blossom: Float = 0.965

  init(ripeness: Float, radius: Float, using generator: inout SplitMix64) {
    self.ripeness = ripeness
    self.radius = radius
    ridgePhase = generator.uniform(0...1.2566)
    greenEnds = 0.01 + generator.uniform(0...0.22) * smoothstep(0.8, 0.4, ripeness)
    tint = Light(
      generator.uniform(0.93...1.07), generator.uniform(0.93...1.05), generator.uniform(0.8...1.3))
    seed = generator.textureSeed()
  }

  func appearance(at point: TubePoint) -> (color: Light, gloss: Float, angle: Float) {
    // Sides: the surface turns in steps of a fifth of the circle, rounded at the ridges.
    let fifth: Float = 2 * .pi / 5
    let sector = (point.angle + ridgePhase) / fifth
    let middle = (sector.rounded(.down) + 0.5) * fifth - ridgePhase
    let fromRidge = 0.5 - abs(sector - sector.rounded(.down) - 0.5)
    let flatness = 0.72 * smoothstep(0, 0.22, fromRidge)
    let isBody = smoothstep(Self.neck * 0.7, Self.neck * 1.8, point.along)
    let angle = mix(point.angle, min(max(middle, -1.35), 1.35), flatness * isBody)

    let place = Point(point.pixelsAlong, point.pixelsAcross) / radius
    let mottling = Noise.fractal(place * 1.3, octaves: 3, seed: seed)

    // Peel: green, yellow, then a deeper yellow that browns.
    let green = Light(hex: 0x8fae3a)
    let yellow = Light(hex: 0xf6d23c)
    let deep = Light(hex: 0xe0a526)
    var peel = mix(green, yellow, smoothstep(0.05, 0.4, ripeness + 0.16 * (mottling - 0.5)))
    peel = mix(peel, deep, smoothstep(0.6, 1.05, ripeness + 0.3 * (mottling - 0.5)))
    peel *= tint * (0.9 + 0.2 * mottling)
    let fromEnds = min(point.along - Self.neck * 0.6, 0.97 - point.along)
    peel = mix(peel, Light(hex: 0x9fb347), 0.8 * smoothstep(greenEnds, greenEnds * 0.2, fromEnds))
    // Pale ridges on young fruit, brown rubbed ones on old fruit.
    let ridge = smoothstep(0.09, 0.02, fromRidge) * isBody
    let rubbed = smoothstep(0.45, 0.8, ripeness + 0.5 * (mottling - 0.5))
    peel = mix(peel, mix(Light(hex: 0xf8e88a), Light(hex: 0x8a5a1c), rubbed), 0.4 * ridge)

    // Freckles, then bruises that run together.
    let freckle = Noise.cell(place * Point(2.0, 2.6), seed: seed ^ 0x5F35_6495)
    let spottiness = smoothstep(0.5, 1, ripeness)
    let size = 0.02 + 0.42 * spottiness * freckle.identity * freckle.identity
    let brown = Light(hex: 0x5c3512)
    peel = mix(peel, brown, 0.85 * smoothstep(size, size * 0.5, freckle.nearest + 0.03))
    let bruise = Noise.fractal(place * Point(0.6, 1.1), octaves: 4, seed: seed ^ 0x9E37_79B9)
    peel = mix(
      peel, Light(hex: 0x573418), 0.8 * spottiness * smoothstep(0.6, 0.72, bruise))

    // The stem is greenish with a dark cut; the blossom end is a dark nub.
    let stem = mix(Light(hex: 0xa9a23c), Light(hex: 0x8f7a30), smoothstep(0.4, 0.9, ripeness))
    peel = mix(stem, peel, smoothstep(Self.neck * 0.45, Self.neck * 1.35, point.along))
    let dark = Light(hex: 0x33210f)
    peel = mix(dark, peel, smoothstep(0.012, 0.05, point.along))
    peel = mix(peel, dark, smoothstep(Self.blossom - 0.03, Self.blossom + 0.01, point.along))
    return (peel, 0.14 * isBody * (1 - 0.7 * max(0, ripeness - 0.5)), angle)
  }
}

/// A banana on the ground.
struct Banana: Sendable {
  let body: Tube<BananaSkin>

  /// A banana of random bend, girth and ripeness.
  ///
  /// - Parameters:
  ///   - length: along the curve, in pixels.
  ///   - turn: the direction from the stem to the blossom end, in radians.
  init(center: Point, length: Float, turn: Float, using generator: inout SplitMix64) {
    let bend = generator.uniform(0.7...2.1) * (generator.happens(0.5) ? 1 : -1)
    let girth = generator.uniform(0.085...0.125)
    // Seen at a slant a banana looks shorter than it is.
    let foreshortening = generator.uniform(0.75...1)
    let neckBend = generator.uniform(-0.1...0.5) * (bend > 0 ? 1 : -1)

    let nodes = 36
    var spine = [Point.zero]
    var heading = -bend / 2 - neckBend / 2
    for i in 1..<nodes {
      let along = Float(i) / Float(nodes - 1)
      // The curve is tightest a little behind the middle and at the neck.
      heading +=
        (bend * (0.6 + 2.4 * along * (1 - along))
          + neckBend * 4 * smoothstep(0.3, 0.1, along)) / Float(nodes)
      spine.append(spine[i - 1] + Point(cos(heading), sin(heading)))
    }
    let radius = girth * length
    let scale = length / Float(nodes - 1)
    let (low, high) = spine.reduce((spine[0], spine[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    let (cosine, sine) = (cos(turn), sin(turn))
    spine = spine.map {
      let q = ($0 - (low + high) / 2) * scale * Point(foreshortening, 1)
      return center + rotated(q, cosine: cosine, sine: sine)
    }
    let radii = (0..<nodes).map { radius * Self.profile(Float($0) / Float(nodes - 1)) }
    let kind = generator.nextUnit()
    let ripeness =
      kind < 0.12
      ? generator.uniform(0.04...0.25)
      : kind < 0.78 ? generator.uniform(0.28...0.66) : generator.uniform(0.68...1)
    let skin = BananaSkin(ripeness: ripeness, radius: radius, using: &generator)
    body = Tube(spine: spine, radii: radii, skin: skin)
  }

  /// The radius along the body as a share of the thickest: stem, neck, body, blossom end.
  private static func profile(_ along: Float) -> Float {
    let stem = mix(0.34, 0.25, smoothstep(0, 0.06, along))
    let swelling = smoothstep(BananaSkin.neck * 0.55, 0.42, along)
    let tapering = 1 - 0.72 * pow(smoothstep(0.62, 0.99, along), 1.4)
    return mix(stem, 1, swelling) * tapering
  }
}
