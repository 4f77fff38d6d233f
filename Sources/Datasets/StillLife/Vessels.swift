import Tensors

/// The glaze of earthenware: one colour, and bands of another.
struct Glaze: Sendable {
  let color: Light
  let band: Light
  /// Heights between which the band runs, in the vessel's own unit.
  let bandHeights: ClosedRange<Float>
  let gloss: Float
  let seed: UInt32

  init(bandHeights: ClosedRange<Float>, using generator: inout SplitMix64) {
    color = generator.near(
      generator.pick([
        0xe9e4d8, 0xdcd3bf, 0x3f5f7f, 0x7d8f86, 0xb5653a, 0xc9a54a, 0x5d7048, 0x9a3a2e, 0x2f3238,
        0xd98a35,
      ]), spread: 0.1)
    band = generator.near(
      generator.pick([0x2f4f8a, 0xf0ead8, 0xc23b32, 0x7d8f46, 0xd9a030]), spread: 0.1)
    self.bandHeights = generator.happens(0.5) ? bandHeights : -9 ... -8
    gloss = generator.uniform(0.15...0.6)
    seed = generator.textureSeed()
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let cloud = Noise.fractal(p * 2.2, octaves: 4, detail: detail, seed: seed)
    let isBand = bandHeights.contains(p.y + 0.03 * (cloud - 0.5))
    return Finish(color: (isBand ? band : color) * (0.86 + 0.28 * cloud), gloss: gloss)
  }
}

/// A bowl: the lower part of a hollow ball.
///
/// The own unit is its radius; the origin, its centre.
struct Bowl: Body {
  var pose: Pose
  let reach: Float = 1.1
  /// Where the rim lies above (or below) the centre of the ball.
  let rim: Float
  private let glaze: Glaze

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    rim = generator.uniform(-0.5 ... -0.15)
    glaze = Glaze(bandHeights: rim - 0.16...rim - 0.07, using: &generator)
  }

  /// What stands on the table: the bowl keeps others out, and is dark inside by its own shadow.
  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.98)] }

  func distance(at p: Vector) -> Float {
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    let far = length(p)
    let edge = Point((1 - rim * rim).squareRoot(), rim) * 0.97
    // Past the cone through the rim, the rim itself is nearest.
    let shell = p.y < rim * far ? abs(far - 0.97) - 0.03 : length(Point(axis, p.y) - edge) - 0.03
    // A flat foot.
    let foot = max(abs(axis - 0.36) - 0.05, abs(p.y + 0.94) - 0.06)
    return 0.9 * min(shell, foot)
  }

  /// Whether a point is inside the bowl, or above its opening.
  func holds(_ p: Vector) -> Bool {
    let opening = 1 - rim * rim
    return p.y > rim ? p.x * p.x + p.z * p.z < opening : dot(p, p) < 1
  }

  func finish(at p: Vector, detail: Float) -> Finish { glaze.finish(at: p, detail: detail) }
}

/// A cup or mug: a hollow cylinder with a handle.
struct Cup: Body {
  var pose: Pose
  let reach: Float = 1.62
  private let glaze: Glaze
  private let swelling: Float

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    swelling = generator.uniform(-0.1...0.14)
    glaze = Glaze(bandHeights: 0.45...0.68, using: &generator)
  }

  var filling: [Sphere] { [Sphere(center: .zero, radius: 0.95)] }

  func distance(at p: Vector) -> Float {
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    let radius = 0.82 + swelling * p.y
    let wall = max(abs(axis - radius) - 0.05, abs(p.y) - 0.93)
    let floor = max(axis - radius, abs(p.y + 0.86) - 0.07)
    // The handle: a part of a ring in the plane of the first two axes.
    let q = Point(p.x - radius, p.y)
    let ring = length(Point(length(q) - 0.5, p.z)) - 0.1
    let handle = max(ring, radius - axis)
    return 0.9 * min(min(wall, floor), handle)
  }

  func finish(at p: Vector, detail: Float) -> Finish { glaze.finish(at: p, detail: detail) }
}

/// A bottle or vase: a turned outline, narrower above.
struct Bottle: Body {
  var pose: Pose
  let reach: Float = 2.62
  private let color: Light
  private let shoulder: Float
  private let neck: Float
  private let gloss: Float
  private let seed: UInt32

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    seed = generator.textureSeed()
    color = generator.near(
      generator.pick([0x1f3a24, 0x2a2018, 0x3f5a66, 0x8a5a2c, 0xd8d2c4, 0x7a2f26, 0x4a5a3a]))
    shoulder = generator.uniform(-0.2...0.9)
    neck = generator.uniform(0.2...0.42)
    gloss = generator.uniform(0.3...0.8)
  }

  var filling: [Sphere] {
    stride(from: Float(-1.7), through: 1.7, by: 0.85).map {
      Sphere(center: Vector(0, $0, 0), radius: 0.9 * radius(at: $0))
    }
  }

  private func radius(at y: Float) -> Float {
    let body = mix(0.86, neck, smoothstep(shoulder - 0.5, shoulder + 0.75, y))
    return body + 0.06 * smoothstep(2.2, 2.3, y)
  }

  func distance(at p: Vector) -> Float {
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    return 0.75 * max(axis - radius(at: p.y), abs(p.y) - 2.45)
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    let cloud = Noise.fractal(p * 1.5, octaves: 3, detail: detail, seed: seed)
    return Finish(color: color * (0.8 + 0.4 * cloud), gloss: gloss)
  }
}

/// A plate or round board, flat on the table.
struct Plate: Body {
  var pose: Pose
  let reach: Float = 1.03
  private let glaze: Glaze
  private let isWood: Bool

  init(pose: Pose, using generator: inout SplitMix64) {
    self.pose = pose
    isWood = generator.happens(0.5)
    glaze = Glaze(bandHeights: 0.66...0.78, using: &generator)
  }

  /// Things may stand on it.
  var filling: [Sphere] { [] }

  func distance(at p: Vector) -> Float {
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    let lift = isWood ? 0 : 0.07 * smoothstep(0.62, 1, axis)
    return 0.9 * max(axis - 1, abs(p.y - lift) - 0.025)
  }

  func finish(at p: Vector, detail: Float) -> Finish {
    // The band goes round the plate, not up it.
    let axis = (p.x * p.x + p.z * p.z).squareRoot()
    guard isWood else { return glaze.finish(at: Vector(p.x, axis, p.z), detail: detail) }
    let grain = Noise.fractal(
      Vector(p.x * 1.5, p.y, p.z * 14), octaves: 4, detail: detail * 10, seed: glaze.seed)
    return Finish(
      color: mix(Light(hex: 0x6e4626), Light(hex: 0xc39460), grain), gloss: 0.08)
  }
}
