import Foundation
import Tensors

/// A round, plain or patterned skin for tubes that are no bananas.
struct PlainSkin: TubeSkin {
  var color: Light
  /// The other colour, mixed in by the pattern.
  var second: Light
  var pattern: Pattern
  var gloss: Float
  var seed: UInt32

  enum Pattern {
    case plain, mottled, bark, ringed
    /// Six-sided wood with a pointed end and a rubber.
    case pencil
  }

  func appearance(at point: TubePoint) -> (color: Light, gloss: Float, angle: Float) {
    let place = Point(point.pixelsAlong, point.pixelsAcross)
    var shade = color
    var angle = point.angle
    switch pattern {
    case .plain: break
    case .mottled:
      shade = mix(color, second, Noise.fractal(place * 0.2, octaves: 4, seed: seed))
    case .bark:
      let fibre = Noise.fractal(place * Point(0.15, 0.8), octaves: 4, seed: seed)
      shade = mix(second, color, fibre)
      angle += (fibre - 0.5) * 1.2
    case .ringed:
      let band = point.along * 7 - (point.along * 7).rounded(.down)
      shade = band < 0.35 ? second : color
    case .pencil:
      angle = ((point.angle / 1.0472).rounded() * 1.0472) * 0.85
      if point.along > 0.86 { shade = Light(hex: 0xdfb98a) }
      if point.along > 0.955 { shade = Light(hex: 0x2b2b2b) }
      if point.along < 0.12 { shade = Light(hex: 0xb9b9b4) }
      if point.along < 0.07 { shade = Light(hex: 0xd9767a) }
    }
    return (shade, gloss, angle)
  }
}

/// The things around a banana: some yellow, some round, some long or curved.
enum Clutter: CaseIterable, Sendable {
  // Yellow.
  case lemon, block, cheese, sponge, ribbon, yellowBall
  // Round.
  case ball, apple, coin, orange
  // Long or curved.
  case pencil, sausage, chilli, stick, cucumber, cup
  // Flat.
  case book, card

  static let yellow: [Clutter] = [.lemon, .block, .cheese, .sponge, .ribbon, .yellowBall]

  /// The solids that make one thing of this kind.
  ///
  /// - Parameter size: its longest side, in pixels.
  func solids(at center: Point, size: Float, using generator: inout SplitMix64) -> [any Solid] {
    let turn = generator.turn()
    let seed = generator.textureSeed()
    /// Yellows that bananas have too.
    let yellow = generator.near(
      generator.pick([0xf4cf3a, 0xf0c430, 0xe8c23a, 0xf7dc55, 0xdcae2a]), spread: 0.08)
    let bright = generator.near(
      generator.pick([0xc23b32, 0x2f5fa8, 0x3c8a4e, 0xe07a2c, 0x7a4a9c, 0xe6e2d8, 0x2f2f33]))
    let pale = generator.near(generator.pick([0xf2ede0, 0xd8d4c8, 0xb8c4cc, 0xe8d8b0]))

    func ball(
      _ color: Light, _ second: Light, _ pattern: Ball.Pattern, gloss: Float, squash: Float = 1
    ) -> [any Solid] {
      [
        Ball(
          center: center, radii: Point(size / 2, size / 2 * squash), turn: turn, color: color,
          second: second, pattern: pattern, gloss: gloss, seed: seed)
      ]
    }
    func slab(
      width: Float, height: Float, rounding: Float, bevel: Float, rise: Float, color: Light,
      second: Light, pattern: Slab.Pattern, gloss: Float = 0.05
    ) -> [any Solid] {
      let half = Point(width, height) / 2 - rounding
      return [
        Slab(
          outline: [-half, Point(half.x, -half.y), half, Point(-half.x, half.y)], at: center,
          turn: turn, rounding: rounding, bevel: bevel, height: rise, color: color, second: second,
          pattern: pattern, gloss: gloss, seed: seed)
      ]
    }
    func tube(
      bend: Float, radius: Float, skin: PlainSkin, profile: (Float) -> Float
    ) -> [any Solid] {
      let spine = Self.arc(center: center, length: size, bend: bend, turn: turn)
      let radii = spine.indices.map { radius * profile(Float($0) / Float(spine.count - 1)) }
      return [Tube(spine: spine, radii: radii, skin: skin)]
    }

    switch self {
    case .lemon:
      let skin = PlainSkin(
        color: yellow, second: yellow * 0.8, pattern: .mottled, gloss: 0.2, seed: seed)
      return tube(bend: 0, radius: size * 0.33, skin: skin) { along in
        let x = 2 * along - 1
        return max((1 - x * x).squareRoot() * 0.98, 0) * (0.9 + 0.1 * along) + 0.1
          * smoothstep(0, 0.08, along)
      }
    case .block:
      return slab(
        width: size, height: size * generator.uniform(0.4...0.95), rounding: 1.5, bevel: 3,
        rise: size * 0.22, color: generator.happens(0.8) ? yellow : bright, second: .zero,
        pattern: generator.happens(0.5) ? .studs : .plain, gloss: 0.15)
    case .cheese:
      return [
        Slab(
          outline: [
            Point(-size * 0.5, size * 0.25), Point(size * 0.45, -size * 0.3),
            Point(size * 0.45, size * 0.3),
          ], at: center, turn: turn, rounding: 1.5, bevel: 2.5, height: size * 0.25,
          color: mix(yellow, Light(hex: 0xf2d675), 0.4), second: yellow * 0.55, pattern: .holes,
          gloss: 0.03, seed: seed)
      ]
    case .sponge:
      return slab(
        width: size, height: size * 0.62, rounding: 3, bevel: 4, rise: size * 0.25, color: yellow,
        second: yellow * 0.45, pattern: .pores)
    case .ribbon:
      let skin = PlainSkin(
        color: yellow, second: yellow * 0.8, pattern: .plain, gloss: 0.1, seed: seed)
      return tube(bend: generator.uniform(-0.15...0.15), radius: size * 0.05, skin: skin) { _ in 1 }
    case .yellowBall: return ball(yellow, yellow * 0.85, .mottled, gloss: 0.3)
    case .ball: return ball(bright, pale, .beach, gloss: 0.3)
    case .apple:
      let red = generator.near(generator.pick([0xb52a22, 0x9cae3a, 0xc9482c, 0x7a1f1f]))
      return ball(red, mix(red, Light(hex: 0xd9b84a), 0.45), .dimpled, gloss: 0.3)
    case .coin:
      let metal = generator.near(generator.pick([0xb9b4a6, 0xb87a45, 0xc9a24a, 0x8f8f8c]))
      return [
        Slab(
          outline: [.zero], at: center, turn: turn, rounding: size * 0.3, bevel: 2, height: 2,
          color: metal, second: metal * 0.6, pattern: .rings, gloss: 0.35, seed: seed)
      ]
    case .orange:
      let peel = generator.near(0xe08a24)
      return ball(peel, peel * 0.85, .mottled, gloss: 0.15)
    case .pencil:
      let paint = generator.happens(0.4) ? yellow : bright
      let skin = PlainSkin(color: paint, second: paint, pattern: .pencil, gloss: 0.15, seed: seed)
      return tube(bend: 0, radius: 2.2 + size * 0.025, skin: skin) {
        $0 < 0.86 ? 1 : 1 - 0.9 * ($0 - 0.86) / 0.14
      }
    case .sausage:
      let meat = generator.near(generator.pick([0x9c4a2c, 0x7a3426, 0xb8643a]))
      let skin = PlainSkin(
        color: meat, second: meat * 0.6, pattern: .mottled, gloss: 0.3, seed: seed)
      return tube(bend: generator.uniform(0.3...1.4), radius: size * 0.11, skin: skin) {
        0.35 + 0.65 * min(smoothstep(0, 0.1, $0), smoothstep(1, 0.9, $0))
      }
    case .chilli:
      let red = generator.near(generator.pick([0xb81f1a, 0x3f8a35, 0xc4381c, 0x6a1f5a]))
      let skin = PlainSkin(color: red, second: red * 0.8, pattern: .plain, gloss: 0.45, seed: seed)
      return tube(bend: generator.uniform(0.4...2), radius: size * 0.1, skin: skin) {
        $0 < 0.14
          ? 0.28 : (0.28 + 0.72 * smoothstep(0.14, 0.26, $0)) * (1 - 0.85 * max(0, $0 - 0.3) / 0.7)
      }
    case .stick:
      let bark = generator.near(generator.pick([0x7a5a3a, 0x5c4530, 0x9a8060]))
      let skin = PlainSkin(color: bark, second: bark * 0.35, pattern: .bark, gloss: 0, seed: seed)
      return tube(bend: generator.uniform(-0.7...0.7), radius: size * 0.04 + 1.2, skin: skin) {
        1 - 0.4 * $0
      }
    case .cucumber:
      let green = generator.near(generator.pick([0x3f6e2c, 0x5a8a3c, 0x2f5528]))
      let skin = PlainSkin(
        color: green, second: mix(green, Light(hex: 0xc9d08a), 0.4), pattern: .mottled, gloss: 0.2,
        seed: seed)
      return tube(bend: generator.uniform(-0.5...0.5), radius: size * 0.12, skin: skin) {
        0.5 + 0.5 * min(smoothstep(0, 0.14, $0), smoothstep(1, 0.86, $0))
      }
    case .cup: return Self.cup(at: center, size: size, turn: turn, color: bright, seed: seed)
    case .book:
      return slab(
        width: size, height: size * 0.7, rounding: 1, bevel: 1.5, rise: size * 0.1,
        color: generator.happens(0.25) ? yellow : bright, second: pale,
        pattern: generator.happens(0.5) ? .striped : .printed)
    case .card:
      return slab(
        width: size, height: size * generator.uniform(0.55...0.75), rounding: 0.5, bevel: 0.8,
        rise: 2, color: generator.happens(0.3) ? yellow : pale, second: Light(hex: 0x4a4a55),
        pattern: .printed, gloss: 0)
    }
  }

  /// A cup from above: handle, wall, rim, and what is in it.
  private static func cup(
    at center: Point, size: Float, turn: Float, color: Light, seed: UInt32
  ) -> [any Solid] {
    let radius = size * 0.36
    let side = Point(cos(turn), sin(turn)) * radius * 1.15
    let china = PlainSkin(color: color, second: color, pattern: .plain, gloss: 0.3, seed: seed)
    let handle = arc(center: center + side, length: radius * 1.5, bend: 2.6, turn: turn - .pi / 2)
    let rim = arc(center: center, length: 2 * .pi * radius * 0.92, bend: 2 * .pi, turn: turn)
    func disc(_ radius: Float, _ color: Light, rise: Float) -> Slab {
      Slab(
        outline: [.zero], at: center, turn: turn, rounding: radius, bevel: 1.5, height: rise,
        color: color, second: color, pattern: .plain, gloss: 0.1, seed: seed)
    }
    return [
      Tube(spine: handle, radii: handle.map { _ in size * 0.05 }, skin: china),
      disc(radius, color, rise: size * 0.35),
      Tube(spine: rim, radii: rim.map { _ in size * 0.045 }, skin: china),
      disc(radius * 0.78, Light(hex: 0x2e1a0e), rise: 0),
    ]
  }

  /// Points along a circular arc that is centred by its bounds and turned.
  private static func arc(center: Point, length: Float, bend: Float, turn: Float) -> [Point] {
    let nodes = 28
    var points = [Point.zero]
    for i in 1..<nodes {
      let heading = bend * (Float(i) / Float(nodes - 1) - 0.5)
      points.append(points[i - 1] + Point(cos(heading), sin(heading)) * (length / Float(nodes - 1)))
    }
    let (low, high) = points.reduce((points[0], points[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    return points.map {
      center + rotated($0 - (low + high) / 2, cosine: cos(turn), sine: sin(turn))
    }
  }
}
