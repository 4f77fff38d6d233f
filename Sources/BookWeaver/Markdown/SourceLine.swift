/// A line of a page's text, and where it was written: in the page or in a file that it includes.
struct SourceLine: Equatable {
  var text: String
  /// The file, relative to the package.
  var file: String
  /// The line in it, from 1.
  var number: Int
  /// Whether it is code or HTML, in which nothing but includes is looked for.
  var isVerbatim = false

  /// The lines of `text`; a newline at its end begins no other line.
  static func lines(of text: String, file: String) -> [SourceLine] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.enumerated().map { SourceLine(text: String($1), file: file, number: $0 + 1) }
  }

  /// What containers put before the line's content: blank space and the `>` of quotations.
  var containerPrefix: Substring.UTF8View {
    text.utf8.prefix {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ">")
    }
  }

  /// The line without its container prefix.
  var content: Substring { text[containerPrefix.endIndex...] }

  func problem(_ message: String) -> WeaveProblem {
    WeaveProblem(file: file, line: number, message)
  }
}
