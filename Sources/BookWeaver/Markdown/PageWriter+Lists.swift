extension PageWriter {
  func writeList(_ list: MarkdownNode) {
    guard !isDefinitions(list) else { return writeWithoutTerms(list) }
    let element = list.isOrdered ? "ol" : "ul"
    let start = list.isOrdered && list.firstNumber != 1 ? " start=\"\(list.firstNumber)\"" : ""
    let isTasks = list.children.contains { $0.kind == .taskItem }
    html += "<\(element)\(start)\(isTasks ? " class=\"tasks\"" : "")>\n"
    for item in list.children {
      startLine()
      html += "<li>"
      if item.kind == .taskItem {
        let state = item.isDone ? "checked=\"\" aria-label=\"done\"" : "aria-label=\"to do\""
        html += "<input type=\"checkbox\" disabled=\"\" \(state) /> "
      }
      writeItemContent(item)
      html += "</li>\n"
    }
    html += "</\(element)>\n"
  }

  /// Writes an item's blocks; those after a first loose word begin lines of their own.
  private func writeItemContent(_ item: MarkdownNode) {
    let content = captured { write(blocks: item.children) }
    let beginsWithWords = item.firstChild.map {
      $0.kind == .paragraph && item.parent?.isTight == true
    }
    if beginsWithWords == false { html += "\n" }
    html += content
  }

  // MARK: Definitions

  /// Writes the terms and definitions that begin `blocks`; how many blocks they are, nil where none.
  func writeDefinitions(_ blocks: ArraySlice<MarkdownNode>) -> Int? {
    var used = 0
    while let terms = blocks.dropFirst(used).first, terms.kind == .paragraph,
      let definitions = blocks.dropFirst(used + 1).first, isDefinitions(definitions)
    {
      if used == 0 {
        startLine()
        html += "<dl>\n"
      }
      writeTerms(terms)
      for definition in definitions.children { writeDefinition(definition) }
      used += 2
    }
    guard used > 0 else { return nil }
    html += "</dl>\n"
    return used
  }

  /// Lines that begin with a colon and define nothing are paragraphs.
  private func writeWithoutTerms(_ list: MarkdownNode) {
    for item in list.children {
      let content = captured { write(blocks: item.children) }
      html += list.isTight ? "<p>\(content)</p>\n" : content
    }
  }

  private func isDefinitions(_ list: MarkdownNode) -> Bool {
    list.kind == .list && list.firstChild.map { definitionMark(of: $0) != nil } == true
  }

  /// The text node of an item that begins a definition.
  private func definitionMark(of item: MarkdownNode) -> MarkdownNode? {
    guard let words = item.firstChild?.firstChild, words.kind == .text,
      let first = words.literal.unicodeScalars.first, text.tokens[first]?.kind == .definition
    else { return nil }
    return words
  }

  /// Each line of the paragraph before definitions is a term.
  private func writeTerms(_ paragraph: MarkdownNode) {
    html += "<dt>"
    for child in paragraph.children {
      if child.kind == .softBreak {
        html += "</dt>\n<dt>"
        searchText += "\n"
      } else {
        write(inline: child)
      }
    }
    html += "</dt>\n"
    searchText += "\n"
  }

  private func writeDefinition(_ item: MarkdownNode) {
    if let words = definitionMark(of: item) {
      words.setLiteral(String(words.literal.unicodeScalars.dropFirst()))
    }
    html += "<dd>"
    writeItemContent(item)
    html += "</dd>\n"
  }
}
