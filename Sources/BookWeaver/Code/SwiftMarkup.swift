/// Swift source as HTML: escaped, its tokens in the elements of ``TokenStyle``.
///
/// The server says where tokens are and what words mean to the grammar. What a name means is read
/// from how it is written: the same on every machine, built or not.
struct SwiftMarkup {
  /// What a token is coloured as, and the element that holds it.
  ///
  /// A page has thousands of them. These elements mean nothing to a screen reader, and short names
  /// without a class make a page with much code a fifth smaller.
  enum TokenStyle: String {
    case keyword = "b"
    case type = "i"
    case parameter = "u"
    case call = "em"
    case number = "var"
    case string = "samp"
    case comment = "small"
  }

  private let units: [UInt16]
  private let tokens: [Piece]

  /// A token as a range of UTF-16 code units.
  private struct Piece {
    var range: Range<Int>
    var kind: String
  }

  init(_ source: String, tokens: [SourceKitToken]) {
    units = Array(source.utf16)
    var lineStarts = [0]
    for (offset, unit) in units.enumerated() where unit == newline { lineStarts.append(offset + 1) }
    var pieces: [Piece] = []
    for token in tokens where lineStarts.indices.contains(token.line) {
      let start = lineStarts[token.line] + token.column
      let end = min(start + token.length, units.count)
      // `@MainActor` comes once whole and once for its name: the first holds.
      guard start < end, start >= pieces.last?.range.upperBound ?? 0 else { continue }
      pieces.append(Piece(range: start..<end, kind: token.kind))
    }
    self.tokens = pieces
  }

  var html: String {
    var html = ""
    var end = 0
    var brackets: [UInt16] = []
    for (number, token) in tokens.enumerated() {
      for unit in units[end..<token.range.lowerBound] {
        if "([{".utf16.contains(unit) { brackets.append(unit) }
        if ")]}".utf16.contains(unit) { _ = brackets.popLast() }
      }
      html += HTMLText.escaped(text(end..<token.range.lowerBound))
      let content = HTMLText.escaped(text(token.range))
      let isInParentheses = brackets.last == "(".utf16.first
      if let style = style(of: number, isInParentheses: isInParentheses) {
        html += "<\(style.rawValue)>\(content)</\(style.rawValue)>"
      } else {
        html += content
      }
      end = token.range.upperBound
    }
    return html + HTMLText.escaped(text(end..<units.count))
  }

  private func style(of number: Int, isInParentheses: Bool) -> TokenStyle? {
    switch tokens[number].kind {
    case "keyword", "modifier", "macro", "decorator": .keyword
    case "comment": .comment
    case "number": .number
    case "string", "regexp": .string
    default: nameStyle(of: number, isInParentheses: isInParentheses)
    }
  }

  /// The style of a name, by Swift's conventions: types begin with a capital letter, a label or
  /// parameter stands before a colon in parentheses, a call before its parenthesis.
  private func nameStyle(of number: Int, isInParentheses: Bool) -> TokenStyle? {
    let range = tokens[number].range
    guard let first = text(range).first(where: { $0 != "`" }) else { return nil }
    if first == "$" { return .parameter }
    guard first.isLetter || first == "_" || !first.isASCII else { return nil }
    if first.isUppercase { return .type }
    if isInParentheses, isFollowed(range, by: ":") || isExternalLabel(number) {
      return .parameter
    }
    return isFollowed(range, by: "(") ? .call : nil
  }

  /// Whether a name is `by` in `(by other: Box)`.
  private func isExternalLabel(_ number: Int) -> Bool {
    guard tokens.indices.contains(number + 1) else { return false }
    let (range, next) = (tokens[number].range, tokens[number + 1].range)
    return text(range.upperBound..<next.lowerBound) == " " && isFollowed(next, by: ":")
  }

  private func isFollowed(_ range: Range<Int>, by character: Character) -> Bool {
    range.upperBound < units.count && units[range.upperBound] == character.utf16.first
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: units[range], as: UTF16.self)
  }
}

private let newline: UInt16 = 10
