import Tensors

/// The light in a room: a lamp with soft shadows, the sky or ceiling, and what the table throws back.
struct Lighting {
  private let lamp: Vector
  private let lampColor: Light
  private let sky: Light
  private let softness: Float

  init(using generator: inout SplitMix64) {
    // From any side but straight from behind, and never quite flat.
    let azimuth = generator.uniform(-2.4...2.4)
    let elevation = generator.uniform(0.5...1.2)
    let level = PortableMath.cosine(elevation)
    lamp = Vector(
      level * PortableMath.sine(azimuth), PortableMath.sine(elevation),
      level * PortableMath.cosine(azimuth))
    let warmth = generator.uniform(-0.08...0.2)
    lampColor = Light(1 + warmth, 1, 1 - warmth) * generator.uniform(1...1.5)
    sky = Light(1 - 0.6 * warmth, 1, 1 + 0.6 * warmth) * generator.uniform(0.25...0.55)
    softness = generator.uniform(0.08...0.3)
  }

  /// The light that a point of a surface sends to the eye.
  ///
  /// - Parameters:
  ///   - owner: the body's number, or that of table or wall.
  ///   - view: from the point towards the eye.
  func reflected(
    by finish: Finish, at p: Vector, normal: Vector, view: Vector, owner: Int,
    in scene: PaintedScene
  ) -> Light {
    let facing = dot(normal, lamp)
    var shine = facing > 0 ? min(facing * 1.15, 1) : 0
    if shine > 0 { shine *= scene.lightPassing(p + normal * 0.02, toward: lamp, softness: softness) }
    let openness = scene.openness(at: p, normal: normal, owner: owner)
    let above = sky * (openness * (0.65 + 0.35 * normal.y))
    // The table throws its colour up from below.
    let fromTable = owner == Sightings.table ? 0 : clamp01(0.55 - 0.45 * normal.y)
    let below = scene.room.tableColor * (fromTable * openness * (0.25 + 0.45 * clamp01(lamp.y)))
    var light = finish.color * (lampColor * shine + above + below)
    if finish.gloss > 0 {
      let half = normalized(lamp + view)
      var spot = max(dot(normal, half), 0)
      for _ in 0..<5 { spot *= spot }
      let rim = 1 - max(dot(normal, view), 0)
      light += lampColor * (finish.gloss * spot * shine)
      light += sky * (finish.gloss * 0.5 * rim * rim * rim * rim * openness)
    }
    return light
  }
}

/// A scene with what is needed again and again while it is painted.
struct PaintedScene {
  let room: Room
  let bodies: [any Body]
  /// The sphere that holds each body, and those that fill it.
  private let spheres: [Sphere]
  private let fillings: [[Sphere]]

  init(_ scene: StillLifeScene) {
    room = scene.room
    bodies = scene.bodies
    spheres = bodies.map { Sphere(center: $0.pose.position, radius: $0.reach * $0.pose.scale) }
    fillings = bodies.map { body in body.filling.map(body.pose.placed) }
  }

  /// How much of the lamp is seen from a point, 0…1.
  func lightPassing(_ p: Vector, toward lamp: Vector, softness: Float) -> Float {
    var light: Float = 1
    for i in spheres.indices {
      let away = spheres[i].center - p
      let along = dot(away, lamp)
      let radius = 1.25 * spheres[i].radius
      guard along > -radius else { continue }
      guard dot(away, away) - along * along < radius * radius else { continue }
      light = min(light, bodies[i].lightPassing(from: p, toward: lamp, softness: softness))
      if light == 0 { return 0 }
    }
    return light
  }

  /// How much of the room around is seen from a point of a surface, 0…1.
  func openness(at p: Vector, normal: Vector, owner: Int) -> Float {
    var open: Float = 1
    for i in fillings.indices where i != owner {
      for sphere in fillings[i] {
        let away = sphere.center - p
        let square = dot(away, away)
        let radius = sphere.radius * sphere.radius
        guard square < 16 * radius, square > radius else { continue }
        let cosine = max(dot(normal, away) / square.squareRoot(), 0)
        open *= 1 - min(cosine * radius / square, 0.9)
      }
    }
    // Near the table a body sees little of the sky; in the corner, table and wall see little of
    // each other.
    if owner >= 0 { open *= 0.55 + 0.45 * clamp01(p.y / 0.6 + max(normal.y, 0)) }
    if owner == Sightings.table { open *= 0.5 + 0.5 * clamp01((p.z + room.wallDistance) / 2.5) }
    if owner == Sightings.wall { open *= 0.5 + 0.5 * clamp01(p.y / 2.5) }
    return open
  }
}

extension StillLifeScene {
  /// Samples on each side of a pixel.
  static let samples = 2

  /// The picture's bytes, red, green and blue, and for each pixel the body it shows, row by row.
  ///
  /// A body owns a pixel when at least half of the pixel's samples show it.
  func painted(side: Int) -> (pixels: [UInt8], owners: [Int?]) {
    var generator = SplitMix64(seed: paintSeed)
    let lighting = Lighting(using: &generator)
    let camera = Camera(using: &generator)
    let scene = PaintedScene(self)
    let sightings = Sightings(of: self, side: Self.samples * side)
    var owners: [Int?] = []
    owners.reserveCapacity(side * side)
    var raster = Raster(height: side, width: side) { _ in .zero }
    let size = sight.pixelSize(side: side)
    for row in 0..<side {
      for column in 0..<side {
        let parts = parts(of: sightings, row: row, column: column)
        var light = Light.zero
        for part in parts {
          let ray = sight.ray(
            part.center.x / Float(sightings.side), part.center.y / Float(sightings.side))
          light += self.light(
            along: ray, depth: part.depth, pixel: size, owner: part.owner, lighting, scene)
            * Float(part.count)
        }
        light /= Float(Self.samples * Self.samples)
        // A soft shoulder: bright light approaches white instead of being cut.
        raster.pixels[row * side + column] = light * 1.25 / (0.25 + light + 0.35)
        let main = parts.filter { $0.owner >= 0 && 2 * $0.count >= Self.samples * Self.samples }
          .max { $0.count < $1.count }
        owners.append(main?.owner)
      }
    }
    return (camera.develop(raster), owners)
  }

  private struct PixelPart {
    var owner: Int
    var count: Int
    var depth: Float
    /// In samples.
    var center: Point
  }

  /// The surfaces that a pixel's samples show, each with the mean of its samples.
  private func parts(of sightings: Sightings, row: Int, column: Int) -> [PixelPart] {
    var parts: [PixelPart] = []
    for dy in 0..<Self.samples {
      for dx in 0..<Self.samples {
        let (x, y) = (Self.samples * column + dx, Self.samples * row + dy)
        let i = y * sightings.side + x
        let (owner, depth) = (sightings.owners[i], sightings.depths[i])
        let center = Point(Float(x) + 0.5, Float(y) + 0.5)
        if let known = parts.firstIndex(where: { $0.owner == owner }) {
          parts[known].count += 1
          parts[known].depth += depth
          parts[known].center += center
        } else {
          parts.append(PixelPart(owner: owner, count: 1, depth: depth, center: center))
        }
      }
    }
    for i in parts.indices {
      parts[i].depth /= Float(parts[i].count)
      parts[i].center /= Float(parts[i].count)
    }
    return parts
  }

  private func light(
    along ray: Vector, depth: Float, pixel: Float, owner: Int, _ lighting: Lighting,
    _ scene: PaintedScene
  ) -> Light {
    let p = sight.eye + ray * depth
    let detail = pixel * depth
    switch owner {
    case Sightings.table:
      let slant = detail / max(-ray.y, 0.2)
      return lighting.reflected(
        by: room.table.finish(at: Point(p.x, p.z), detail: slant), at: p,
        normal: Vector(0, 1, 0), view: -ray, owner: owner, in: scene)
    case Sightings.wall:
      return lighting.reflected(
        by: room.wall.finish(at: Point(p.x, p.y), detail: detail), at: p,
        normal: Vector(0, 0, 1), view: -ray, owner: owner, in: scene)
    default:
      let body = bodies[owner]
      var normal = body.normal(at: p, tolerance: 0.5 * detail)
      // At the rim the mean of two depths may lie behind the surface.
      if dot(normal, ray) > 0 { normal = normalized(normal - ray * dot(normal, ray)) }
      let finish = body.finish(at: body.pose.inside(p), detail: detail / body.pose.scale)
      if finish.bump != .zero { normal = normalized(normal + body.pose.outward(finish.bump)) }
      return lighting.reflected(
        by: finish, at: p, normal: normal, view: -ray, owner: owner, in: scene)
    }
  }
}
