/// The text of one paragraph, heading or table row, apart from what containers put before its lines.
struct InlineRun {
  /// The text, its lines joined by newlines.
  let bytes: [UInt8]
  private let lines: ArraySlice<SourceLine>
  /// What containers put before each line.
  private let prefixes: [String]

  init(_ lines: ArraySlice<SourceLine>, _ leaf: BlockOutline.Leaf) {
    var bytes: [UInt8] = []
    var prefixes: [String] = []
    for (offset, line) in lines.enumerated() {
      let utf8 = line.text.utf8
      let count =
        offset == 0
        ? min(leaf.column, utf8.count)
        : InlineRun.prefixCount(of: line, quotationDepth: leaf.quotationDepth)
      if offset > 0 { bytes.append(UInt8(ascii: "\n")) }
      bytes.append(contentsOf: utf8.dropFirst(count))
      prefixes.append(String(decoding: utf8.prefix(count), as: UTF8.self))
    }
    self.lines = lines
    self.bytes = bytes
    self.prefixes = prefixes
  }

  /// Blank space, and the `>` of as many quotations as the run stands in.
  private static func prefixCount(of line: SourceLine, quotationDepth: Int) -> Int {
    var quotations = 0
    return line.containerPrefix.prefix {
      if $0 == UInt8(ascii: ">") { quotations += 1 }
      return quotations <= quotationDepth
    }.count
  }

  /// Line `offset` of the run as it was written.
  func line(_ offset: Int) -> SourceLine { lines[lines.startIndex + offset] }

  /// Line `offset` with other text behind what containers put there.
  func line(_ offset: Int, with text: [UInt8]) -> SourceLine {
    var line = line(offset)
    line.text = prefixes[offset] + String(decoding: text, as: UTF8.self)
    return line
  }

  /// Whether `text` stands at a byte.
  func starts(with text: StaticString, at start: Int) -> Bool {
    start + text.utf8CodeUnitCount <= bytes.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[start + $0] == text.utf8Start[$0] }
  }

  /// Whether a character stands at a byte that a backslash before it makes mean nothing.
  func isPunctuation(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    return switch bytes[index] {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
