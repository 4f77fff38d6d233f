/// What puts the parts of a chapter's program into its page.
///
/// The page's renderer calls it in reading order, once for each directive that it does not handle
/// itself (it handles `include`, `ref` and citations).
package protocol DirectiveRenderer {
  /// What a directive that stands alone in a paragraph becomes: `cell`, `source`.
  func block(_ directive: Directive, numbering: inout Numbering) throws(WeaveProblem) -> BlockHTML
  /// What a directive within a sentence becomes: `record`. Escaped HTML.
  func inline(_ directive: Directive) throws(WeaveProblem) -> String
  /// What no directive has placed and has no neighbour before it; nil where there is nothing.
  func rest(numbering: inout Numbering) throws(WeaveProblem) -> BlockHTML?
}

/// A block of a page that a directive has become.
package struct BlockHTML: Equatable, Sendable {
  package var html: String
  /// What in it can be referred to.
  package var labels: [Label]
  /// What search finds in it: words, no markup.
  package var searchText: String

  package init(html: String, labels: [Label] = [], searchText: String = "") {
    self.html = html
    self.labels = labels
    self.searchText = searchText
  }
}
