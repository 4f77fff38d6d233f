import Glibc

/// Losses of single elements, computed in one pass over predictions and targets.
package enum LossCurve: Sendable {
  /// |x − t|.
  case absolute
  /// (x − t)².
  case square
  /// d²/2β where |d| = |x − t| < β, else |d| − β/2.
  case smooth(beta: Float)
  /// log(1 + eˣ) − x·t.
  case logistic
  /// α′·(1 − p′)^γ times the above; p′ and α′ are p and α for t = 1, 1 − p and 1 − α for t = 0.
  case focal(alpha: Float, gamma: Float)

  /// The loss of each element.
  ///
  /// ## Gradient
  /// Flows to both, but for the focal curve, whose targets are constants.
  package func losses(_ predictions: Tensor, _ targets: Tensor, name: String) -> Tensor {
    require(
      predictions.shape == targets.shape,
      "\(name): the predictions \(predictions.shape) and targets \(targets.shape) must have one "
        + "shape")
    switch self {
    case .absolute: return compared(Absolute.self, predictions, targets)
    case .square: return compared(Square.self, predictions, targets)
    case .smooth(let beta):
      require(beta > 0, "\(name): β is \(beta), but must be above 0")
      return compared(Smooth.self, predictions, targets, beta)
    case .logistic: return compared(Logistic.self, predictions, targets)
    case .focal(let alpha, let gamma):
      return compared(Focal.self, predictions, targets.detached, alpha, gamma)
    }
  }
}

/// A loss of one prediction x against its target t and its derivatives by both.
private protocol Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _ a: Float, _ b: Float) -> Lanes
  static func slope(_ x: Lanes, _ t: Lanes, _ a: Float, _ b: Float) -> Lanes
  static func targetSlope(_ x: Lanes, _ t: Lanes, _ a: Float, _ b: Float) -> Lanes
}

/// A loss of the difference alone.
extension Comparison {
  static func targetSlope(_ x: Lanes, _ t: Lanes, _ a: Float, _ b: Float) -> Lanes {
    -slope(x, t, a, b)
  }
}

private func compared<Curve: Comparison>(
  _ curve: Curve.Type, _ predictions: Tensor, _ targets: Tensor, _ a: Float = 0, _ b: Float = 0
) -> Tensor {
  let (x, t) = (predictions.storage.rowMajor, targets.storage.rowMajor)
  let (count, y) = (predictions.count, Storage(x.layout))
  /// Writes `body` of sixteen pairs and their gradient, for all.
  func pass(_ dy: Storage?, _ result: Storage, _ body: (Lanes, Lanes, Lanes) -> Lanes) {
    inParallel(count, grain: 16) { range in
      for i in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
        let left = range.upperBound - i
        let gradient = dy.map { Lanes($0.floats + i, count: left) } ?? .zero
        body(Lanes(x.floats + i, count: left), Lanes(t.floats + i, count: left), gradient)
          .store(to: result.floats + i, count: left)
      }
    }
  }
  pass(nil, y) { x, t, _ in Curve.value(x, t, a, b) }
  return Tensor(y, from: [predictions, targets]) {
    [wants = (predictions.needsGradient, targets.needsGradient)] gradient in
    let dy = gradient.storage.rowMajor
    let (dx, dt) = (
      wants.0 ? Storage(x.layout) : nil, wants.1 ? Storage(x.layout) : nil
    )
    if let dx { pass(dy, dx) { Curve.slope($0, $1, a, b) * $2 } }
    if let dt { pass(dy, dt) { Curve.targetSlope($0, $1, a, b) * $2 } }
    return [dx.map { Tensor($0) }, dt.map { Tensor($0) }]
  }
}

private func sign(_ x: Lanes) -> Lanes {
  Lanes.zero.replacing(with: 1, where: x .> 0).replacing(with: -1, where: x .< 0)
}

private enum Absolute: Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes {
    (x - t) * sign(x - t)
  }
  static func slope(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes { sign(x - t) }
}

private enum Square: Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes { (x - t) * (x - t) }
  static func slope(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes { 2 * (x - t) }
}

private enum Smooth: Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _ beta: Float, _: Float) -> Lanes {
    let d = x - t
    let size = d * sign(d)
    return (size - beta / 2).replacing(with: d * d / (2 * beta), where: size .< beta)
  }
  static func slope(_ x: Lanes, _ t: Lanes, _ beta: Float, _: Float) -> Lanes {
    ((x - t) / beta).within(-1, 1)
  }
}

private enum Logistic: Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes {
    VectorMath.softplus(x) - x * t
  }
  static func slope(_ x: Lanes, _ t: Lanes, _: Float, _: Float) -> Lanes {
    VectorMath.sigmoid(x) - t
  }
  static func targetSlope(_ x: Lanes, _: Lanes, _: Float, _: Float) -> Lanes { -x }
}

/// With u = x for t = 1 and −x for t = 0: p′ = σ(u), and the loss is α′·σ(−u)^γ·log(1 + e⁻ᵘ).
///
/// Between 0 and 1, α′ and σ(−u) are mixed in the share t, as torchvision mixes them.
private enum Focal: Comparison {
  static func value(_ x: Lanes, _ t: Lanes, _ alpha: Float, _ gamma: Float) -> Lanes {
    let p = VectorMath.sigmoid(x)
    let missed = p * (1 - t) + (1 - p) * t
    let share = alpha * t + (1 - alpha) * (1 - t)
    return share * power(missed, gamma) * Logistic.value(x, t, 0, 0)
  }

  static func slope(_ x: Lanes, _ t: Lanes, _ alpha: Float, _ gamma: Float) -> Lanes {
    let p = VectorMath.sigmoid(x)
    let missed = p * (1 - t) + (1 - p) * t
    let share = alpha * t + (1 - alpha) * (1 - t)
    let missedSlope = p * (1 - p) * (1 - 2 * t)
    let powerSlope = gamma == 0 ? .zero : gamma * power(missed, gamma - 1) * missedSlope
    return share
      * (powerSlope * Logistic.value(x, t, 0, 0) + power(missed, gamma) * (p - t))
  }

  /// Whole exponents, the usual ones, by multiplication; others by the C library.
  private static func power(_ base: Lanes, _ exponent: Float) -> Lanes {
    if exponent == 2 { return base * base }
    if exponent == 1 { return base }
    if exponent == 0 { return Lanes(repeating: 1) }
    var result = base
    for i in 0..<16 { result[i] = base[i] == 0 ? 0 : powf(base[i], exponent) }
    return result
  }
}
