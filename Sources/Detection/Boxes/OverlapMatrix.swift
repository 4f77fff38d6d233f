/// How much every box of one list overlaps every box of another: `[rows, columns]`, row-major.
public struct OverlapMatrix: Hashable, Sendable {
  /// Boxes of the first list.
  public let rowCount: Int
  /// Boxes of the second list.
  public let columnCount: Int
  /// The overlaps, row after row.
  public let values: [Float]

  /// The intersection over union of every box of `rows` with every box of `columns`, each as
  /// ``intersectionOverUnion(_:_:)`` gives it.
  public init(_ rows: [Box], _ columns: [Box]) {
    let (rowCount, columnCount) = (rows.count, columns.count)
    let boxes = BoxColumns(columns)
    self.rowCount = rowCount
    self.columnCount = columnCount
    values = Array(unsafeUninitializedCapacity: rowCount * columnCount) { values, count in
      for (index, row) in rows.enumerated() {
        let part = index * columnCount..<(index + 1) * columnCount
        boxes.writeOverlaps(with: row, into: UnsafeMutableBufferPointer(rebasing: values[part]))
      }
      count = rowCount * columnCount
    }
  }

  /// Takes overlaps that are known already, row by row; all rows have the same length.
  public init(rows: [[Float]]) {
    rowCount = rows.count
    columnCount = rows.first?.count ?? 0
    require(
      rows.allSatisfy { [columnCount] in $0.count == columnCount },
      "OverlapMatrix: rows of \(rows.map(\.count)) overlaps; give each row as many")
    values = rows.flatMap(\.self)
  }

  /// The overlap of one box of the first list with one of the second.
  public subscript(row: Int, column: Int) -> Float {
    require(
      0..<rowCount ~= row && 0..<columnCount ~= column,
      "OverlapMatrix: (\(row), \(column)) lies outside of \(rowCount) × \(columnCount)")
    return values[row * columnCount + column]
  }

  /// The overlaps of one box of the first list.
  public subscript(row row: Int) -> ArraySlice<Float> {
    values[row * columnCount..<(row + 1) * columnCount]
  }
}
