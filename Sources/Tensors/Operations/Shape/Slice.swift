extension Tensor {
  /// The elements at `range` of `axis`.
  public func slice(_ range: Range<Int>, along axis: Int) -> Tensor {
    require(
      (0..<rank).contains(axis) && range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice: \(range) of axis \(axis) lies outside of \(shape)")
    var kept = shape
    kept[axis] = range.count
    let (x, result) = (storage.rowMajor, Storage(.rowMajor(kept)))
    let strides = rowMajorStrides(shape)
    let start = range.lowerBound * strides[axis]
    copyBox(
      kept, from: x.floats + start, strides: strides, to: result.floats,
      strides: rowMajorStrides(kept))
    return Tensor(result, from: [self]) { [shape] dy in
      let wide = Tensor.zeros(shape)
      copyBox(
        kept, from: dy.storage.rowMajor.floats, strides: rowMajorStrides(kept),
        to: wide.storage.floats + start, strides: strides)
      return [wide]
    }
  }

  /// This tensor inside of a larger one, with `value` around it.
  ///
  /// ## Shapes
  /// `before` and `after` have one number of cells for each axis; the result's extents are larger
  /// by their sums.
  public func padded(before: [Int], after: [Int], with value: Float = 0) -> Tensor {
    require(
      before.count == rank && after.count == rank && (before + after).allSatisfy { $0 >= 0 },
      "padded: before \(before) and after \(after) need one number of at least 0 for each axis of "
        + "\(shape)")
    let wide = (0..<rank).map { before[$0] + shape[$0] + after[$0] }
    let result = Tensor.full(wide, value).storage
    let strides = rowMajorStrides(wide)
    let start = zip(before, strides).reduce(0) { $0 + $1.0 * $1.1 }
    copyBox(
      shape, from: storage.rowMajor.floats, strides: rowMajorStrides(shape),
      to: result.floats + start, strides: strides)
    return Tensor(result, from: [self]) { [shape] dy in
      let inside = Storage(.rowMajor(shape))
      copyBox(
        shape, from: dy.storage.rowMajor.floats + start, strides: strides, to: inside.floats,
        strides: rowMajorStrides(shape))
      return [Tensor(inside)]
    }
  }

  /// The elements in reverse order along `axes`.
  public func flipped(along axes: [Int]) -> Tensor {
    require(
      axes.allSatisfy { (0..<rank).contains($0) },
      "flipped: axes \(axes) must be among the \(rank) axes of \(shape)")
    let (x, result) = (storage.rowMajor, Storage(storage.rowMajor.layout))
    let strides = rowMajorStrides(shape)
    var (backwards, start) = (strides, 0)
    for axis in Set(axes) where shape[axis] > 0 {
      start += (shape[axis] - 1) * strides[axis]
      backwards[axis] = -strides[axis]
    }
    copyBox(
      shape, from: x.floats + start, strides: backwards, to: result.floats, strides: strides)
    return Tensor(result, from: [self]) { dy in [dy.flipped(along: axes)] }
  }
}

/// The tensors one after the other along `axis`; their other extents must agree.
public func concatenated(_ parts: [Tensor], along axis: Int) -> Tensor {
  guard let first = parts.first else { fatalError("concatenated: no tensors to join") }
  for part in parts {
    var (a, b) = (part.shape, first.shape)
    require(
      a.count == b.count && a.indices.contains(axis),
      "concatenated: \(b) and \(a) cannot be joined along axis \(axis)")
    (a[axis], b[axis]) = (0, 0)
    require(
      a == b,
      "concatenated: \(first.shape) and \(part.shape) differ in an axis other than \(axis)")
  }
  var shape = first.shape
  shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
  let result = Storage(.rowMajor(shape))
  let strides = rowMajorStrides(shape)
  var ranges: [Range<Int>] = []
  for part in parts {
    let start = ranges.last?.upperBound ?? 0
    let x = part.storage.rowMajor
    copyBox(
      part.shape, from: x.floats, strides: rowMajorStrides(part.shape),
      to: result.floats + start * strides[axis], strides: strides)
    ranges.append(start..<start + part.shape[axis])
  }
  return Tensor(result, from: parts) { dy in ranges.map { dy.slice($0, along: axis) } }
}

/// The tensors, all of one shape, side by side along a new axis at place `axis`.
public func stacked(_ parts: [Tensor], along axis: Int = 0) -> Tensor {
  guard let first = parts.first else { fatalError("stacked: no tensors to join") }
  require(
    (0...first.rank).contains(axis),
    "stacked: a new axis \(axis) has no place beside the axes of \(first.shape)")
  var shape = first.shape
  shape.insert(1, at: axis)
  return concatenated(
    parts.map { part in
      require(
        part.shape == first.shape, "stacked: \(first.shape) and \(part.shape) are not one shape")
      return part.reshaped(shape)
    }, along: axis)
}
