/// Something in a page's text that Markdown does not know: a formula, a directive, a citation.
///
/// Before the Markdown is parsed, one character stands in its place.
struct Token: Equatable {
  enum Kind: Equatable {
    /// - Parameter label: the name after a displayed formula, as in `$$x$$ {#eq-x}`.
    case formula(tex: String, isDisplay: Bool, label: String?)
    case directive(Directive)
    case citation(Citation)
    /// A name of the author's own at the end of a heading or caption: `{#name}`.
    case label(String)
    /// The beginning of a definition.
    case definition
    /// Something begun and not ended, or written wrongly.
    case mistake(String)
  }
  var kind: Kind
  /// The text it was made from: where it turns out to stand in code, that is shown.
  var source: String
  var file: String
  var line: Int

  func problem(_ message: String) -> WeaveProblem {
    WeaveProblem(file: file, line: line, message)
  }
}

/// The tokens of a page, each with a private-use character of Unicode's last plane.
struct TokenTable {
  static let characters: ClosedRange<UInt32> = 0x100000...0x10FFFD
  /// The first byte of these characters in UTF-8, and of no others in a text.
  private static let leadByte: UInt8 = 0xF4

  private var tokens: [Token] = []

  /// The character that stands for `token` from now on; its source where there are no more.
  mutating func add(_ token: Token) -> String {
    let value = TokenTable.characters.lowerBound + UInt32(tokens.count)
    guard TokenTable.characters.contains(value), let scalar = Unicode.Scalar(value) else {
      return token.source
    }
    tokens.append(token)
    return String(scalar)
  }

  /// The names of all labels.
  var labels: Set<String> {
    Set(
      tokens.compactMap {
        switch $0.kind {
        case .label(let name): name
        case .formula(_, _, let label): label
        default: nil
        }
      })
  }

  subscript(scalar: Unicode.Scalar) -> Token? {
    guard TokenTable.characters.contains(scalar.value) else { return nil }
    let index = Int(scalar.value - TokenTable.characters.lowerBound)
    return index < tokens.count ? tokens[index] : nil
  }

  /// Whether `text` may hold a token.
  static func mayHoldTokens(_ text: String) -> Bool { text.utf8.contains(leadByte) }

  /// Whether `text` holds a character that this table gives away.
  static func clashes(with text: String) -> Bool {
    mayHoldTokens(text) && text.unicodeScalars.contains { characters.contains($0.value) }
  }

  /// `text` with the source of each token in its place again.
  func restored(_ text: String) -> String {
    guard TokenTable.mayHoldTokens(text) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if let token = self[scalar] {
        result += token.source
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
