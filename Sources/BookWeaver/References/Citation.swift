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
      guard let match = words.firstMatch(of: Citation.key),
        match.range.lowerBound == words.startIndex
          || words[words.index(before: match.range.lowerBound)] == " "
      else {
        if index == 0 { return nil }
        throw DirectiveMistake(
          reason: "“\(words)” in the citation [\(text)] names no source: write @key, as in "
            + "[@first; @second]")
      }
      let prefix = words[..<match.range.lowerBound]
      sources.append(
        Source(
          prefix: String(prefix), key: String(match.1),
          suffix: String(words[match.range.upperBound...])))
    }
  }

  init(narrative key: String) {
    sources = [Source(prefix: "", key: key, suffix: "")]
    isNarrative = true
  }

  /// `@` and a key: letters and digits, and single signs between them.
  static var key: Regex<(Substring, Substring)> {
    /@([\p{L}\p{N}_]+(?:[:.#$%&\-+?<>~\/][\p{L}\p{N}_]+)*)/
  }
}
