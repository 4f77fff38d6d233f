/// Writes a parsed page as HTML, and notes on the way what the book needs of it: headings, labels,
/// links, words to search.
final class PageWriter {
  let renderer: PageRenderer
  let text: TokenizedText
  let file: String
  let chapterNumber: String?
  let directives: (any DirectiveRenderer)?

  /// The HTML so far.
  var html = ""
  /// What has been found so far; its HTML is put in at the end.
  var result = RenderedPage(
    title: "", html: "", headings: [], labels: [], citations: [], links: [], anchors: [],
    searchSections: [], problems: [])
  var numbering: Numbering
  var slugs: Slugs
  /// How many headings there were of level 2 and 3 since the one above.
  var sectionCounts = (second: 0, third: 0)
  /// Words of the section that is being written.
  var searchText = ""

  /// Whether a link is being written, within which there may be no other.
  var isInLink = false
  /// Whether words are wanted without links and footnotes, for the sidebar.
  var isBare = false
  /// The line of the block that is being written, from 1, in `text`.
  var blockLine = 1

  var footnoteUses: [Int: Int] = [:]
  var admonitionCount = 0
  private var reportedUnavailable: Set<String> = []
  private var repeatedLabels: Set<String> = []

  init(
    _ renderer: PageRenderer, _ text: TokenizedText, file: String, chapterNumber: String?,
    directives: (any DirectiveRenderer)?
  ) {
    self.renderer = renderer
    self.text = text
    self.file = file
    self.chapterNumber = chapterNumber
    self.directives = directives
    numbering = Numbering(chapter: chapterNumber)
    slugs = Slugs(taken: text.tokens.labels)
  }

  /// Writes the whole page.
  func page() -> RenderedPage {
    let tree = MarkdownTree(
      text.lines.map(\.text).joined(separator: "\n"), isSmart: renderer.options.smartPunctuation)
    guard !tree.isTooDeep else {
      report(
        "the text is nested more than \(MarkdownTree.mostDepth) deep; take some of the nesting away",
        line: 1)
      return result
    }
    let blocks = tree.root.children
    write(blocks: blocks.filter { $0.kind != .footnote })
    placeRest()
    writeFootnotes(blocks.filter { $0.kind == .footnote })
    closeSearchSection()
    result.html = html
    checkIDs()
    return result
  }

  // MARK: Output

  /// Begins a line, as before each block.
  func startLine() {
    if let last = html.utf8.last, last != UInt8(ascii: "\n") { html += "\n" }
  }

  /// What `write` writes, by itself.
  func captured(_ write: () -> Void) -> String {
    let outer = html
    html = ""
    write()
    defer { html = outer }
    return html
  }

  /// What `write` writes and finds in bare words: no links, no footnotes, nothing noted.
  func bare(_ write: () -> Void) -> String {
    let (before, words) = (result, searchText)
    isBare = true
    defer {
      let references = result.references
      (result, searchText, isBare) = (before, words, false)
      result.references = references
    }
    return captured(write)
  }

  // MARK: Problems and places

  /// Where a line of the parsed text was written.
  func origin(ofLine line: Int) -> (file: String, line: Int) {
    guard !text.lines.isEmpty else { return (file, 1) }
    let origin = text.lines[min(max(line, 1), text.lines.count) - 1]
    return (origin.file, origin.number)
  }

  func report(_ message: String, line: Int) {
    let origin = origin(ofLine: line)
    result.problems.append(WeaveProblem(file: origin.file, line: origin.line, message))
  }

  /// Reports an error of KaTeX at the line of a formula where it lies.
  func report(_ error: MathError, tex: String, at token: Token) {
    switch error {
    case .formula(let message, let offset):
      let before = String(decoding: tex.utf16.prefix(offset ?? 0), as: UTF16.self)
      var problem = token.problem(
        "the formula “\(tex.shortened)” is not TeX that KaTeX knows: \(message)")
      problem.line = token.line + before.count { $0 == "\n" }
      result.problems.append(problem)
    case .unavailable(let message):
      // Once for a page, not for each formula.
      if reportedUnavailable.insert(message).inserted {
        result.problems.append(token.problem(message))
      }
    }
  }

  // MARK: Labels

  func note(_ label: Label, at token: Token) {
    if let other = result.labels.first(where: { $0.name == label.name }) {
      repeatedLabels.insert(label.name)
      result.problems.append(
        token.problem(
          "the label “\(label.name)” names a \(other.kind.rawValue) of this page already; choose another"
        ))
    } else {
      var label = label
      label.line = label.line ?? token.line
      result.labels.append(label)
    }
  }

  /// Notes all ids, and those that stand on two elements.
  private func checkIDs() {
    for id in HTMLText.ids(in: html)
    where !result.anchors.insert(id).inserted && !repeatedLabels.contains(id) {
      result.problems.append(
        WeaveProblem(
          file: file, line: nil,
          "two elements of this page have the id “\(id)”; rename a label, a cell or an id of your HTML"
        ))
    }
  }

  // MARK: Search

  /// Ends the words of the section so far; what follows belongs to the heading `anchor`.
  func closeSearchSection() {
    if result.searchSections.isEmpty, !searchText.trimmed.isEmpty {
      result.searchSections.append(.init(anchor: "", title: "", text: ""))
    }
    guard let index = result.searchSections.indices.last else { return }
    result.searchSections[index].text =
      searchText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    searchText = ""
  }
}

extension String {
  /// The text on one line, cut where it is long, for messages.
  fileprivate var shortened: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 60 ? line.prefix(60) + "…" : line
  }

  /// The text without blank space around.
  var trimmed: String { String(trimmedEnd.drop { $0.isWhitespace }) }

  /// The text without blank space at its end.
  var trimmedEnd: String {
    lastIndex { !$0.isWhitespace }.map { String(self[...$0]) } ?? ""
  }
}
