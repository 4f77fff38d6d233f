import BookFormat

/// The tokens of a program with the code inside its strings: behind each string stand, in
/// parentheses, the tokens of its interpolations.
func programTokens(_ source: String) -> [SwiftToken] {
  swiftTokens(source).flatMap(withInterpolations)
}

private func withInterpolations(_ token: SwiftToken) -> [SwiftToken] {
  var tokens = [token]
  for piece in interpolations(of: token) {
    tokens += programTokens("(\(piece.text))").map { inner in
      var inner = inner
      inner.line += piece.line - 1
      // What stands in a string begins no statement.
      if inner.gap == .lineEnd { inner.gap = .none }
      return inner
    }
  }
  return tokens
}

/// The source between `\(` and `)` in a string, with the lines where each begins.
private func interpolations(of token: SwiftToken) -> [(text: String, line: Int)] {
  let bytes = Array(token.text.utf8)
  let hashes = bytes.prefix { $0 == UInt8(ascii: "#") }.count
  guard hashes < bytes.count, bytes[hashes] == UInt8(ascii: "\"") else { return [] }
  let opening = [UInt8(ascii: "\\")] + Array(bytes.prefix(hashes)) + [UInt8(ascii: "(")]
  var found: [(String, Int)] = []
  var line = token.line
  var position = 0
  while position < bytes.count {
    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
    if bytes[position...].starts(with: opening) {
      // The scanner cuts strings and brackets as the compiler does: it finds the closing one.
      let rest = String(decoding: bytes[(position + opening.count - 1)...], as: UTF8.self)
      let length = balancedLength(rest)
      let inner = Array(rest.utf8)[1..<max(1, length - 1)]
      found.append((String(decoding: inner, as: UTF8.self), line))
      line += inner.count { $0 == UInt8(ascii: "\n") }
      position += opening.count - 1 + length
    } else if bytes[position] == UInt8(ascii: "\\"), hashes == 0,
      bytes[(position + 1)...].first != UInt8(ascii: "\n")
    {
      position += 2
    } else {
      position += 1
    }
  }
  return found
}

/// The bytes from the opening parenthesis that `text` begins with to the closing one.
private func balancedLength(_ text: String) -> Int {
  var depth = 0
  for token in swiftTokens(text) {
    if token.text == "(" { depth += 1 }
    if token.text == ")" { depth -= 1 }
    if depth == 0 { return offset(of: token, in: text) + 1 }
  }
  return text.utf8.count
}

private func offset(of token: SwiftToken, in text: String) -> Int {
  let lines = text.utf8.split(
    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  return lines.prefix(token.line - 1).reduce(0) { $0 + $1.count + 1 } + token.column
}
