import Detection
import Foundation

/// The rows of one `label.csv`: which object lies where in which picture.
///
/// Plain comma-separated values: no quoting, since the columns are file names and numbers. Blank
/// lines, spaces around values, a byte order mark and Windows line ends are let pass.
struct LabelTable {
  static let header = "img_name,label,xmin,ymin,xmax,ymax"
  private static let columns = header.split(separator: ",").map(String.init)

  let entries: [LabelEntry]

  /// Reads a table; the error names file, line and column.
  init(contentsOf url: URL) throws(DatasetError) {
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
    else {
      let exists = FileManager.default.fileExists(atPath: url.path)
      throw DatasetError(
        .missingTable, file: url.path, found: exists ? "a file that is not text" : "no such file",
        expected: "a UTF-8 table beside the folder images",
        remedy: "write label.csv with the header \(Self.header)")
    }
    try self.init(text: text, path: url.path)
  }

  /// Reads a table from its text; `path` is what errors name.
  init(text: String, path: String) throws(DatasetError) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if let first = lines.first, first.first == "\u{FEFF}" { lines[0] = first.dropFirst() }
    let header = Self.values(in: lines.first ?? "")
    guard header == Self.columns else {
      throw DatasetError(
        .wrongHeader, file: path, line: 1, found: "the header “\(header.joined(separator: ","))”",
        expected: "“\(Self.header)”", remedy: "name the columns so, in this order")
    }
    var entries: [LabelEntry] = []
    for (index, line) in lines.enumerated().dropFirst() {
      let values = Self.values(in: line)
      if values == [""] { continue }
      entries.append(try Self.entry(values, line: index + 1, path: path))
    }
    self.entries = entries
  }

  private static func values(in line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func entry(
    _ values: [String], line: Int, path: String
  ) throws(DatasetError) -> LabelEntry {
    guard values.count == columns.count else {
      throw DatasetError(
        .wrongColumnCount, file: path, line: line, found: "\(values.count) values",
        expected: "\(columns.count): \(header)", remedy: "complete the line or remove it")
    }
    let name = values[0]
    let place = LabelPlace(file: path, line: line)
    try place.requirePlainFileName(name, as: "img_name")
    guard let classIndex = Int(values[1]) else {
      throw DatasetError(
        .notANumber, file: path, line: line, found: "“\(values[1])” as label",
        expected: "a class number, counted from 0", remedy: "number the classes 0, 1, 2, …")
    }
    var edges: [Float] = []
    for (column, value) in zip(columns, values).dropFirst(2) {
      guard let edge = Float(value), edge.isFinite else {
        throw DatasetError(
          .notANumber, file: path, line: line, found: "“\(value)” as \(column)",
          expected: "a number of pixels", remedy: "correct the value or remove the line")
      }
      edges.append(edge)
    }
    return LabelEntry(
      place: place, pictureName: name,
      object: LabeledBox(
        box: Box(x0: edges[0], y0: edges[1], x1: edges[2], y1: edges[3]), classIndex: classIndex))
  }
}
