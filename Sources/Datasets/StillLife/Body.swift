/// A place or direction in the room: x to the right, y up, z towards the viewer.
///
/// The unit is the radius of an apple of middle size.
typealias Vector = SIMD3<Float>

/// A sphere of the room or of a body.
struct Sphere: Sendable {
  var center: Vector
  var radius: Float
}

/// How a body stands in the room: its own axes, turned, enlarged and moved.
struct Pose: Sendable {
  var position = Vector.zero
  var scale: Float = 1
  /// The directions of the body's own axes, in the room; of unit length and at right angles.
  private(set) var right = Vector(1, 0, 0)
  private(set) var up = Vector(0, 1, 0)
  private(set) var front = Vector(0, 0, 1)

  /// Turned about the own right axis by `roll`, then about the front by `lean`, then about the
  /// upright by `turn`; radians.
  init(roll: Float = 0, lean: Float = 0, turn: Float = 0, scale: Float = 1) {
    self.scale = scale
    func turned(_ v: Vector) -> Vector {
      let (a, b) = (PortableMath.cosine(roll), PortableMath.sine(roll))
      let p = Vector(v.x, a * v.y - b * v.z, b * v.y + a * v.z)
      let (c, d) = (PortableMath.cosine(lean), PortableMath.sine(lean))
      let q = Vector(c * p.x - d * p.y, d * p.x + c * p.y, p.z)
      let (e, f) = (PortableMath.cosine(turn), PortableMath.sine(turn))
      return Vector(e * q.x + f * q.z, q.y, e * q.z - f * q.x)
    }
    right = turned(right)
    up = turned(up)
    front = turned(front)
  }

  /// A direction of the room, in the body's own axes.
  @inline(__always)
  func inward(_ v: Vector) -> Vector { Vector(dot(v, right), dot(v, up), dot(v, front)) }

  /// An own direction, in the room.
  @inline(__always)
  func outward(_ v: Vector) -> Vector { right * v.x + up * v.y + front * v.z }

  /// A place in the room, in the body's own axes and unit.
  @inline(__always)
  func inside(_ p: Vector) -> Vector { inward(p - position) / scale }

  /// An own sphere, in the room.
  func placed(_ sphere: Sphere) -> Sphere {
    Sphere(center: position + outward(sphere.center) * scale, radius: sphere.radius * scale)
  }
}

/// How a surface looks at one point.
struct Finish {
  var color: Light
  /// Strength of the highlight, 0…1.
  var gloss: Float = 0.1
  /// Roughness in the shape of the surface: added to the normal, in the body's axes.
  var bump = Vector.zero
}

/// A thing in the room, given by the distance to its surface.
///
/// Source: John C. Hart, "Sphere tracing", 1996.
///
/// Shapes are written in axes and a unit of their own; `pose` puts them into the room.
protocol Body: Sendable {
  var pose: Pose { get set }
  /// The sphere of this radius around the own origin holds the whole body.
  var reach: Float { get }
  /// Spheres that fill the body roughly: they keep bodies apart, let them rest, and dim the light
  /// near them.
  var filling: [Sphere] { get }
  /// How far a ray may go: at most the distance to the surface, negative inside; own unit.
  func distance(at p: Vector) -> Float
  /// The look of the surface at an own point; `detail` is the size of a pixel there.
  func finish(at p: Vector, detail: Float) -> Finish

  // Requirements, though all bodies share them, so that the loops are compiled for each body.
  /// Where a ray of the room meets the body first, before `limit`.
  func hit(from origin: Vector, along direction: Vector, before limit: Float, tolerance: Float)
    -> Float?
  /// How much light from a direction reaches a point past the body, 0…1.
  func lightPassing(from origin: Vector, toward lamp: Vector, softness: Float) -> Float
  /// The direction in which the surface faces at a point of the room.
  func normal(at point: Vector, tolerance: Float) -> Vector
}

extension Body {
  func hit(
    from origin: Vector, along direction: Vector, before limit: Float, tolerance: Float
  ) -> Float? {
    guard let range = passage(from: origin, along: direction, margin: 1) else { return nil }
    let (o, d) = (pose.inside(origin), pose.inward(direction))
    let (end, near) = (min(range.upperBound, limit) / pose.scale, tolerance / pose.scale)
    var t = range.lowerBound / pose.scale
    for _ in 0..<64 {
      let gap = distance(at: o + d * t)
      if gap < near { return t * pose.scale }
      t += gap
      if t > end { return nil }
    }
    return nil
  }

  func lightPassing(from origin: Vector, toward lamp: Vector, softness: Float) -> Float {
    guard let range = passage(from: origin, along: lamp, margin: 1.25) else { return 1 }
    let (o, d) = (pose.inside(origin), pose.inward(lamp))
    let end = range.upperBound / pose.scale
    var t = max(range.lowerBound / pose.scale, 0.03)
    var light: Float = 1
    // The narrowest gap, seen from the point, tells how much of the lamp is hidden.
    for _ in 0..<18 {
      let gap = distance(at: o + d * t)
      light = min(light, 0.5 + 0.5 * gap / (softness * t))
      if light < 0.02 { return 0 }
      t += max(gap, 0.04)
      if t > end { break }
    }
    return smoothstep(0, 1, light)
  }

  func normal(at point: Vector, tolerance: Float) -> Vector {
    let (p, e) = (pose.inside(point), max(tolerance / pose.scale, 0.001))
    // The corners of a tetrahedron: the slope in three directions from four distances.
    let (a, b) = (Vector(1, -1, -1), Vector(-1, -1, 1))
    let (c, d) = (Vector(-1, 1, -1), Vector(1, 1, 1))
    let slope =
      a * distance(at: p + a * e) + b * distance(at: p + b * e) + c * distance(at: p + c * e)
      + d * distance(at: p + d * e)
    return pose.outward(normalized(slope))
  }

  /// The part of a ray inside the sphere that holds the body, widened by a factor.
  @inline(__always)
  private func passage(
    from origin: Vector, along direction: Vector, margin: Float
  ) -> ClosedRange<Float>? {
    let away = origin - pose.position
    let radius = reach * pose.scale * margin
    let b = dot(away, direction)
    let inside = b * b - dot(away, away) + radius * radius
    guard inside > 0 else { return nil }
    let half = inside.squareRoot()
    guard half > b else { return nil }
    return max(-b - half, 0)...(half - b)
  }
}

// MARK: Distances

/// The distance to a line segment with round ends, its radius changing evenly.
@inline(__always)
func distance(_ p: Vector, toSegment a: Vector, _ b: Vector, radii: (Float, Float)) -> Float {
  let (edge, away) = (b - a, p - a)
  let share = clamp01(dot(away, edge) / dot(edge, edge))
  return length(away - edge * share) - mix(radii.0, radii.1, share)
}

/// The nearer of two distances, the surfaces melted together where both are nearer than `width`.
@inline(__always)
func melted(_ a: Float, _ b: Float, width: Float) -> Float {
  let h = clamp01(0.5 + 0.5 * (b - a) / width)
  return mix(b, a, h) - width * h * (1 - h)
}

@inline(__always)
func length(_ a: Vector) -> Float { dot(a, a).squareRoot() }

/// The vector at right angles to both.
@inline(__always)
func cross(_ a: Vector, _ b: Vector) -> Vector {
  Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
