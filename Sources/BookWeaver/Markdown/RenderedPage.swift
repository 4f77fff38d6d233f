/// A page's text as HTML, before it is put into the site's frame.
package struct RenderedPage: Equatable, Sendable {
  /// The first heading as plain text.
  package var title: String
  /// The content, in which each `{{#ref}}` and `[@…]` is a `PendingReference.token`; so it is in
  /// headings, labels and words to search.
  package var html: String
  package var headings: [Heading]
  package var labels: [Label]
  /// Keys of the sources it cites, in order of first citation.
  package var citations: [String]
  /// Links that the text makes, for checking.
  package var links: [Link]
  /// Ids in the page, for checking links.
  package var anchors: Set<String>
  /// What search finds, by heading.
  package var searchSections: [SearchSection]
  /// The files that it includes, relative to the package.
  package var includedFiles: Set<String> = []
  /// What the tokens stand for, for `BookReferences` to resolve.
  package var references: [PendingReference] = []
  /// Everything wrong with the text; where there is something, the page is not written.
  package var problems: [WeaveProblem]

  package struct Heading: Equatable, Sendable {
    package var level: Int
    package var id: String
    /// Such as `8.3`; empty in pages without a number and for the title.
    package var number: String
    /// Its content as HTML, without links.
    package var html: String
  }

  package struct Link: Equatable, Sendable {
    package var target: String
    package var line: Int
    package var isImage: Bool
    /// The file that the line is in, where the page includes it from there.
    package var includedFrom: String?
  }

  package struct SearchSection: Equatable, Sendable {
    package var anchor: String
    package var title: String
    package var text: String
  }
}

extension RenderedPage {
  /// The page of a text that cannot be read.
  init(title: String, problems: [WeaveProblem]) {
    self.init(
      title: title, html: "", headings: [], labels: [], citations: [], links: [], anchors: [],
      searchSections: [], problems: problems)
  }
}
