/// A citation in a page's text.
package struct Citation: Equatable, Sendable {
  /// One source of it, with the words around, as in `see @ren2015, p. 3`.
  package struct Source: Equatable, Sendable {
    package var prefix: String
    package var key: String
    package var suffix: String
  }
  package var sources: [Source]
  /// Whether it is part of the sentence, `@ren2015`, and not in brackets, `[@ren2015]`.
  package var isNarrative: Bool

  /// Reads what stands between the brackets of `[@a; see @b, p. 3]`.
  ///
  /// Nil where it is no citation: where no `@key` stands in its first part.
  /// - Throws: `DirectiveMistake` where a later part has no key.
  init?(bracketed text: String) throws(DirectiveMistake) {
    sources = []
    isNarrative = false
    for (index, part) in text.split(separator: ";", omittingEmptySubsequences: false).enumerated() {
      let words = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard let (sign, end) = Citation.firstKey(in: words) else {
        if index == 0 { return nil }
        throw DirectiveMistake(
          reason: "“\(words)” in the citation [\(text)] names no source: write @key, as in "
            + "[@first; @second]")
      }
      sources.append(
        Source(
          prefix: String(words[..<sign]), key: String(words[sign..<end].dropFirst()),
          suffix: String(words[end...])))
    }
  }

  init(narrative key: String) {
    sources = [Source(prefix: "", key: key, suffix: "")]
    isNarrative = true
  }

  /// Where a key that begins `text` ends: letters and digits, with single signs between them.
  static func keyEnd(in text: some StringProtocol) -> String.Index? {
    var end: String.Index?
    for index in text.indices {
      let character = text[index]
      if character.isLetter || character.isNumber || character == "_" {
        end = text.index(after: index)
      } else if end != index || !":.#$%&-+?<>~/".contains(character) {
        break
      }
    }
    return end
  }

  /// The first `@key` at the beginning of a word: its sign, and where it ends.
  private static func firstKey(in words: String) -> (sign: String.Index, end: String.Index)? {
    for sign in words.indices where words[sign] == "@" {
      let beginsWord = sign == words.startIndex || words[words.index(before: sign)] == " "
      if beginsWord, let end = keyEnd(in: words[words.index(after: sign)...]) { return (sign, end) }
    }
    return nil
  }
}
