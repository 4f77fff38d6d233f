package import Foundation

/// What of Markdown's additions a book uses: switches of `book.toml`.
package struct MarkdownOptions: Equatable, Sendable {
  /// Whether straight quotation marks, `--` and `...` become what they stand for.
  package var smartPunctuation = true
  package var definitionLists = true
  /// Whether `> [!NOTE]` and its like are set apart.
  package var admonitions = true
  package var math = true
  /// Whether `@key` cites; off in a book without a bibliography.
  package var citations = true
  package var includes = true
  /// By language of code in a text, how the lines begin that a page leaves out.
  package var hiddenLines: [String: String] = [:]

  package init() {}
}

/// Makes pages of Markdown texts: CommonMark and GitHub's additions by cmark-gfm; formulas,
/// directives, citations, labels and numbers by this.
package struct PageRenderer {
  let options: MarkdownOptions
  let root: URL
  let math: MathRenderer
  let citationKeys: Set<String>
  let highlight: (String) -> String
  let pageAddress: (String) -> String

  /// - Parameters:
  ///   - root: the package's folder, below which included files lie.
  ///   - math: renders formulas.
  ///   - citationKeys: the keys of the bibliography.
  ///   - highlight: makes HTML of the Swift code of fences.
  ///   - pageAddress: makes the address in the book of a link's, such as `../ssd/ssd.md`.
  package init(
    options: MarkdownOptions = MarkdownOptions(), root: URL, math: MathRenderer,
    citationKeys: Set<String> = [], highlight: @escaping (String) -> String = HTMLText.escaped,
    pageAddress: @escaping (String) -> String = PageRenderer.pageAddress
  ) {
    self.options = options
    self.root = root
    self.math = math
    self.citationKeys = citationKeys
    self.highlight = highlight
    self.pageAddress = pageAddress
  }

  /// Renders a page's text.
  ///
  /// Whatever is wrong with the text is in the page's problems; one problem does not hide the next.
  /// - Parameters:
  ///   - text: the Markdown.
  ///   - file: where it was read from, relative to the package.
  ///   - chapterNumber: such as `8`; nil for a page without a number.
  ///   - directives: what renders the parts of the chapter's program; nil for a page without one.
  package func render(
    text: String, file: String, chapterNumber: String?,
    directives: (any DirectiveRenderer)? = nil
  ) -> RenderedPage {
    var expander = IncludeExpander(root: root)
    var lines = lines(of: text, file: file, &expander)
    var problems = expander.problems
    for (index, line) in lines.enumerated() where TokenTable.clashes(with: line.text) {
      problems.append(
        line.problem(
          "the characters from U+100000 on are for the book's own use; take them away here"))
      lines[index].text.unicodeScalars.removeAll { TokenTable.characters.contains($0.value) }
    }
    let tokenized = TokenizedText(lines, options: options)
    let writer = PageWriter(
      self, tokenized, file: file, chapterNumber: chapterNumber, directives: directives)
    var page = writer.page()
    page.includedFiles = expander.includedFiles
    page.problems = (problems + page.problems).uniqueInOrder()
    return page
  }

  /// A page's text with the files that it includes in their places.
  package func expanded(_ text: String, file: String) -> String {
    var expander = IncludeExpander(root: root)
    return lines(of: text, file: file, &expander).map(\.text).joined(separator: "\n")
  }

  private func lines(
    of text: String, file: String, _ expander: inout IncludeExpander
  ) -> [SourceLine] {
    options.includes
      ? expander.expand(text, file: file) : SourceLine.lines(of: text, file: file)
  }

  /// The default: a page is beside its text; `ssd.md#loss` becomes `ssd.html#loss`, and `README.md`
  /// is a folder's `index.html`, as in mdBook.
  package static func pageAddress(_ address: String) -> String {
    guard !isExternal(address) else { return address }
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, path.hasSuffix(".md") else { return address }
    var page = path.dropLast(3)
    if page == "README" || page.hasSuffix("/README") { page = page.dropLast(6) + "index" }
    return page + ".html" + (parts.count > 1 ? "#\(parts[1])" : "")
  }

  /// Whether an address leads out of the book.
  static func isExternal(_ address: String) -> Bool {
    address.hasPrefix("//")
      || address.firstIndex { !$0.isLetter && !$0.isNumber && !"+.-".contains($0) }
        .map { address[$0] == ":" && $0 > address.startIndex } == true
  }
}

extension Array where Element == WeaveProblem {
  /// Sorted by file and line, without repetition.
  func uniqueInOrder() -> [WeaveProblem] {
    var seen: Set<WeaveProblem> = []
    return sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }.filter {
      seen.insert($0).inserted
    }
  }
}
