/// Sixteen rows of equal length, exchanged with their columns: what is done to each row is done to
/// sixteen at once, however short the rows are.
struct RowTile {
  /// Column c of the sixteen rows; zeros where there are fewer rows.
  private let columns: UnsafeMutableBufferPointer<Lanes>
  let rowCount: Int

  subscript(column: Int) -> Lanes {
    get { columns[column] }
    nonmutating set { columns[column] = newValue }
  }

  fileprivate init(_ columns: UnsafeMutableBufferPointer<Lanes>, rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
    if rowCount < 16 { columns.update(repeating: .zero) }
  }

  /// Reads the rows, which begin at `source` and follow one another.
  func load(_ source: UnsafePointer<Float>) {
    let length = columns.count
    guard holdsSquares else {
      return withElements { elements in
        for row in 0..<rowCount {
          for c in 0..<length { elements[c * 16 + row] = source[row * length + c] }
        }
      }
    }
    for start in stride(from: 0, to: length, by: 16) {
      let first = min(start, length - 16)  // the last square covers columns of the one before
      var square = LaneSquare { row in Lanes(source + row * length + first, count: 16) }
      square.transpose()
      for c in 0..<16 { columns[first + c] = square[c] }
    }
  }

  /// Writes the rows one after the other from `result` on.
  func store(_ result: UnsafeMutablePointer<Float>) {
    let length = columns.count
    guard holdsSquares else {
      return withElements { elements in
        for row in 0..<rowCount {
          for c in 0..<length { result[row * length + c] = elements[c * 16 + row] }
        }
      }
    }
    for start in stride(from: 0, to: length, by: 16) {
      let first = min(start, length - 16)
      var square = LaneSquare { c in columns[first + c] }
      square.transpose()
      for row in 0..<16 { square[row].store(to: result + row * length + first, count: 16) }
    }
  }

  /// The sum of each of the rows from `source` on, in Float.
  ///
  /// Where there are squares, each row is first added up to sixteen numbers, and only these are
  /// exchanged with their columns.
  func sums(_ source: UnsafePointer<Float>) -> Lanes {
    guard holdsSquares else {
      load(source)
      return columns.reduce(.zero, +)
    }
    let length = columns.count
    let rest = length % 16
    let places = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let isCounted = places .< Float(16 - rest)  // of the last sixteen numbers, by the runs before
    var square = LaneSquare { row in
      let start = source + row * length
      var sum = Lanes.zero
      for c in stride(from: 0, to: length - 15, by: 16) { sum += Lanes(start + c, count: 16) }
      let last = Lanes(start + length - 16, count: 16)
      return rest == 0 ? sum : sum + last.replacing(with: 0, where: isCounted)
    }
    square.transpose()
    var sums = square[0]
    for c in 1..<16 { sums += square[c] }
    return sums
  }

  /// Whether squares of sixteen rows and columns cover the tile.
  private var holdsSquares: Bool { rowCount == 16 && columns.count >= 16 }

  /// Lends the numbers, that of column c and row r at 16·c + r.
  private func withElements(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    columns.withMemoryRebound(to: Float.self) { elements in
      elements.baseAddress.map(body) ?? ()
    }
  }

  /// The largest number of each row.
  var largest: Lanes {
    var largest = columns[0]
    for column in columns { largest.replace(with: column, where: column .> largest) }
    return largest
  }

  /// log Σ eˣ of each row.
  var logSumExp: Lanes {
    let largest = largest  // taken off, so that the sum does not overflow
    var total = Lanes.zero
    for column in columns { total += VectorMath.exp(column - largest) }
    return largest + VectorMath.log(total)
  }
}

/// Calls `body` with two tiles to work in, and the number of their first row, for every sixteen of
/// `rows` rows of `length` numbers.
func eachTile(rows: Int, length: Int, _ body: (RowTile, RowTile, Int) -> Void) {
  inParallel(rows, grain: 16, smallest: (1 << 12) / length + 1) { range in
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * length) { columns in
      columns.initialize(repeating: .zero)
      let halves = (columns[..<length], columns[length...])
      for row in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
        let rowCount = min(16, range.upperBound - row)
        body(
          RowTile(UnsafeMutableBufferPointer(rebasing: halves.0), rowCount: rowCount),
          RowTile(UnsafeMutableBufferPointer(rebasing: halves.1), rowCount: rowCount), row)
      }
    }
  }
}
