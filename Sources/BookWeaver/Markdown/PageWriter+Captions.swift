extension PageWriter {
  /// Writes a table or picture with the caption below it; how many blocks they are, nil where
  /// `blocks` begin with no such pair.
  ///
  /// A caption is a paragraph that begins with “Table:” or “Figure:”, and ends with a label if
  /// anything refers to it.
  func writeCaptioned(_ blocks: ArraySlice<MarkdownNode>) -> Int? {
    guard let block = blocks.first else { return nil }
    if let kind = captionKind(of: block) {
      let words = kind == .table ? "a table" : "a picture that has its paragraph for itself"
      report(
        "this caption has nothing above it: “\(kind.word):” stands below \(words); begin a sentence of "
          + "the text with another word", line: blockLine)
      return nil
    }
    guard let caption = blocks.dropFirst().first else { return nil }
    let kind = captionKind(of: caption)
    if block.kind == .table, kind == .table {
      writeFigure(.table, caption, block) { self.writeTable(block, captionID: $0) }
    } else if kind == .figure, block.kind == .paragraph, isPictures(block) {
      writeFigure(.figure, caption, block) { _ in
        self.writeInlines(of: block)
        self.html += "\n"
      }
    } else {
      return nil
    }
    return 2
  }

  /// The id of something with a number and perhaps a label: `fig-loss` or `figure-8-1`.
  private func anchor(_ kind: NumberedKind, _ number: String, _ label: String?) -> String {
    label ?? "\(kind.rawValue)-\(number.replacing(".", with: "-"))"
  }

  private func captionKind(of block: MarkdownNode) -> NumberedKind? {
    guard block.kind == .paragraph, let first = block.firstChild, first.kind == .text else {
      return nil
    }
    return [NumberedKind.table, .figure].first { first.literal.hasPrefix("\($0.word): ") }
  }

  private func isPictures(_ paragraph: MarkdownNode) -> Bool {
    let children = paragraph.children
    return children.contains { $0.kind == .image }
      && children.allSatisfy {
        $0.kind == .image || $0.kind == .softBreak
          || $0.kind == .text && $0.literal.allSatisfy(\.isWhitespace)
      }
  }

  private func writeFigure(
    _ kind: NumberedKind, _ caption: MarkdownNode, _ block: MarkdownNode,
    content: (_ captionID: String) -> Void
  ) {
    let label = labelAtEnd(of: caption)
    if let first = caption.firstChild {
      first.setLiteral(String(first.literal.dropFirst(kind.word.count + 2)))
    }
    let number = numbering.next(kind)
    let id = HTMLText.escaped(anchor(kind, number, label?.name))
    if let label {
      note(Label(name: label.name, kind: kind, number: number, anchor: label.name), at: label.token)
    }
    startLine()
    let words = captured { writeInlines(of: caption) }
    searchText += "\n"
    let captionHTML = """
      <figcaption id="\(id)-caption"><span class="caption-number">\(kind.word) \(number)</span> \
      \(words)</figcaption>

      """
    html += "<figure class=\"\(kind.rawValue)\" id=\"\(id)\">\n"
    // A table's caption stands above it, where reading begins; a picture's below.
    if kind == .table { html += captionHTML }
    content("\(id)-caption")
    if kind == .figure { html += captionHTML }
    searchText += "\n"
    html += "</figure>\n"
  }

  // MARK: Tables

  /// Writes a table in a frame in which it scrolls where the page is too narrow.
  func writeTable(_ table: MarkdownNode, captionID: String? = nil) {
    let name = captionID.map { "aria-labelledby=\"\($0)\"" } ?? "aria-label=\"Table\""
    html += "<div class=\"table-scroll\" role=\"region\" \(name) tabindex=\"0\">\n<table>\n"
    let alignments = table.columnAlignments
    var isInBody = false
    for row in table.children {
      if row.isHeaderRow {
        html += "<thead>\n"
      } else if !isInBody {
        html += "<tbody>\n"
        isInBody = true
      }
      writeRow(row, alignments)
      if row.isHeaderRow { html += "</thead>\n" }
    }
    if isInBody { html += "</tbody>\n" }
    html += "</table>\n</div>\n"
  }

  private func writeRow(_ row: MarkdownNode, _ alignments: [String?]) {
    let element = row.isHeaderRow ? "th" : "td"
    html += "<tr>\n"
    for (cell, alignment) in zip(row.children, alignments) {
      html += "<\(element)"
      if row.isHeaderRow { html += " scope=\"col\"" }
      if let alignment { html += " class=\"align-\(alignment)\"" }
      html += ">"
      writeInlines(of: cell)
      html += "</\(element)>\n"
      searchText += " "
    }
    html += "</tr>\n"
    searchText += "\n"
  }
}
