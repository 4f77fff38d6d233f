/// One cell of a chapter: from its `cell("name")` to the next.
package struct Cell: Equatable, Sendable {
  /// The name; empty for what stands before the first cell.
  package var name: String
  /// The line of `cell("name")`, from 1.
  package var line: Int
  /// The lines the cell takes, `cell("name")` included.
  package var lines: Range<Int>
  /// The cell's code without comments and blank space; equal where it means the same.
  package var canonicalText: String
}

/// What is wrong with a chapter's cells, and where.
package struct CellError: Error, Equatable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var reason: String

  package var description: String { "\(file):\(line): \(reason)" }
}

/// Cuts a chapter's source at its cells: `cell("kebab-name")` alone on a line, at column 0.
///
/// The first element is what stands before the first cell, with an empty name.
/// - Throws: `CellError` for a name that is not kebab-case or comes twice, and for a `cell` that
///   does not stand alone at the beginning of its line.
package func splitCells(_ source: String, file: String) throws(CellError) -> [Cell] {
  let tokens = swiftTokens(source)
  let lineCount = 1 + source.utf8.count { $0 == UInt8(ascii: "\n") }
  var cells: [Cell] = []
  var lineOfName: [String: Int] = [:]
  var (name, line, first) = ("", 1, 0)

  func close(at end: Int, before nextLine: Int) {
    cells.append(
      Cell(
        name: name, line: line, lines: line..<nextLine,
        canonicalText: canonicalText(tokens[first..<end])))
  }

  for start in tokens.indices where isMarker(tokens, at: start) {
    let marker = tokens[start]
    func fail(_ reason: String) -> CellError {
      CellError(file: file, line: marker.line, reason: reason)
    }
    let end = start + 4
    guard marker.column == 0 else {
      throw fail("a cell begins at column 0; move cell(\(tokens[start + 2].text)) to the left edge")
    }
    guard tokens[start + 3].line == marker.line, end == tokens.count || tokens[end].gap == .lineEnd
    else { throw fail("cell(\(tokens[start + 2].text)) stands alone on its line") }
    let found = String(tokens[start + 2].text.dropFirst().dropLast())
    guard isKebabCase(found) else {
      throw fail(
        "“\(found)” is not a cell name: small letters, digits and single hyphens, such as "
          + "“loss-curve”")
    }
    if let earlier = lineOfName[found] {
      throw fail("a cell named “\(found)” began already in line \(earlier); names are unique")
    }
    lineOfName[found] = marker.line
    close(at: start, before: marker.line)
    (name, line, first) = (found, marker.line, start)
  }
  close(at: tokens.count, before: lineCount + 1)
  return cells
}

/// Whether `name` is small letters and digits in words joined by single hyphens, a letter first.
package func isKebabCase(_ name: String) -> Bool {
  let words = name.split(separator: "-", omittingEmptySubsequences: false)
  return name.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
    && words.allSatisfy { word in
      !word.isEmpty
        && word.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
}

/// Whether a statement `cell("…")` begins at a token: the first of its line, with one string.
private func isMarker(_ tokens: [SwiftToken], at start: Int) -> Bool {
  start + 3 < tokens.count && tokens[start].text == "cell" && tokens[start].gap == .lineEnd
    && tokens[start + 1].text == "(" && tokens[start + 2].text.hasPrefix("\"")
    && tokens[start + 3].text == ")"
}
