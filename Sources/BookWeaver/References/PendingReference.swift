/// A place in a page whose text is known only when all pages are: a number in another chapter, an
/// author and year.
package struct PendingReference: Equatable, Sendable {
  package enum Target: Equatable, Sendable {
    case label(String)
    case citation(Citation)
  }
  package var target: Target
  /// Whether it may become a link: not within a link, and not in the sidebar.
  package var isLinked: Bool
  /// The file it stands in, relative to the package, and its line from 1.
  package var file: String
  package var line: Int

  /// The character that stands in a page for its reference `index`.
  static func token(_ index: Int) -> String {
    Unicode.Scalar(TokenTable.characters.lowerBound + UInt32(index)).map { String($0) } ?? ""
  }

  /// The index of the reference that `scalar` stands for.
  static func index(_ scalar: Unicode.Scalar) -> Int? {
    TokenTable.characters.contains(scalar.value)
      ? Int(scalar.value - TokenTable.characters.lowerBound) : nil
  }
}
