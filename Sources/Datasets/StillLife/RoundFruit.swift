import Tensors

/// An apple: a circle turned about an axis beside its centre, so that it has a hollow at each end.
struct Apple: Body {
  var pose: Pose
  let reach: Float = 1.32
  private let base: Light
  private let blush: Light
  private let blushSide: Vector
  private let blushShare: Float
  private let streaks: Float
  private let height: Float
  private let taper: Float
  private let stemTip: Vector
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    height = generator.uniform(1.08...1.4)
    taper = generator.uniform(0.04...0.2)
    stemTip = Vector(generator.uniform(-0.16...0.16), generator.uniform(0.95...1.15), 0)
    // Ground colour, blush, how far the blush reaches: green, yellow, red, dark, two-coloured.
    let (ground, over, share): (UInt32, UInt32, ClosedRange<Float>) = generator.pick([
      (0x86ad2c, 0xb0503a, -1.2 ... -0.5), (0xa9bf4a, 0xc7603a, -1.1 ... -0.1),
      (0xe2c246, 0xd8703a, -1.2...0), (0xd9b13f, 0xb3231d, -0.5...0.5),
      (0xc98a35, 0xa3141a, 0.2...1.1), (0xb8452a, 0x8c0f17, 0.4...1.2),
      (0xdf9a3a, 0xd2601f, 0...1),
    ])
    base = generator.near(ground, spread: 0.1)
    blush = generator.near(over, spread: 0.1)
    blushShare = generator.uniform(share)
    blushSide = normalized(
      Vector(generator.uniform(-1...1), generator.uniform(-0.2...0.6), generator.uniform(-1...1)))
    streaks = generator.uniform(0.1...0.7)
  }

  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.93)] }

  private func skinDistance(_ p: Vector) -> Float {
    let axis = (p.x * p.x + p.z * p.z).squareRoot() / (1 + taper * p.y)
    let up = p.y / height
    let (x, y) = (axis - 0.32, up)
    return 0.8 * ((x * x + y * y).squareRoot() - 0.69)
  }

  private func stemDistance(_ p: Vector) -> Float {
    Datasets.distance(p, toSegment: Vector(0, 0.6, 0), stemTip, radii: (0.035, 0.055))
  }

  func distance(at p: Vector) -> Float { min(skinDistance(p), stemDistance(p)) }

  func finish(at p: Vector, detail: Float) -> Finish {
    if stemDistance(p) < skinDistance(p) {
      return Finish(color: Light(hex: 0x4d3820), gloss: 0.05)
    }
    let axis = max((p.x * p.x + p.z * p.z).squareRoot(), 1e-3)
    let around = Vector(p.x / axis * 4.5, p.y * 0.5, p.z / axis * 4.5)
    let streak = Noise.fractal(around, octaves: 4, detail: detail * 5, seed: seed)
    let cloud = Noise.smooth(p * 1.3, seed: seed ^ 0x77)
    let lean = dot(normalized(p), blushSide) + blushShare + 1.2 * (cloud - 0.5)
    let red = smoothstep(-0.15, 0.65, lean + streaks * 3 * (streak - 0.5))
    var color = mix(base, blush, red)
    color *= 0.88 + 0.24 * streak
    // Pale dots, seen from near only.
    let sharp = smoothstep(0.03, 0.012, detail)
    if sharp > 0 {
      let dots = Noise.cell(
        Point(PortableMath.arctangent(p.z, p.x) * 4, p.y * 6), seed: seed ^ 0x3131)
      let size = 0.05 + 0.05 * dots.identity
      color = mix(
        color, Light(hex: 0xe8d59a), 0.5 * sharp * smoothstep(size, size * 0.4, dots.nearest))
    }
    // Greenish brown in the hollow around the stem, dark in the one below.
    let hollow = smoothstep(0.36, 0.1, axis + 0.16 * (streak - 0.5))
    if p.y > 0 { color = mix(color, Light(hex: 0x8a7a30), 0.75 * hollow) }
    if p.y < 0 { color = mix(color, Light(hex: 0x3d2a14), 0.9 * smoothstep(0.2, 0.05, axis)) }
    return Finish(color: color, gloss: 0.42)
  }
}

/// An orange: a ball with pores, a button where the stem was.
struct Orange: Body {
  var pose: Pose
  let reach: Float = 1.06
  private let peel: Light
  private let other: Light
  private let patches: Float
  private let flatness: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    flatness = generator.uniform(1...1.16)
    // From yellow to reddish; some not ripe on one side.
    peel = generator.near(
      generator.pick([0xee8c1a, 0xf0a024, 0xe4701a, 0xe8a83a, 0xd9601c]), spread: 0.07)
    other = generator.near(generator.pick([0x9aa02e, 0xe0b030, 0xc9541a]), spread: 0.1)
    patches = generator.happens(0.35) ? generator.uniform(0.3...0.9) : 0.1
  }

  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.95)] }

  func distance(at p: Vector) -> Float {
    let q = Vector(p.x, p.y * flatness, p.z)
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    // A shallow dent at the stem.
    return 0.86 * (length(q) - 1 + 0.035 * smoothstep(0.28, 0, axis) * smoothstep(0, 0.5, p.y))
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let cloud = Noise.fractal(p * 1.1, octaves: 3, detail: detail, seed: seed)
    var color = mix(peel, other, patches * smoothstep(0.45, 0.75, cloud))
    var bump = Vector.zero
    let sharp = smoothstep(0.06, 0.02, detail)
    if sharp > 0 {
      let pores = Noise.smooth(p * 19, seed: seed ^ 0x55)
      color *= 1 - 0.16 * sharp * smoothstep(0.62, 0.85, pores)
      bump = Noise.slope(p * 19, seed: seed ^ 0x55) * (-0.11 * sharp)
    }
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    if p.y > 0 {
      color = mix(color, Light(hex: 0x7f8a3a), 0.7 * smoothstep(0.2, 0.12, axis))
      color = mix(color, Light(hex: 0x3f4a1c), smoothstep(0.11, 0.07, axis))
    } else {
      color = mix(color, Light(hex: 0x8a4a14), smoothstep(0.08, 0.04, axis))
    }
    return Finish(color: color, gloss: 0.26, bump: bump)
  }
}

/// A lemon: pointed at both ends, lying on its side; unripe ones are green.
struct Lemon: Body {
  var pose: Pose
  let reach: Float = 1.62
  private let peel: Light
  private let tips: Light
  private let length: Float
  private let nipple: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    length = generator.uniform(1.15...1.3)
    nipple = generator.uniform(0.16...0.26)
    let (ripe, ends): (UInt32, UInt32) = generator.pick([
      (0xf0d12c, 0xc9c440), (0xe8c424, 0xe0b52a), (0xf2dc55, 0xa9b845), (0x7fa02f, 0x9cae3c),
      (0xebb52a, 0xd99a28), (0xb9bc3a, 0x7d9632),
    ])
    peel = generator.near(ripe, spread: 0.08)
    tips = generator.near(ends, spread: 0.08)
  }

  var filling: [Sphere] {
    [
      Sphere(center: Vector(0, 0.3, 0), radius: 0.9),
      Sphere(center: Vector(0, -0.3, 0), radius: 0.9),
    ]
  }

  func distance(at p: Vector) -> Float {
    let q = Vector(p.x, p.y / length, p.z)
    let tip = Datasets.length(p - Vector(0, length + 0.12, 0)) - nipple
    let stem = Datasets.length(p - Vector(0, -length - 0.02, 0)) - 0.16
    let body = 0.9 * (Datasets.length(q) - 1)
    return 0.95 * melted(melted(body, tip, width: 0.34), stem, width: 0.3)
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let cloud = Noise.fractal(p * 1.6, octaves: 3, detail: detail, seed: seed)
    var color = mix(peel, tips, smoothstep(0.75, 1.25, abs(p.y) + 0.5 * (cloud - 0.5)))
    color *= 0.9 + 0.2 * cloud
    var bump = Vector.zero
    let sharp = smoothstep(0.07, 0.025, detail)
    if sharp > 0 {
      bump = Noise.slope(p * 13, seed: seed ^ 0x55) * (-0.16 * sharp)
      color *= 1 - 0.12 * sharp * smoothstep(0.6, 0.85, Noise.smooth(p * 13, seed: seed ^ 0x55))
    }
    color = mix(color, Light(hex: 0x6a5a2a), smoothstep(-length - 0.08, -length - 0.14, p.y))
    return Finish(color: color, gloss: 0.28, bump: bump)
  }
}
