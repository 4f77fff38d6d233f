// Sum, difference, product and quotient, with broadcasting: shapes are aligned at their last axis,
// and an axis of extent 1, or a missing one, is repeated.

/// Element by element, with broadcasting.
public func + (a: Tensor, b: Tensor) -> Tensor {
  Tensor(broadcast(Sum.self, "+", a, b), from: [a, b]) { [sa = a.shape, sb = b.shape] dy in
    [dy.summed(to: sa), dy.summed(to: sb)]
  }
}

/// Element by element, with broadcasting.
public func - (a: Tensor, b: Tensor) -> Tensor {
  Tensor(broadcast(Difference.self, "-", a, b), from: [a, b]) { [sa = a.shape, sb = b.shape] dy in
    [dy.summed(to: sa), (dy * -1).summed(to: sb)]
  }
}

/// Element by element, with broadcasting.
public func * (a: Tensor, b: Tensor) -> Tensor {
  let result = broadcast(Product.self, "*", a, b)
  return Tensor(result, from: [a, b]) {
    [a = a.detached, b = b.detached, wants = (a.needsGradient, b.needsGradient)] dy in
    [
      wants.0 ? (dy * b).summed(to: a.shape) : nil,  // da = dy·b
      wants.1 ? (dy * a).summed(to: b.shape) : nil,  // db = dy·a
    ]
  }
}

/// Element by element, with broadcasting.
public func / (a: Tensor, b: Tensor) -> Tensor {
  let result = broadcast(Quotient.self, "/", a, b)
  return Tensor(result, from: [a, b]) {
    [a = a.detached, b = b.detached, wants = (a.needsGradient, b.needsGradient)] dy in
    [
      wants.0 ? (dy / b).summed(to: a.shape) : nil,  // da = dy/b
      wants.1 ? (dy * a / (b * b) * -1).summed(to: b.shape) : nil,  // db = −dy·a/b²
    ]
  }
}

/// Adds a number to each element.
public func + (a: Tensor, b: Float) -> Tensor { a + Tensor(b) }
/// Subtracts a number from each element.
public func - (a: Tensor, b: Float) -> Tensor { a - Tensor(b) }
/// Subtracts each element from a number.
public func - (a: Float, b: Tensor) -> Tensor { Tensor(a) - b }
/// Multiplies each element by a number.
public func * (a: Tensor, b: Float) -> Tensor {
  // 0 times a number that is not finite would be NaN in what pads a blocked axis.
  b.isFinite ? a.mapped(Scaling.self, b) : a * Tensor(b)
}
/// Multiplies each element by a number.
public func * (a: Float, b: Tensor) -> Tensor { b * a }
/// Divides each element by a number.
public func / (a: Tensor, b: Float) -> Tensor { a * (1 / b) }
/// The negative of each element.
public prefix func - (a: Tensor) -> Tensor { a * -1 }

private enum Scaling: ElementFunction {
  static let keepsZero = true
  static func value(_ x: Lanes, _ factor: Float, _: Float) -> Lanes { x * factor }
  static func slope(_: Lanes, _ factor: Float, _: Float) -> Lanes { Lanes(repeating: factor) }
}
