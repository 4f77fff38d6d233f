/// Prints a table: the first column begins at the left, the others end at the right.
///
/// - Parameters:
///   - header: the names of the columns.
///   - rows: as many cells each.
public func printTable(_ header: [String], _ rows: [[String]]) {
  for line in tableLines([header] + rows) { print(line) }
}

/// The lines of a table with columns as wide as their widest cell, two spaces apart.
func tableLines(_ rows: [[String]]) -> [String] {
  let count = rows.map(\.count).max() ?? 0
  let widths = (0..<count).map { column in
    rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    row.enumerated().map { column, text in
      let space = String(repeating: " ", count: widths[column] - text.count)
      return column == 0 ? text + space : space + text
    }.joined(separator: "  ")
  }
}
