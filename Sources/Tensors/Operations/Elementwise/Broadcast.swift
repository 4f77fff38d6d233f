/// `Operation` of each pair of elements, `symbol` in messages.
func broadcast<Operation: PairOperation>(
  _ operation: Operation.Type, _ symbol: String, _ a: Tensor, _ b: Tensor
) -> Storage {
  if a.shape == b.shape { return sameShape(operation, a.storage, b.storage) }
  let shape = broadcastShape(symbol, a.shape, b.shape)
  let (x, y, result) = (a.storage.rowMajor, b.storage.rowMajor, Storage(.rowMajor(shape)))
  guard !shape.contains(0) else { return result }
  let box = MergedBox(
    shape, a: repeatingStrides(a.shape, in: shape), b: repeatingStrides(b.shape, in: shape))
  let inner = box.inner
  inParallel(box.rowCount, smallest: (1 << 15) / inner + 1) { range in
    var walk = box.walk(from: range.lowerBound)
    for row in range {
      let (from, other) = (x.floats + walk.offsets.a, y.floats + walk.offsets.b)
      let into = result.floats + row * inner
      switch (box.stepA, box.stepB) {
      case (1, 1): for i in 0..<inner { into[i] = Operation.apply(from[i], other[i]) }
      case (1, 0):
        let constant = other[0]
        for i in 0..<inner { into[i] = Operation.apply(from[i], constant) }
      case (0, 1):
        let constant = from[0]
        for i in 0..<inner { into[i] = Operation.apply(constant, other[i]) }
      default: into.update(repeating: Operation.apply(from[0], other[0]), count: inner)
      }
      walk.advance()
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
  return zip(lengthened(a, to: rank), lengthened(b, to: rank)).map { x, y in
    require(
      x == y || x == 1 || y == 1,
      "\(symbol): the shapes \(a) and \(b) do not match; aligned at the last axis, extents must "
        + "be equal or 1")
    return x == 1 ? y : x
  }
}

private func lengthened(_ shape: [Int], to rank: Int) -> [Int] {
  Array(repeating: 1, count: rank - shape.count) + shape
}

/// Steps through row-major elements of `shape` seen as `target`; 0 along repeated axes.
private func repeatingStrides(_ shape: [Int], in target: [Int]) -> [Int] {
  let long = lengthened(shape, to: target.count)
  return zip(long, rowMajorStrides(long)).map { $0 == 1 ? 0 : $1 }
}

extension Tensor {
  /// The elements repeated along axes of extent 1, or missing ones, to fill `target`; no past.
  func expanded(to target: [Int]) -> Tensor {
    if shape == target { return detached }
    let result = Storage(.rowMajor(target))
    copyBox(
      target, from: storage.rowMajor.floats, strides: repeatingStrides(shape, in: target),
      to: result.floats, strides: rowMajorStrides(target))
    return Tensor(result)
  }

  /// The sum over the axes along which `target` was repeated to this shape.
  func summed(to target: [Int]) -> Tensor {
    if shape == target { return self }
    let long = lengthened(target, to: rank)
    let axes = (0..<rank).filter { long[$0] == 1 && shape[$0] != 1 }
    return (axes.isEmpty ? self : sum(along: axes, keepingAxes: true)).reshaped(target)
  }
}
