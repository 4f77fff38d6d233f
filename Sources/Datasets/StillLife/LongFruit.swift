import Tensors

/// A pear: a large ball and a small one above it, melted together, with a stem.
struct Pear: Body {
  var pose: Pose
  let reach: Float = 2.1
  private let base: Light
  private let blush: Light
  private let blushSide: Vector
  private let blushShare: Float
  private let russet: Float
  private let neck: Float
  private let neckHeight: Float
  private let bend: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    neck = generator.uniform(0.36...0.5)
    neckHeight = generator.uniform(1.3...1.55)
    bend = generator.uniform(-0.16...0.16)
    let (ground, over, share): (UInt32, UInt32, ClosedRange<Float>) = generator.pick([
      (0x93ad3e, 0xa86a35, -1.3 ... -0.3), (0xb9bd52, 0xc4652f, -1.2...0),
      (0xdcc14b, 0xcf7a35, -1.2...0), (0xd0a33e, 0xa8331f, -0.4...0.6),
      (0x9a6a34, 0x8a4520, -0.6...0.6), (0xa4502a, 0x7d1f1a, 0.3...1.1),
    ])
    base = generator.near(ground, spread: 0.1)
    blush = generator.near(over, spread: 0.1)
    blushShare = generator.uniform(share)
    russet = generator.uniform(0...0.6)
    blushSide = normalized(
      Vector(generator.uniform(-1...1), generator.uniform(-0.3...0.3), generator.uniform(-1...1)))
  }

  var filling: [Sphere] {
    [
      Sphere(center: Vector(0, -0.55, 0), radius: 0.97),
      Sphere(center: Vector(bend * 0.3, 0.25, 0), radius: 0.72),
      Sphere(center: Vector(bend, neckHeight - 0.6, 0), radius: neck + 0.06),
    ]
  }

  /// The own point with the neck bent straight, and the base put into the origin.
  private func straight(_ p: Vector) -> Vector {
    let up = max(p.y + 0.55, 0)
    return Vector(p.x - bend * up * up * 0.5, p.y + 0.55, p.z)
  }

  private func skinDistance(_ q: Vector) -> Float {
    let belly = length(Vector(q.x, q.y * 1.04, q.z)) - 1
    let top = length(q - Vector(0, neckHeight, 0)) - neck
    return 0.93 * melted(belly, top, width: 0.95)
  }

  private func stemDistance(_ q: Vector) -> Float {
    Datasets.distance(
      q, toSegment: Vector(0, neckHeight + neck * 0.8, 0),
      Vector(bend + 0.1, neckHeight + neck + 0.42, 0.05), radii: (0.05, 0.075))
  }

  func distance(at p: Vector) -> Float {
    let q = straight(p)
    return 0.95 * min(skinDistance(q), stemDistance(q))
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let q = straight(p)
    if stemDistance(q) < skinDistance(q) {
      return Finish(color: Light(hex: 0x55401f), gloss: 0.05)
    }
    let cloud = Noise.fractal(p * 1.2, octaves: 4, detail: detail, seed: seed)
    let axis = (q.x * q.x + q.z * q.z).squareRoot()
    let lean = dot(Vector(q.x, 0, q.z), blushSide) / max(axis, 0.1) + blushShare
    var color = mix(base, blush, smoothstep(-0.2, 0.8, lean + 1.4 * (cloud - 0.5)))
    color *= 0.86 + 0.28 * cloud
    // Brown, rough skin gathers at both ends.
    let ends = smoothstep(0.5, 1.1, abs(q.y - 0.4 * neckHeight) / (0.5 * neckHeight + 0.5))
    let rough = russet * smoothstep(0.35, 0.8, ends * 0.6 + cloud - 0.2)
    color = mix(color, Light(hex: 0x8a6430), rough)
    let sharp = smoothstep(0.035, 0.014, detail)
    if sharp > 0 {
      let dots = Noise.cell(
        Point(PortableMath.arctangent(q.z, q.x) * 7, q.y * 8), seed: seed ^ 0x3131)
      let size = 0.1 + 0.1 * dots.identity
      color = mix(
        color, Light(hex: 0x6e5a26), 0.45 * sharp * smoothstep(size, size * 0.3, dots.nearest))
    }
    if q.y < 0 { color = mix(color, Light(hex: 0x2f2413), 0.9 * smoothstep(0.2, 0.08, axis)) }
    return Finish(color: color, gloss: 0.22)
  }
}

/// A body along an arc in the plane of its first two axes: bananas, and what looks like them.
struct Arc: Sendable {
  /// The angle from the middle to an end, in radians.
  let half: Float
  /// The radius of the curve.
  let radius: Float

  /// An arc of the given length that turns by `bend` radians from end to end.
  init(length: Float, bend: Float) {
    half = bend / 2
    radius = length / bend
  }

  /// Where a point lies: 0…1 along the arc, the distance from it, and the two parts of that
  /// distance, away from the centre of the curve and across its plane.
  func locate(_ p: Vector) -> (along: Float, distance: Float, away: Float, across: Float) {
    // The curve's middle lies in the origin, its centre below.
    let y = p.y + radius
    let angle = PortableMath.arctangent(p.x, y)
    if abs(angle) <= half {
      let away = (p.x * p.x + y * y).squareRoot() - radius
      return (
        0.5 + 0.5 * angle / half, (away * away + p.z * p.z).squareRoot(), away, p.z
      )
    }
    let end = point(at: angle < 0 ? 0 : 1)
    let gap = p - end
    let outward = Vector(end.x, end.y + radius, 0) / radius
    return (angle < 0 ? 0 : 1, length(gap), dot(gap, outward), p.z)
  }

  /// A point of the arc.
  func point(at along: Float) -> Vector {
    let angle = (2 * along - 1) * half
    return Vector(
      radius * PortableMath.sine(angle), radius * PortableMath.cosine(angle) - radius, 0)
  }
}

/// A banana in the round, with the peel of the flat ones.
struct RoundBanana: Body {
  var pose: Pose
  let reach: Float = 2.25
  private let arc: Arc
  private let girth: Float
  private let skin: BananaSkin

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    arc = Arc(length: generator.uniform(3.7...4.1), bend: generator.uniform(0.8...2))
    girth = generator.uniform(0.4...0.53)
    let kind = generator.nextUnit()
    let ripeness =
      kind < 0.25
      ? generator.uniform(0...0.2)
      : kind < 0.75 ? generator.uniform(0.28...0.66) : generator.uniform(0.68...1)
    var skin = BananaSkin(ripeness: ripeness, radius: girth, using: &generator)
    skin.ridgePhase = 0
    self.skin = skin
  }

  var filling: [Sphere] {
    stride(from: Float(0.14), through: 0.92, by: 0.13).map {
      Sphere(center: arc.point(at: $0), radius: girth * profile($0))
    }
  }

  /// The radius along the body as a share of the thickest: stem, neck, body, blossom end.
  private func profile(_ along: Float) -> Float {
    let swelling = mix(0.27, 1, smoothstep(0.08, 0.36, along))
    return swelling * (1 - 0.68 * smoothstep(0.7, 1, along))
  }

  func distance(at p: Vector) -> Float {
    let place = arc.locate(p)
    let far = place.distance
    guard far < 1.5 else { return 0.8 * (far - girth) }
    // Five sides: the cosine of five times the angle, by Chebyshev's polynomial.
    let c = place.away / max(far, 1e-4)
    let five = c * (5 + c * c * (16 * c * c - 20))
    let isBody = smoothstep(0.1, 0.3, place.along)
    return 0.8 * (far - girth * profile(place.along) * (1 + 0.045 * five * isBody))
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let place = arc.locate(p)
    let angle = PortableMath.arctangent(place.across, place.away)
    let look = skin.appearance(
      at: TubePoint(
        along: place.along, angle: angle, pixelsAlong: place.along * 4,
        // The same on both flanks, so that there is no seam on the inner side.
        pixelsAcross: abs(angle) * girth))
    return Finish(color: look.color, gloss: 1.4 * look.gloss)
  }
}
