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
public func * (a: Tensor, b: Float) -> Tensor { a * Tensor(b) }
/// Multiplies each element by a number.
public func * (a: Float, b: Tensor) -> Tensor { b * Tensor(a) }
/// Divides each element by a number.
public func / (a: Tensor, b: Float) -> Tensor { a * Tensor(1 / b) }
/// The negative of each element.
public prefix func - (a: Tensor) -> Tensor { a * -1 }

// MARK: How

private func broadcast<Operation: PairOperation>(
  _ operation: Operation.Type, _ symbol: String, _ a: Tensor, _ b: Tensor
) -> Storage {
  if a.shape == b.shape { return sameShape(operation, a.storage, b.storage) }
  let shape = broadcastShape(symbol, a.shape, b.shape)
  let (x, y) = (a.storage.rowMajor, b.storage.rowMajor)
  let result = Storage(.rowMajor(shape))
  let (strideA, strideB) = (
    repeatingStrides(a.shape, in: shape), repeatingStrides(b.shape, in: shape)
  )
  let inner = shape.last ?? 1
  let rows = shape.reduce(1, *) / max(inner, 1)
  let (stepA, stepB) = (strideA.last ?? 0, strideB.last ?? 0)
  let outer = Array(shape.dropLast())
  inParallel(rows, smallest: max(1, (1 << 15) / max(inner, 1))) { range in
    for row in range {
      // The place of this row in each operand: digits of `row` in the mixed base `outer`.
      var (rest, offsetA, offsetB) = (row, 0, 0)
      for axis in stride(from: outer.count - 1, through: 0, by: -1) {
        let digit = rest % outer[axis]
        rest /= outer[axis]
        offsetA += digit * strideA[axis]
        offsetB += digit * strideB[axis]
      }
      let (from, other, into) = (
        x.floats + offsetA, y.floats + offsetB, result.floats + row * inner
      )
      switch (stepA, stepB) {
      case (1, 1): for i in 0..<inner { into[i] = Operation.apply(from[i], other[i]) }
      case (1, 0):
        let constant = other[0]
        for i in 0..<inner { into[i] = Operation.apply(from[i], constant) }
      case (0, 1):
        let constant = from[0]
        for i in 0..<inner { into[i] = Operation.apply(constant, other[i]) }
      default:
        let value = Operation.apply(from[0], other[0])
        for i in 0..<inner { into[i] = value }
      }
    }
  }
  return result
}

/// Equal shapes need no addresses: one pass over memory, in whatever order the elements lie.
private func sameShape<Operation: PairOperation>(
  _ operation: Operation.Type, _ a: Storage, _ b: Storage
) -> Storage {
  // 0 ÷ 0 in what pads a blocked axis would be NaN, and padding must stay 0.
  let keepsPadding = operation != Quotient.self
  let layout =
    keepsPadding ? (a.layout.isRowMajor ? b.layout : a.layout) : .rowMajor(a.layout.shape)
  let (x, y, result) = (a.converted(to: layout), b.converted(to: layout), Storage(layout))
  combine(operation, x.floats, y.floats, result.floats, result.paddedCount)
  return result
}

private func broadcastShape(_ symbol: String, _ a: [Int], _ b: [Int]) -> [Int] {
  let rank = max(a.count, b.count)
  let (longA, longB) = (padded(a, to: rank), padded(b, to: rank))
  return zip(longA, longB).map { x, y in
    require(
      x == y || x == 1 || y == 1,
      "\(symbol): the shapes \(a) and \(b) do not match; aligned at the last axis, extents must "
        + "be equal or 1")
    return x == 1 ? y : x
  }
}

private func padded(_ shape: [Int], to rank: Int) -> [Int] {
  Array(repeating: 1, count: rank - shape.count) + shape
}

/// Steps through row-major elements of `shape` seen as `target`; 0 along repeated axes.
private func repeatingStrides(_ shape: [Int], in target: [Int]) -> [Int] {
  let long = padded(shape, to: target.count)
  var strides = [Int](repeating: 0, count: target.count)
  var step = 1
  for axis in stride(from: target.count - 1, through: 0, by: -1) {
    strides[axis] = long[axis] == 1 ? 0 : step
    step *= long[axis]
  }
  return strides
}

extension Tensor {
  /// The sum over the axes along which `target` was repeated to this shape.
  func summed(to target: [Int]) -> Tensor {
    if shape == target { return self }
    let long = padded(target, to: rank)
    let axes = (0..<rank).filter { long[$0] == 1 && shape[$0] != 1 }
    return (axes.isEmpty ? self : sum(along: axes, keepingAxes: true)).reshaped(target)
  }
}
