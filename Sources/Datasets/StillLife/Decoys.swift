import Tensors

/// A tomato or a small pumpkin: lobes around a hollow, with a green or woody top.
struct LobedBall: Body {
  var pose: Pose
  let reach: Float = 1.45
  private let isPumpkin: Bool
  private let color: Light
  private let flatness: Float
  private let lobes: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    isPumpkin = generator.happens(0.45)
    flatness = generator.uniform(1.15...1.45)
    lobes = isPumpkin ? generator.uniform(0.07...0.12) : generator.uniform(0.01...0.05)
    color = generator.near(
      isPumpkin
        ? generator.pick([0xe0761a, 0xd9902a, 0x8a9a4a, 0xe8c05a])
        : generator.pick([0xc3281c, 0xd2451f, 0xe08a2a, 0x9aa83a]), spread: 0.1)
  }

  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.84)] }

  private func skinDistance(_ p: Vector) -> Float {
    let axis = max((p.x * p.x + p.z * p.z).squareRoot(), 1e-4)
    let c = p.x / axis
    // Ten lobes: twice the angle, five times.
    let d = 2 * c * c - 1
    let ten = d * (5 + d * d * (16 * d * d - 20))
    let x = axis - 0.3
    let y = p.y * flatness
    return 0.62
      * ((x * x + y * y).squareRoot() - 0.72 * (1 + lobes * ten * smoothstep(0.1, 0.7, axis)))
  }

  private func topDistance(_ p: Vector) -> Float {
    guard isPumpkin else {
      // Five narrow leaves lie around the stem.
      let axis = max((p.x * p.x + p.z * p.z).squareRoot(), 1e-4)
      let c = p.x / axis
      let five = c * (5 + c * c * (16 * c * c - 20))
      let leaf = 0.14 + 0.34 * smoothstep(-1, 1, five)
      let lift = abs(p.y - 0.72 / flatness - 0.02) - 0.03
      let stem = Datasets.distance(
        p, toSegment: Vector(0, 0.5, 0), Vector(0.06, 0.86, 0), radii: (0.05, 0.04))
      return min(0.3 * max(axis - leaf, lift), stem)
    }
    return Datasets.distance(
      p, toSegment: Vector(0, 0.4, 0), Vector(0.18, 1.08, 0.05), radii: (0.16, 0.1))
  }

  func distance(at p: Vector) -> Float { min(skinDistance(p), topDistance(p)) }

  func finish(at p: Vector, detail: Float) -> Finish {
    if topDistance(p) < skinDistance(p) {
      return Finish(color: Light(hex: isPumpkin ? 0x7a7a45 : 0x4a7a2c), gloss: 0.05)
    }
    let cloud = Noise.fractal(p * 1.4, octaves: 4, detail: detail, seed: seed)
    return Finish(color: color * (0.8 + 0.4 * cloud), gloss: isPumpkin ? 0.12 : 0.6)
  }
}

/// A pepper, a courgette or a sausage: bent like a banana, round, ending otherwise.
struct Pod: Body {
  var pose: Pose
  let reach: Float = 2.3
  private let arc: Arc
  private let girth: Float
  private let isPointed: Bool
  private let color: Light
  private let stem: Light
  private let gloss: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    isPointed = generator.happens(0.55)
    arc = Arc(
      length: generator.uniform(3.2...3.9),
      bend: isPointed ? generator.uniform(0.2...1.2) : generator.uniform(0.1...0.9))
    girth = generator.uniform(isPointed ? 0.42...0.62 : 0.34...0.5)
    color = generator.near(
      isPointed
        ? generator.pick([0xc3261a, 0xe8c02a, 0x5f8f2a, 0xd96a1c, 0xa8b83a])
        : generator.pick([0x4a7030, 0x9a4a2c, 0xd9b83a, 0x6f8f3a, 0xb8763a]), spread: 0.1)
    stem = Light(hex: isPointed ? 0x5f7a2c : 0x8a8a4a)
    gloss = isPointed ? 0.65 : 0.2
  }

  var filling: [Sphere] {
    stride(from: Float(0.1), through: 0.92, by: 0.16).map {
      Sphere(center: arc.point(at: $0), radius: girth * profile($0))
    }
  }

  private func profile(_ along: Float) -> Float {
    if isPointed {
      let shoulder = mix(0.16, 1, smoothstep(0.04, 0.28, along))
      let q = max(along - 0.3, 0) / 0.7
      return shoulder * (1 - 0.86 * q * (0.45 + 0.55 * q))
    }
    return 0.4 + 0.6 * min(smoothstep(0, 0.14, along), smoothstep(1, 0.88, along))
  }

  func distance(at p: Vector) -> Float {
    let place = arc.locate(p)
    guard place.distance < 1.5 else { return 0.75 * (place.distance - girth) }
    return 0.75 * (place.distance - girth * profile(place.along))
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let along = arc.locate(p).along
    let cloud = Noise.fractal(p * 2, octaves: 4, detail: detail, seed: seed)
    let isStem = smoothstep(0.2, 0.15, along) * (isPointed ? 1 : 0.6)
    return Finish(color: mix(color, stem, isStem) * (0.8 + 0.4 * cloud), gloss: gloss)
  }
}

/// An egg, or a ball with painted stripes.
struct Egg: Body {
  var pose: Pose
  let reach: Float = 1.3
  private let isBall: Bool
  private let color: Light
  private let stripe: Light
  private let stripes: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    isBall = generator.happens(0.5)
    stripes = generator.uniform(1.2...2.6)
    color = generator.near(
      isBall
        ? generator.pick([0xd93a2a, 0xe8c02a, 0xe8862a, 0x6fa03a, 0x3a6fb0])
        : generator.pick([0xe8d2b0, 0xc9946a, 0xf0ece0]), spread: 0.08)
    stripe = generator.near(generator.pick([0xf2ede0, 0xf2ede0, 0x2f2f33, 0xe8c02a]))
  }

  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.95)] }

  func distance(at p: Vector) -> Float {
    guard !isBall else { return length(p) - 1 }
    let swelling = 1 - 0.14 * p.y
    return 0.78 * (length(Vector(p.x / swelling, p.y * 0.8, p.z / swelling)) - 1)
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    if isBall {
      let band = p.y * stripes
      let isStripe = band - band.rounded(.down) < 0.42
      return Finish(color: isStripe ? stripe : color, gloss: 0.5)
    }
    let specks = Noise.fractal(p * 5, octaves: 3, detail: detail * 5, seed: seed)
    return Finish(
      color: mix(color, color * 0.55, smoothstep(0.64, 0.72, specks)), gloss: 0.12)
  }
}

/// A block of wood or cheese, a book: edges a little round.
struct Block: Body {
  var pose: Pose
  let reach: Float
  private let half: Vector
  private let color: Light
  private let second: Light
  private let isBook: Bool
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    isBook = generator.happens(0.5)
    half = Vector(
      generator.uniform(0.9...1.6), generator.uniform(0.2...0.6), generator.uniform(0.6...1.1))
    reach = length(half) + 0.12
    color = generator.near(
      generator.pick([0xe8c84a, 0xb5302a, 0x6a8f3a, 0xe08a2a, 0x33557a, 0x8a5a30, 0xd8c8a0]))
    second = isBook ? Light(hex: 0xe8e0cc) : color * 0.7
  }

  var filling: [Sphere] {
    [-0.6, 0, 0.6].map { Sphere(center: Vector($0 * half.x, 0, 0), radius: 0.9 * half.z) }
  }

  func distance(at p: Vector) -> Float {
    let q = Vector(abs(p.x), abs(p.y), abs(p.z)) - half
    return length(pointwiseMax(q, .zero)) + min(max(q.x, max(q.y, q.z)), 0) - 0.04
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let grain = Noise.fractal(
      Vector(p.x, p.y * 6, p.z * 6), octaves: 4, detail: detail * 5, seed: seed)
    let isPaper =
      isBook && abs(p.y) < half.y * 0.75 && p.z > -half.z + 0.1
      && (abs(p.x) > half.x || p.z > half.z)
    return Finish(color: (isPaper ? second : color) * (0.7 + 0.6 * grain), gloss: 0.1)
  }
}

/// A leaf lying on the table.
struct Leaf: Body {
  var pose: Pose
  let reach: Float = 1.25
  private let color: Light
  private let width: Float
  private let curl: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    color = generator.near(
      generator.pick([0x4a7a2c, 0x6f8f35, 0x3a5f2a, 0xc98a2a, 0xa84a20, 0xd9b83a]))
    width = generator.uniform(0.36...0.55)
    curl = generator.uniform(0.05...0.25)
  }

  /// Things may lie on it.
  var filling: [Sphere] { [] }

  func distance(at p: Vector) -> Float {
    let lens = abs(p.z) - width * max(1 - p.x * p.x, 0)
    let lift = p.y - curl * (p.x * p.x * 0.5 + p.z * p.z)
    let edge = max(abs(p.x) - 1, 0.7 * lens)
    let stem = Datasets.distance(
      p, toSegment: Vector(-1.2, curl * 0.6, 0), Vector(-0.9, curl * 0.4, 0), radii: (0.03, 0.03))
    return 0.7 * min(max(edge, abs(lift) - 0.025), stem)
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let cloud = Noise.fractal(p * 3, octaves: 3, detail: detail * 3, seed: seed)
    let rib = smoothstep(0.04, 0.015, abs(p.z))
    let slant = (p.x - abs(p.z) * 0.8) * 5
    let vein = smoothstep(0.12, 0.04, abs(slant - slant.rounded())) * 0.6
    return Finish(
      color: mix(color * (0.7 + 0.6 * cloud), color * 1.5 + 0.02, max(rib, vein) * 0.6),
      gloss: 0.15)
  }
}
