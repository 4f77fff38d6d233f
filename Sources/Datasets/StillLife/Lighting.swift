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
    if shine > 0 {
      shine *= scene.lightPassing(p + normal * 0.02, toward: lamp, softness: softness)
    }
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
        guard square < 16 * radius else { continue }
        if square <= radius {
          // Under a body that is flatter than what fills it; what lies in a bowl is in the open.
          if owner == Sightings.table { open *= 0.2 }
          continue
        }
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
