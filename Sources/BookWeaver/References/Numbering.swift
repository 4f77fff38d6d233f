/// What has a number of its own in a chapter.
package enum NumberedKind: String, Codable, Sendable, CaseIterable {
  case chapter, section, figure, table, equation

  /// The word before the number, as in “Figure 3.2”.
  package var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// Counts a page's figures, tables and equations: `8.1`, `8.2` … in chapter 8, plain `1`, `2` … in
/// a page without a number.
package struct Numbering: Equatable, Sendable {
  private let chapter: String?
  private var counts: [NumberedKind: Int] = [:]

  /// - Parameter chapter: the page's number, such as `8`; nil for prefix and suffix pages.
  package init(chapter: String?) { self.chapter = chapter }

  /// The number of the next thing of this kind.
  package mutating func next(_ kind: NumberedKind) -> String {
    counts[kind, default: 0] += 1
    let count = counts[kind, default: 0]
    return chapter.map { "\($0).\(count)" } ?? "\(count)"
  }
}

/// A name for something that `{{#ref name}}` points to.
package struct Label: Codable, Equatable, Sendable {
  package var name: String
  package var kind: NumberedKind
  /// Its number, such as `8.2`; empty for an unnumbered section.
  package var number: String
  /// The id of its element in the page.
  package var anchor: String
  /// Its heading as HTML without links; what stands for it where it has no number.
  package var title: String
  /// The line it is given in, from 1; nil where that is not known.
  package var line: Int?

  package init(
    name: String, kind: NumberedKind, number: String, anchor: String, title: String = "",
    line: Int? = nil
  ) {
    self.name = name
    self.kind = kind
    self.number = number
    self.anchor = anchor
    self.title = title
    self.line = line
  }
}
