/// Sixteen vectors of sixteen numbers, which can change places with their lanes.
@frozen @usableFromInline package struct LaneSquare<Number: SIMDScalar> {
  @usableFromInline var rows = InlineArray<16, SIMD16<Number>>(repeating: SIMD16())

  /// The square of what `row` gives for 0 … 15.
  @inlinable @inline(__always) package init(_ row: (Int) -> SIMD16<Number>) {
    for index in 0..<16 { rows[index] = row(index) }
  }

  @inlinable package subscript(row: Int) -> SIMD16<Number> {
    @inline(__always) get { rows[row] }
  }

  /// Exchanges rows and lanes.
  ///
  /// A number's place is 4 bits of row and 4 of lane. Putting the even lanes of two neighbouring rows
  /// into one row, and the odd ones eight rows below, moves the lane's lowest bit to the front of all
  /// eight; after four times the lane's bits are where the row's were. Two of the four are done at
  /// once, on four rows in registers.
  @inlinable @inline(__always) package mutating func transpose() {
    var halfway = rows
    Self.shuffleTwice(rows, into: &halfway)
    Self.shuffleTwice(halfway, into: &rows)
  }

  @inlinable @inline(__always) static func shuffleTwice(
    _ source: borrowing InlineArray<16, SIMD16<Number>>,
    into result: inout InlineArray<16, SIMD16<Number>>
  ) {
    for i in 0..<4 {
      let upper = SIMD32(lowHalf: source[4 * i], highHalf: source[4 * i + 1])
      let lower = SIMD32(lowHalf: source[4 * i + 2], highHalf: source[4 * i + 3])
      let even = SIMD32(lowHalf: upper.evenHalf, highHalf: lower.evenHalf)
      let odd = SIMD32(lowHalf: upper.oddHalf, highHalf: lower.oddHalf)
      result[i] = even.evenHalf
      result[i + 4] = odd.evenHalf
      result[i + 8] = even.oddHalf
      result[i + 12] = odd.oddHalf
    }
  }
}
