/// A camera that looks at the table: which ray belongs to a place on the picture, and back.
///
/// Places on the picture are fractions of its side, x to the right, y down.
struct Sight: Sendable {
  let eye: Vector
  private let forward: Vector
  private let right: Vector
  private let up: Vector
  /// Half the picture's side at distance 1: an angle of view of 33°.
  static let spread: Float = 0.3

  /// Looks at `target` from `distance` away, `pitch` radians from above, `yaw` from the side.
  init(target: Vector, distance: Float, pitch: Float, yaw: Float) {
    let level = PortableMath.cosine(pitch)
    let back = Vector(
      level * PortableMath.sine(yaw), PortableMath.sine(pitch), level * PortableMath.cosine(yaw))
    eye = target + back * distance
    forward = -back
    right = normalized(cross(forward, Vector(0, 1, 0)))
    up = cross(right, forward)
  }

  /// The direction of the ray through a place, of length 1.
  @inline(__always)
  func ray(_ x: Float, _ y: Float) -> Vector {
    normalized(
      forward + right * ((2 * x - 1) * Self.spread) - up * ((2 * y - 1) * Self.spread))
  }

  /// The size of a pixel at distance 1, where `side` pixels fill the picture.
  func pixelSize(side: Int) -> Float { 2 * Self.spread / Float(side) }

  /// The upright square, by centre and half side, that holds a sphere on the picture; nil where
  /// the sphere is not in front of the eye.
  func square(around sphere: Sphere) -> (center: Point, half: Float)? {
    let away = sphere.center - eye
    let depth = dot(away, forward)
    guard depth > 1.2 * sphere.radius else { return nil }
    let scale = 0.5 / (depth * Self.spread)
    let center = Point(0.5 + dot(away, right) * scale, 0.5 - dot(away, up) * scale)
    // Off the axis a sphere's outline is an ellipse, longer than its height.
    let offset = (center - 0.5) * (2 * Self.spread)
    let far = length(away)
    let half =
      sphere.radius / (depth * depth - sphere.radius * sphere.radius).squareRoot()
      * (1 + dot(offset, offset)) * (far / depth) * 0.5 / Self.spread
    return (center, half)
  }
}
