extension PageWriter {
  func writeHeading(_ node: MarkdownNode) {
    let level = node.headingLevel
    let own = labelAtEnd(of: node)
    closeSearchSection()
    // Written twice: for the page, and without links for the sidebar and references.
    let content = captured { writeInlines(of: node) }.trimmed
    let bareContent = bare { writeInlines(of: node) }.trimmed
    let words = self.words(of: node).trimmed
    // A reference in a heading is known to this page only: other pages name the heading without it.
    let labelTitle = String(
      String.UnicodeScalarView(
        bareContent.unicodeScalars.filter { PendingReference.index($0) == nil }))
    let isTitle = level == 1 && result.title.isEmpty
    let number = isTitle ? "" : sectionNumber(level: level)
    let id = own?.name ?? slugs.next(for: words)

    if isTitle { result.title = words }
    result.headings.append(.init(level: level, id: id, number: number, html: bareContent))
    if let own {
      let label = Label(
        name: own.name, kind: isTitle ? .chapter : .section,
        number: isTitle ? chapterNumber ?? "" : number, anchor: id, title: labelTitle)
      note(label, at: own.token)
    }
    if isTitle, own?.name != pageName { notePage(id, labelTitle) }
    result.searchSections.append(.init(anchor: id, title: words, text: ""))
    searchText = ""

    let shown = isTitle ? chapterNumber ?? "" : number
    let prefix = shown.isEmpty ? "" : "<span class=\"section-number\">\(shown)</span> "
    let heading = "<h\(level) id=\"\(HTMLText.escaped(id))\">\(prefix)\(content)</h\(level)>"
    if level == 1 {
      html += heading + "\n"
    } else {
      let name = HTMLText.escaped(words)
      html += """
        <div class="heading">\(heading)<a class="anchor" href="#\(HTMLText.escapedAddress(id))" \
        aria-label="Link to “\(name)”"></a></div>

        """
    }
  }

  /// The page's own name: `ssd` for `Chapters/ssd/ssd.md`.
  private var pageName: String {
    String(file.split(separator: "/").last?.prefix { $0 != "." } ?? "")
  }

  /// Every page can be referred to by its name.
  private func notePage(_ anchor: String, _ title: String) {
    let label = Label(
      name: pageName, kind: .chapter, number: chapterNumber ?? "", anchor: anchor, title: title)
    note(label, at: Token(kind: .label(pageName), source: "", file: file, line: 1))
  }

  /// The number of the next heading of a numbered chapter: `8.3` on level 2, `8.3.1` on level 3.
  private func sectionNumber(level: Int) -> String {
    switch level {
    case 2: sectionCounts = (sectionCounts.second + 1, 0)
    case 3: sectionCounts.third += 1
    default: return ""
    }
    guard let chapterNumber, sectionCounts.second > 0 else { return "" }
    let second = "\(chapterNumber).\(sectionCounts.second)"
    return level == 2 ? second : "\(second).\(sectionCounts.third)"
  }

  /// Takes the label off the end of a heading's or caption's text.
  func labelAtEnd(of node: MarkdownNode) -> (name: String, token: Token)? {
    guard let last = node.children.last, last.kind == .text,
      let scalar = last.literal.unicodeScalars.last,
      let token = text.tokens[scalar], case .label(let name) = token.kind
    else { return nil }
    last.setLiteral(String(last.literal.unicodeScalars.dropLast()).trimmedEnd)
    return (name, token)
  }
}
