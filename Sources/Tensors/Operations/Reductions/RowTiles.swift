import Glibc

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

  /// Lends the numbers, that of column c and row r at 16·c + r.
  private func withElements(_ body: (UnsafeMutablePointer<Float>) -> Void) {
    columns.withMemoryRebound(to: Float.self) { elements in
      elements.baseAddress.map(body) ?? ()
    }
  }

  /// Reads the rows, which begin at `source` and follow one another.
  func load(_ source: UnsafePointer<Float>) {
    let length = columns.count
    withElements { elements in
      for row in 0..<rowCount {
        for c in 0..<length { elements[c * 16 + row] = source[row * length + c] }
      }
    }
  }

  /// Writes the rows one after the other from `result` on.
  func store(_ result: UnsafeMutablePointer<Float>) {
    let length = columns.count
    withElements { elements in
      for row in 0..<rowCount {
        for c in 0..<length { result[row * length + c] = elements[c * 16 + row] }
      }
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
    for row in 0..<rowCount { total[row] = logf(total[row]) }
    return largest + total
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
