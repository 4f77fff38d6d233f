extension Tensor {
  /// The largest of all elements, a scalar.
  public func max() -> Tensor { max(along: Array(0..<rank)) }
  /// The smallest of all elements, a scalar.
  public func min() -> Tensor { min(along: Array(0..<rank)) }

  /// The largest element over `axes`; NaN if there is one.
  ///
  /// ## Shapes
  /// The axes, which must not be empty, are left out of the result, or kept with extent 1.
  ///
  /// ## Gradient
  /// Goes to the element that won; to the first of equals.
  public func max(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    extreme(Largest.self, "max", axes, keepingAxes)
  }

  /// The smallest element over `axes`; as `max` otherwise.
  public func min(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    extreme(Smallest.self, "min", axes, keepingAxes)
  }

  /// The place along `axis` of the largest element, the first of equals, for each row along it.
  ///
  /// ## Shapes
  /// `[…, E, …]` → one place in 0 ..< E for each element of the shape without `axis`, in row-major
  /// order.
  public func argmax(along axis: Int) -> [Int32] { winners(Largest.self, "argmax", [axis]) }

  private func extreme<Kind: Order>(
    _ kind: Kind.Type, _ name: String, _ axes: [Int], _ keepingAxes: Bool
  ) -> Tensor {
    let winners = winners(kind, name, axes)
    let kept = (0..<rank).filter { !axes.contains($0) }
    let rows = permuted(kept + axes).reshaped([winners.count, -1])
    let result =
      keepingAxes ? (0..<rank).map { axes.contains($0) ? 1 : shape[$0] } : without(axes)
    if winners.isEmpty { return .empty(result, from: [self]) }
    return rows.picked(winners).reshaped(result)
  }

  /// The place of the winner among the elements that fall together, for each result.
  private func winners<Kind: Order>(
    _ kind: Kind.Type, _ name: String, _ axes: [Int]
  ) -> [Int32] {
    requireAxes(name, axes)
    let length = axes.reduce(1) { $0 * shape[$1] }
    require(length > 0, "\(name): there is nothing to choose from along axes \(axes) of \(shape)")
    let kept = (0..<rank).filter { !axes.contains($0) }
    let x = permuted(kept + axes).storage.rowMajor
    let rows = count / length
    return [Int32](unsafeUninitializedCapacity: rows) { places, initialised in
      inParallel(rows, smallest: (1 << 14) / length + 1) { range in
        for row in range {
          places.initializeElement(
            at: row, to: Int32(winner(kind, x.floats + row * length, length)))
        }
      }
      initialised = rows
    }
  }
}

/// Which of two numbers wins.
private protocol Order {
  static func beats(_ a: Float, _ b: Float) -> Bool
  static func beats(_ a: Lanes, _ b: Lanes) -> SIMDMask<SIMD16<Int32>>
}

private enum Largest: Order {
  static func beats(_ a: Float, _ b: Float) -> Bool { a > b }
  static func beats(_ a: Lanes, _ b: Lanes) -> SIMDMask<SIMD16<Int32>> { a .> b }
}

private enum Smallest: Order {
  static func beats(_ a: Float, _ b: Float) -> Bool { a < b }
  static func beats(_ a: Lanes, _ b: Lanes) -> SIMDMask<SIMD16<Int32>> { a .< b }
}

/// The place of the first number that no other beats; the first NaN wins over all.
private func winner<Kind: Order>(
  _: Kind.Type, _ numbers: UnsafePointer<Float>, _ count: Int
) -> Int {
  var best = numbers[0]
  let whole = count / 16 * 16
  if whole > 0 {
    var lanes = Lanes(numbers, count: 16)
    for i in stride(from: 16, to: whole, by: 16) {
      let next = Lanes(numbers + i, count: 16)
      lanes.replace(with: next, where: Kind.beats(next, lanes) .| (next .!= next))
    }
    for lane in 0..<16 where isBetter(Kind.self, lanes[lane], best) { best = lanes[lane] }
  }
  for i in whole..<count where isBetter(Kind.self, numbers[i], best) { best = numbers[i] }
  var place = 0
  while numbers[place] != best && !(best.isNaN && numbers[place].isNaN) { place += 1 }
  return place
}

private func isBetter<Kind: Order>(_: Kind.Type, _ a: Float, _ b: Float) -> Bool {
  Kind.beats(a, b) || (a.isNaN && !b.isNaN)
}
