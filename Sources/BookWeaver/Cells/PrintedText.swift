import BookFormat

/// What a cell printed between two figures, as HTML: escaped text in spans of a fixed list of
/// classes, long text cut to its head and tail.
struct PrintedText {
  /// How many lines a page shows of long text, and from how many left out on it is cut.
  static let headLines = 40
  static let tailLines = 20
  static let fewestLeftOut = 10
  /// The longest line that is shown whole.
  static let longestLine = 2000

  private let lines: [[TerminalScreen.Glyph]]

  init(_ screen: TerminalScreen) { lines = screen.lines }

  var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }

  /// The whole, the middle of long text folded away.
  var html: String {
    let leftOut = lines.count - Self.headLines - Self.tailLines
    guard leftOut >= Self.fewestLeftOut else { return block(lines[...]) }
    let middle = lines[Self.headLines..<lines.count - Self.tailLines]
    return block(lines.prefix(Self.headLines))
      + "<details class=\"more\"><summary>\(grouped(leftOut)) more lines</summary>"
      + block(middle) + "</details>" + block(lines.suffix(Self.tailLines))
  }

  /// The first lines, where a file holds the whole.
  var head: String { block(lines.prefix(Self.headLines)) }

  /// The last lines, where a file holds the whole.
  var tail: String { block(lines.suffix(Self.tailLines)) }

  private func block(_ lines: ArraySlice<[TerminalScreen.Glyph]>) -> String {
    var html = ""
    var isInErrors = false
    for (number, line) in lines.enumerated() {
      let isError = line.isEmpty ? isInErrors : line.allSatisfy { $0.stream == .stderr }
      if isError != isInErrors { html += isError ? "<span class=\"stderr\">" : "</span>" }
      isInErrors = isError
      html += self.line(line, isError: isError)
      if number < lines.count - 1 || isError { html += "\n" }
    }
    if isInErrors { html += "</span>" }
    // A line end directly behind the tag is not shown.
    let start = html.hasPrefix("\n") ? "\n" : ""
    return "<pre class=\"printed\" tabindex=\"0\">\(start)\(html)</pre>"
  }

  private func line(_ line: [TerminalScreen.Glyph], isError: Bool) -> String {
    var html = ""
    var shown = line.prefix(Self.longestLine)
    while let first = shown.first {
      let run = shown.prefix { $0.style == first.style && $0.stream == first.stream }
      shown = shown.dropFirst(run.count)
      var text = String.UnicodeScalarView()
      text.append(contentsOf: run.map(\.scalar))
      var classes = first.style.classes
      if first.stream == .stderr, !isError { classes.append("stderr-part") }
      let escaped = HTMLText.escaped(String(text))
      html +=
        classes.isEmpty
        ? escaped : "<span class=\"\(classes.joined(separator: " "))\">\(escaped)</span>"
    }
    let rest = line.count - Self.longestLine
    return rest > 0
      ? html + "<span class=\"cut\">… \(grouped(rest)) more characters</span>" : html
  }
}

/// A count with a comma after each three digits.
func grouped(_ count: Int) -> String {
  let digits = String(count.magnitude)
  let groups = stride(from: digits.count, to: 0, by: -3).map { end in
    digits.dropLast(digits.count - end).suffix(3)
  }
  return (count < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
}
