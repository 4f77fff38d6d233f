import Foundation

/// What the TeX in a bibliography's values stands for.
enum BibTeXText {
  /// A value as plain text: accents put on their letters, braces and commands taken away.
  static func plain(_ value: String) -> String {
    var rest = value[...]
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case "{", "}", "$": break
      case "~": text += "\u{A0}"
      case "\\": text += command(&rest)
      case _ where character.isWhitespace: if !text.hasSuffix(" ") { text += " " }
      default: text.append(character)
      }
    }
    for (tex, sign) in [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")] {
      text = text.replacing(tex, with: sign)
    }
    return text.trimmed.precomposedStringWithCanonicalMapping
  }

  /// A value that is a part of an address, in which nothing but braces and backslashes goes.
  static func address(_ value: String) -> String {
    value.filter { !"{}\\".contains($0) }.trimmed
  }

  /// The people of an `author` value: names joined by “and”.
  static func people(_ value: String) -> [Bibliography.Person] {
    split(value, at: " and ").map { name in
      let parts = split(name, at: ",").map(\.trimmed)
      if parts.count > 1, let family = parts.first {
        // Last, First or Last, Jr, First.
        return .init(
          family: plain(family), given: plain(parts.dropFirst().reversed().joined(separator: ", ")))
      }
      let words = split(name.trimmed, at: " ").filter { !$0.isEmpty }
      // “van der” and the like, in small letters, belong to the family's name.
      let start = words.dropLast().firstIndex { $0.first?.isLowercase == true } ?? words.count - 1
      return .init(
        family: plain(words[max(0, start)...].joined(separator: " ")),
        given: plain(words[..<max(0, start)].joined(separator: " ")))
    }
  }

  /// Splits outside braces.
  private static func split(_ value: String, at separator: String) -> [String] {
    let value = value.split(whereSeparator: \.isNewline).joined(separator: " ")
    var parts: [String] = []
    var part = ""
    var depth = 0
    var rest = value[...]
    while let character = rest.first {
      if depth == 0, rest.hasPrefix(separator) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(separator.count)
        continue
      }
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      part.append(character)
      rest = rest.dropFirst()
    }
    return parts + [part]
  }

  // MARK: Commands

  /// Accents as the combining characters that follow their letters.
  private static let accents: [String: String] = [
    "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}",
    "=": "\u{304}", ".": "\u{307}", "u": "\u{306}", "v": "\u{30C}", "H": "\u{30B}",
    "c": "\u{327}", "k": "\u{328}", "r": "\u{30A}", "d": "\u{323}", "b": "\u{331}",
  ]

  private static let letters: [String: String] = [
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "times": "×",
  ]

  /// What the command behind a backslash stands for; takes it and an accent's letter.
  private static func command(_ rest: inout Substring) -> String {
    guard let first = rest.popFirst() else { return "" }
    var name = String(first)
    if first.isLetter {
      while let next = rest.first, next.isLetter { name.append(rest.removeFirst()) }
      if rest.first == " " { rest.removeFirst() }
    }
    if let accent = accents[name] {
      rest = rest.drop { $0 == "{" || $0 == " " }
      guard var letter = rest.popFirst().map(String.init) else { return "" }
      // An i under an accent is written without its dot.
      if letter == "\\" {
        letter = command(&rest).replacing("ı", with: "i").replacing("ȷ", with: "j")
      }
      return letter + accent
    }
    // `\&` is the sign; `\emph` and the like leave what they are applied to.
    return letters[name] ?? (first.isLetter ? "" : name)
  }
}
