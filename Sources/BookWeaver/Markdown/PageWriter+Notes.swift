import BookRunner

extension PageWriter {
  /// GitHub's five kinds of admonition, by the word in `> [!NOTE]`.
  private static let admonitions = [
    "NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning",
    "CAUTION": "Caution",
  ]

  func writeQuotation(_ quotation: MarkdownNode) {
    guard renderer.options.admonitions, let name = takeAdmonitionName(of: quotation) else {
      html += "<blockquote>\n"
      write(blocks: quotation.children)
      startLine()
      html += "</blockquote>\n"
      return
    }
    admonitionCount += 1
    let id = "\(name.lowercased())-\(admonitionCount)"
    html += """
      <aside class="admonition admonition-\(name.lowercased())" role="note" aria-labelledby="\(id)">
      <p class="admonition-title" id="\(id)">\(name)</p>

      """
    write(blocks: quotation.children)
    startLine()
    html += "</aside>\n"
  }

  /// Takes the line `[!NOTE]` off the beginning of a quotation; nil where there is none.
  private func takeAdmonitionName(of quotation: MarkdownNode) -> String? {
    guard let paragraph = quotation.firstChild, paragraph.kind == .paragraph,
      let first = paragraph.firstChild, first.kind == .text,
      first.next.map({ $0.kind == .softBreak || $0.kind == .lineBreak }) ?? true,
      first.literal.hasPrefix("[!"), first.literal.trimmedEnd.hasSuffix("]")
    else { return nil }
    let word = String(first.literal.trimmedEnd.dropFirst(2).dropLast())
    guard word.allSatisfy({ $0.isUppercase }), !word.isEmpty else { return nil }
    guard let name = PageWriter.admonitions[word] else {
      let words = PageWriter.admonitions.keys.sorted()
      let hint = nearestName(to: word, in: words).map { "did you mean “\($0)”?" }
      report(
        "“[!\(word)]” is no kind of admonition; "
          + (hint ?? "they are " + words.joined(separator: ", ")),
        line: quotation.lines?.lowerBound ?? blockLine)
      return nil
    }
    first.next?.remove()
    first.remove()
    if paragraph.firstChild == nil { paragraph.remove() }
    return name
  }

  // MARK: Footnotes

  func writeFootnoteReference(_ node: MarkdownNode) {
    guard !isBare, let number = Int(node.literal) else { return }
    let use = footnoteUses[number, default: 0] + 1
    footnoteUses[number] = use
    let link =
      "<a href=\"#footnote-\(number)\" id=\"\(PageWriter.noteReferenceID(number, use))\" "
      + "role=\"doc-noteref\" aria-label=\"Footnote \(number)\">\(number)</a>"
    html += "<sup class=\"footnote-reference\">\(isInLink ? "\(number)" : link)</sup>"
  }

  private static func noteReferenceID(_ number: Int, _ use: Int) -> String {
    "footnote-reference-\(number)" + (use == 1 ? "" : "-\(use)")
  }

  /// Writes the page's footnotes, in the order in which cmark has numbered them.
  func writeFootnotes(_ definitions: [MarkdownNode]) {
    if !definitions.isEmpty {
      startLine()
      html += "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n"
      for (index, definition) in definitions.enumerated() {
        writeFootnote(definition, number: index + 1)
      }
      html += "</ol>\n</section>\n"
    }
    for (name, line) in text.footnoteReferences where text.footnotes[name] == nil {
      result.problems.append(
        line.problem(
          "the footnote “\(name)” is not defined: write “[^\(name)]: …” in a paragraph of its own; "
            + "`\\[` shows the bracket"))
    }
    for (name, line) in text.footnotes where text.footnoteReferences[name] == nil {
      result.problems.append(
        line.problem(
          "nothing refers to the footnote “\(name)”: write [^\(name)] where it belongs, or take it away"
        ))
    }
  }

  private func writeFootnote(_ definition: MarkdownNode, number: Int) {
    html += "<li id=\"footnote-\(number)\">\n"
    let content = captured { write(blocks: definition.children) }
    let uses = footnoteUses[number, default: 0]
    let back = (1...max(1, uses)).map { use in
      "<a href=\"#\(PageWriter.noteReferenceID(number, use))\" class=\"footnote-back\" "
        + "role=\"doc-backlink\" aria-label=\"Back to the text of footnote \(number)"
        + (uses > 1 ? ", place \(use)" : "") + "\">↩</a>"
    }.joined(separator: " ")
    // The way back stands at the end of the last paragraph, not below it.
    let end = "</p>\n"
    html +=
      content.hasSuffix(end)
      ? content.dropLast(end.count) + " \(back)\(end)" : content + "<p>\(back)</p>\n"
    html += "</li>\n"
  }
}
