/// A piece of Swift source that means something: no comment, no blank space.
package struct SwiftToken: Equatable, Sendable {
  package var text: String
  /// Where it begins: 1-based line, 0-based column in bytes.
  package var line: Int
  package var column: Int
  /// What stands before it: nothing, blank space, or a line end.
  package var gap: Gap

  package enum Gap: UInt8, Sendable {
    case none, blank, lineEnd
  }
}

/// Cuts Swift source into tokens.
///
/// Strings (with interpolation, raw, multi-line) and regular expressions are one token each, taken
/// as written. Unfinished ones end at the end of the line or the file: the compiler will complain,
/// this does not.
package func swiftTokens(_ source: String) -> [SwiftToken] {
  var scanner = SwiftScanner(bytes: Array(source.utf8))
  return scanner.tokens()
}

/// The tokens in a form that is equal exactly where the meaning is: blank space counts where Swift
/// lets it count, around operators and before opening brackets.
package func canonicalText(_ tokens: some Collection<SwiftToken>) -> String {
  var text = ""
  var tokens = tokens.makeIterator()
  var current = tokens.next()
  while let token = current {
    let next = tokens.next()
    switch token.kind {
    case .operation:
      // `a - b`, `a -b` and `a-b` differ; blank space and line ends do not.
      text += token.gap == .none ? "·" : "_"
      text += token.text
      text += next?.gap == SwiftToken.Gap.none ? "·" : "_"
    case .opening:
      // `f(x)`, `f (x)` and `f`, line end, `(x)` may differ.
      text += "\(token.gap.rawValue)\(token.text)"
    case .other:
      text += token.text
    }
    text += "\n"
    current = next
  }
  return text
}

extension SwiftToken {
  fileprivate enum Kind { case operation, opening, other }

  fileprivate var kind: Kind {
    guard let first = text.utf8.first else { return .other }
    if first == UInt8(ascii: "(") || first == UInt8(ascii: "[") { return .opening }
    return SwiftScanner.operatorBytes.contains(first) && text != "." ? .operation : .other
  }
}

/// Walks over the bytes of a Swift source.
private struct SwiftScanner {
  static let operatorBytes = Set("/=-+!*%<>&|^~?.".utf8)

  let bytes: [UInt8]
  var position = 0
  var line = 1
  var lineStart = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func tokens() -> [SwiftToken] {
    var tokens: [SwiftToken] = []
    var gap = SwiftToken.Gap.lineEnd
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") {
        gap = .lineEnd
        step()
      } else if byte == UInt8(ascii: " ") || (0x09...0x0d).contains(byte) {
        if gap == .none { gap = .blank }
        step()
      } else if skipComment() {
        if gap == .none { gap = .blank }
      } else {
        let (start, startLine, column) = (position, line, position - lineStart)
        takeToken(after: tokens.last, gap: gap)
        tokens.append(
          SwiftToken(
            text: String(decoding: bytes[start..<position], as: UTF8.self), line: startLine,
            column: column, gap: gap))
        gap = .none
      }
    }
    return tokens
  }

  private mutating func step(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") {
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
  }

  private func sees(_ text: StaticString, at offset: Int = 0) -> Bool {
    let start = position + offset
    let count = text.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[start + $0] == text.utf8Start[$0] }
  }

  private mutating func skipComment() -> Bool {
    if sees("//") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { step() }
      return true
    }
    guard sees("/*") else { return false }
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        step(2)
      } else if sees("*/") {
        depth -= 1
        step(2)
      } else {
        step()
      }
    } while depth > 0 && position < bytes.count
    return true
  }

  private mutating func takeToken(after previous: SwiftToken?, gap: SwiftToken.Gap) {
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") { return takeString(hashes: 0) }
    if byte == UInt8(ascii: "#") {
      let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
      if sees("\"", at: hashes) { return takeString(hashes: hashes) }
      if sees("/", at: hashes) { return takeExtendedRegex(hashes: hashes) }
    }
    if isWord(byte) || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@") {
      step()
      while position < bytes.count, isWord(bytes[position]) { step() }
      return
    }
    if byte == UInt8(ascii: "`") {
      step()
      while position < bytes.count, bytes[position] != byte, !sees("\n") { step() }
      return step()
    }
    if byte == UInt8(ascii: "/"), takeBareRegex(after: previous, gap: gap) { return }
    guard Self.operatorBytes.contains(byte) else { return step() }
    step()
    while position < bytes.count, Self.operatorBytes.contains(bytes[position]), !sees("//"),
      !sees("/*")
    { step() }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// Takes a string literal that begins with `hashes` number signs and a quote.
  private mutating func takeString(hashes: Int) {
    step(hashes)
    let isMultiline = sees("\"\"\"")
    let quotes = isMultiline ? 3 : 1
    step(quotes)
    while position < bytes.count {
      if !isMultiline, bytes[position] == UInt8(ascii: "\n") { return }
      if bytes[position] == UInt8(ascii: "\\"), sees(hashes: hashes, at: 1) {
        step(1 + hashes)
        if position < bytes.count, bytes[position] == UInt8(ascii: "(") {
          takeInterpolation()
        } else {
          step()
        }
      } else if isMultiline ? sees("\"\"\"") : sees("\""), sees(hashes: hashes, at: quotes) {
        return step(quotes + hashes)
      } else {
        step()
      }
    }
  }

  /// Takes a parenthesised expression inside a string, with the strings and comments inside it.
  private mutating func takeInterpolation() {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "(") {
        depth += 1
        step()
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        step()
        if depth == 0 { return }
      } else if byte == UInt8(ascii: "\"") {
        takeString(hashes: 0)
      } else if byte == UInt8(ascii: "#") {
        let hashes = bytes[position...].prefix { $0 == byte }.count
        if sees("\"", at: hashes) { takeString(hashes: hashes) } else { step(hashes) }
      } else if !skipComment() {
        step()
      }
    }
  }

  private func sees(hashes: Int, at offset: Int) -> Bool {
    (0..<hashes).allSatisfy { sees("#", at: offset + $0) }
  }

  private mutating func takeExtendedRegex(hashes: Int) {
    step(hashes + 1)
    while position < bytes.count {
      if sees("\\") {
        step(2)
      } else if sees("/"), sees(hashes: hashes, at: 1) {
        return step(1 + hashes)
      } else {
        step()
      }
    }
  }

  /// Takes `/…/` where a value may stand and the line holds its end; division is left alone.
  private mutating func takeBareRegex(after previous: SwiftToken?, gap: SwiftToken.Gap) -> Bool {
    guard
      gap != .none || previous.map({ ["(", "[", "{", ",", ":", ";"].contains($0.text) }) ?? true
    else { return false }
    var end = position + 1
    guard end < bytes.count, bytes[end] != UInt8(ascii: " "), bytes[end] != UInt8(ascii: "=")
    else { return false }
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "/") {
        step(end + 1 - position)
        return true
      }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return false
  }
}
