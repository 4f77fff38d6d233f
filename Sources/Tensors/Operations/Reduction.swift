extension Tensor {
  /// The sum of all elements, a scalar.
  public func sum() -> Tensor { sum(along: Array(0..<rank)) }

  /// The mean of all elements, a scalar.
  public func mean() -> Tensor { sum() / Float(count) }

  /// The mean over `axes`.
  public func mean(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(along: axes, keepingAxes: keepingAxes) / Float(axes.reduce(1) { $0 * shape[$1] })
  }

  /// The sum over `axes`.
  ///
  /// ## Shapes
  /// The axes are left out of the result, or kept with extent 1.
  ///
  /// Sums are taken in `Double`: a mean over a batch keeps its last digits.
  public func sum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    require(
      axes.allSatisfy { (0..<rank).contains($0) } && Set(axes).count == axes.count,
      "sum: axes \(axes) must be different ones of the \(rank) axes of \(shape)")
    let kept = (0..<rank).map { axes.contains($0) ? 1 : shape[$0] }
    let x = storage.rowMajor
    let result = Storage(.rowMajor(kept))
    sumRows(x.floats, result.floats, axes: Set(axes))
    let inputShape = shape
    let reduced = Tensor(result, from: [self]) { dy in
      [dy + Tensor.zeros(inputShape)]  // every element took part once
    }
    return keepingAxes
      ? reduced : reduced.reshaped((0..<rank).filter { !axes.contains($0) }.map { shape[$0] })
  }

  /// Adds the elements that fall together, walking both arrays in memory order.
  private func sumRows(
    _ source: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, axes: Set<Int>
  ) {
    // Neighbouring axes of one fate are one axis: [N, C, H, W] over N, H, W is kept C between two.
    var groups: [(extent: Int, isSummed: Bool)] = []
    for axis in 0..<rank where shape[axis] != 1 {
      let isSummed = axes.contains(axis)
      if groups.last?.isSummed == isSummed {
        groups[groups.count - 1].extent *= shape[axis]
      } else {
        groups.append((shape[axis], isSummed))
      }
    }
    let total = groups.filter { !$0.isSummed }.reduce(1) { $0 * $1.extent }
    var sums = [Double](repeating: 0, count: total)
    sums.withUnsafeMutableBufferPointer { sums in
      var position = 0
      func visit(_ group: Int, _ offset: Int, _ keptInside: Int) {
        guard group < groups.count else {
          sums[offset] += Double(source[position])
          position += 1
          return
        }
        let (extent, isSummed) = groups[group]
        if group == groups.count - 1 {
          if isSummed {
            var sum = 0.0
            for i in 0..<extent { sum += Double(source[position + i]) }
            sums[offset] += sum
          } else {
            for i in 0..<extent { sums[offset + i] += Double(source[position + i]) }
          }
          position += extent
          return
        }
        let inside = isSummed ? keptInside : keptInside / extent
        for i in 0..<extent { visit(group + 1, isSummed ? offset : offset + i * inside, inside) }
      }
      visit(0, 0, total)
      for i in 0..<total { result[i] = Float(sums[i]) }
    }
  }
}
