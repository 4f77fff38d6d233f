extension PageWriter {
  func writeLink(_ node: MarkdownNode) {
    let address = text.tokens.restored(node.address)
    note(address, line: line(of: node), isImage: false)
    guard !isInLink, !isBare else { return writeInlines(of: node) }
    html += "<a href=\"\(HTMLText.escapedAddress(renderer.pageAddress(address)))\""
    writeTitle(of: node)
    if PageRenderer.isExternal(address) { html += " rel=\"external noopener\"" }
    html += ">"
    isInLink = true
    writeInlines(of: node)
    isInLink = false
    html += "</a>"
  }

  func writeImage(_ node: MarkdownNode) {
    let address = text.tokens.restored(node.address)
    let alternative = words(of: node)
    note(address, line: line(of: node), isImage: true)
    if alternative.trimmed.isEmpty {
      report(
        "the picture \(address) has no alternative text: say between the brackets what it shows",
        line: line(of: node))
    }
    html +=
      "<img src=\"\(HTMLText.escapedAddress(address))\" alt=\"\(HTMLText.escaped(alternative))\""
    writeTitle(of: node)
    html += " />"
    searchText += alternative
  }

  private func writeTitle(of node: MarkdownNode) {
    let title = text.tokens.restored(node.title)
    if !title.isEmpty { html += " title=\"\(HTMLText.escaped(title))\"" }
  }

  /// What a node says, without markup.
  func words(of node: MarkdownNode) -> String {
    switch node.kind {
    case .text, .code: return text.tokens.restored(node.literal)
    case .softBreak, .lineBreak: return " "
    case .footnoteReference, .html: return ""
    default: return node.children.map(words).joined()
    }
  }

  private func line(of node: MarkdownNode) -> Int { node.lines?.lowerBound ?? blockLine }

  private func note(_ target: String, line: Int, isImage: Bool) {
    guard !isBare else { return }
    let origin = origin(ofLine: line)
    result.links.append(
      .init(
        target: target, line: origin.line, isImage: isImage,
        includedFrom: origin.file == file ? nil : origin.file))
  }

  /// Notes the links and pictures of HTML that the author wrote.
  func noteAddresses(inHTML markup: String) {
    guard markup.contains("=") else { return }
    for match in markup.matches(of: /\s(href|src)\s*=\s*"([^"]*)"/.ignoresCase()) {
      let address = String(match.2).replacing("&amp;", with: "&")
      note(address, line: blockLine, isImage: match.1.lowercased() == "src")
    }
  }
}
