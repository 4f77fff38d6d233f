extension Tensor {
  /// The places of `axis` that `indices` name, in their order; a place may come more than once.
  ///
  /// ## Shapes
  /// `[…, E, …]` with K indices in 0 ..< E → `[…, K, …]`
  ///
  /// ## Gradient
  /// Each place receives the sum of the gradients of all its copies, added in their order.
  public func selected(_ indices: [Int32], along axis: Int) -> Tensor {
    require(
      (0..<rank).contains(axis), "selected: axis \(axis) is none of the \(rank) of \(shape)")
    requireIndices("selected", indices, axis)
    let extent = shape[axis]
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var kept = shape
    kept[axis] = indices.count
    let (x, y) = (storage.rowMajor, Storage(.rowMajor(kept)))
    inParallel(outer * indices.count, smallest: (1 << 15) / (inner + 1) + 1) { range in
      for row in range {
        let (slab, place) = row.quotientAndRemainder(dividingBy: indices.count)
        (y.floats + row * inner).update(
          from: x.floats + (slab * extent + Int(indices[place])) * inner, count: inner)
      }
    }
    return Tensor(y, from: [self]) { [shape] gradient in
      let (dx, dy) = (Tensor.zeros(shape).storage, gradient.storage.rowMajor)
      // Each place belongs to one thread, which reads all indices for its own.
      inParallel(extent, smallest: (1 << 15) / (indices.count * inner + 1) + 1) { places in
        for slab in 0..<outer {
          for (row, index) in indices.enumerated() where places.contains(Int(index)) {
            let from = dy.floats + (slab * indices.count + row) * inner
            let into = dx.floats + (slab * extent + Int(index)) * inner
            for i in 0..<inner { into[i] += from[i] }
          }
        }
      }
      return [Tensor(dx)]
    }
  }

  /// Elements picked along `axis`, one for each index.
  ///
  /// ## Shapes
  /// `[…, E, …]` with indices in 0 ..< E, in the row-major order of `[…, K, …]` → `[…, K, …]`.
  /// The result's element at …, k, … is this tensor's at …, index, …, the index standing at the
  /// result's place.
  ///
  /// ## Gradient
  /// Each element receives the sum of the gradients of all its copies, added in their order.
  public func gathered(_ indices: [Int32], along axis: Int) -> Tensor {
    require(
      (0..<rank).contains(axis), "gathered: axis \(axis) is none of the \(rank) of \(shape)")
    requireIndices("gathered", indices, axis)
    let extent = shape[axis]
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let rest = outer * inner
    require(
      rest == 0 ? indices.isEmpty : indices.count % rest == 0,
      "gathered: \(indices.count) indices are no whole number for each of the \(rest) rows along "
        + "axis \(axis) of \(shape)")
    var kept = shape
    kept[axis] = rest == 0 ? 0 : indices.count / rest
    let places = kept[axis]
    let (x, y) = (storage.rowMajor, Storage(.rowMajor(kept)))
    inParallel(outer * places, smallest: (1 << 15) / (inner + 1) + 1) { range in
      for row in range {
        let from = x.floats + row / places * extent * inner
        for i in row * inner..<(row + 1) * inner {
          y.floats[i] = from[Int(indices[i]) * inner + i - row * inner]
        }
      }
    }
    return Tensor(y, from: [self]) { [shape] gradient in
      let (dx, dy) = (Tensor.zeros(shape).storage, gradient.storage.rowMajor)
      inParallel(outer, smallest: (1 << 15) / (places * inner + 1) + 1) { slabs in
        for row in slabs.lowerBound * places..<slabs.upperBound * places {
          let into = dx.floats + row / places * extent * inner
          for i in row * inner..<(row + 1) * inner {
            into[Int(indices[i]) * inner + i - row * inner] += dy.floats[i]
          }
        }
      }
      return [Tensor(dx)]
    }
  }

  /// The element of each row that its entry of `indices` names.
  ///
  /// ## Shapes
  /// `[…, C]` with one index in 0 ..< C for each row, in row-major order → `[…]`
  public func picked(_ indices: [Int32]) -> Tensor {
    let classes = shape.last ?? 0
    let rows = classes == 0 ? 0 : count / classes
    require(
      indices.count == rows,
      "picked: \(indices.count) indices for the \(rows) rows of \(shape)")
    requireIndices("picked", indices, rank - 1)
    return gathered(indices, along: rank - 1).reshaped(Array(shape.dropLast()))
  }

  private func requireIndices(_ name: String, _ indices: [Int32], _ axis: Int) {
    guard let wrong = indices.first(where: { $0 < 0 || Int($0) >= shape[axis] }) else { return }
    let place = axis == rank - 1 ? "the last axis" : "axis \(axis)"
    fatalError("\(name): index \(wrong) is outside of 0 ..< \(shape[axis]), \(place) of \(shape)")
  }
}
