extension Tensor {
  /// The same elements in row-major order under another shape; one extent may be −1 = the rest.
  public func reshaped(_ newShape: [Int]) -> Tensor {
    var resolved = newShape
    if let free = newShape.firstIndex(of: -1) {
      let known = newShape.filter { $0 != -1 }.reduce(1, *)
      resolved[free] = known == 0 ? 0 : count / known
    }
    require(
      resolved.reduce(1, *) == count && resolved.allSatisfy { $0 >= 0 },
      "reshaped: \(shape) has \(count) elements and cannot become \(newShape)")
    let rowMajor = storage.rowMajor
    let result = Storage(.rowMajor(resolved), buffer: rowMajor.buffer)
    return Tensor(result, from: [self]) { [shape] dy in [dy.reshaped(shape)] }
  }

  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  ///
  /// Moves nothing: who reads the elements next puts them in the order it needs.
  public func permuted(_ axes: [Int]) -> Tensor {
    require(
      axes.sorted() == Array(0..<rank),
      "permuted: \(axes) must name each of the \(rank) axes of \(shape) once")
    let result = Storage(storage.layout.permuted(axes), buffer: storage.buffer)
    var inverse = axes
    for (place, axis) in axes.enumerated() { inverse[axis] = place }
    return Tensor(result, from: [self]) { dy in [dy.permuted(inverse)] }
  }

  /// The elements at `range` of `axis`.
  public func slice(_ range: Range<Int>, along axis: Int) -> Tensor {
    require(
      (0..<rank).contains(axis) && range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice: \(range) of axis \(axis) lies outside of \(shape)")
    var kept = shape
    kept[axis] = range.count
    let x = storage.rowMajor
    let result = Storage(.rowMajor(kept))
    copySlabs(
      x.floats, shape[axis], range.lowerBound, result.floats, range.count, 0, range.count,
      axis: axis)
    return Tensor(result, from: [self]) { [shape] dy in
      let wide = Tensor.zeros(shape)
      let dense = dy.storage.rowMajor
      dy.copySlabs(
        dense.floats, range.count, 0, wide.storage.floats, shape[axis], range.lowerBound,
        range.count, axis: axis)
      return [wide]
    }
  }

  /// Copies `count` places of an axis between two arrays that differ in that axis only.
  fileprivate func copySlabs(
    _ source: UnsafePointer<Float>, _ sourceExtent: Int, _ sourceStart: Int,
    _ result: UnsafeMutablePointer<Float>, _ resultExtent: Int, _ resultStart: Int, _ places: Int,
    axis: Int
  ) {
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    for slab in 0..<outer {
      (result + (slab * resultExtent + resultStart) * inner).update(
        from: source + (slab * sourceExtent + sourceStart) * inner, count: places * inner)
    }
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
  var ranges: [Range<Int>] = []
  for part in parts {
    let start = ranges.last?.upperBound ?? 0
    let extent = part.shape[axis]
    let x = part.storage.rowMajor
    part.copySlabs(
      x.floats, extent, 0, result.floats, shape[axis], start, extent, axis: axis)
    ranges.append(start..<start + extent)
  }
  return Tensor(result, from: parts) { dy in ranges.map { dy.slice($0, along: axis) } }
}
