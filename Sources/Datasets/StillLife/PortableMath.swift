/// Circular functions made of additions, products and divisions alone.
///
/// Those are rounded the same way on every machine; the C library's own functions are not, and a
/// picture must have the same bits everywhere. Errors stay below 2·10⁻⁵.
enum PortableMath {
  /// The sine of an angle in radians.
  static func sine(_ angle: Float) -> Float {
    let turns = (angle * (0.5 / .pi)).rounded()
    var x = angle - turns * (2 * .pi)
    // Mirror the outer quarters onto the inner ones.
    if x > .pi / 2 { x = .pi - x }
    if x < -.pi / 2 { x = -.pi - x }
    let s = x * x
    // The first five terms of the power series.
    return x * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72))))
  }

  /// The cosine of an angle in radians.
  static func cosine(_ angle: Float) -> Float { sine(angle + .pi / 2) }

  /// The angle of the direction (x, y), from −π to π; 0 for the zero vector.
  static func arctangent(_ y: Float, _ x: Float) -> Float {
    let (small, large) = (min(abs(x), abs(y)), max(abs(x), abs(y)))
    guard large > 0 else { return 0 }
    let t = small / large
    let s = t * t
    // A least-maximum-error polynomial for the arctangent on 0…1 (Abramowitz and Stegun, 4.4.49,
    // has the form).
    var angle =
      t
      * (0.999_977_26
        + s
        * (-0.332_623_47
          + s
          * (0.193_543_46
            + s * (-0.116_432_87 + s * (0.052_653_32 - s * 0.011_721_20)))))
    if abs(y) > abs(x) { angle = .pi / 2 - angle }
    if x < 0 { angle = .pi - angle }
    return y < 0 ? -angle : angle
  }
}
