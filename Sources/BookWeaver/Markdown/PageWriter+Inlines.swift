import BookRunner

extension PageWriter {
  func writeInlines(of node: MarkdownNode) {
    for child in node.children { write(inline: child) }
  }

  func write(inline node: MarkdownNode) {
    switch node.kind {
    case .text: write(node.literal)
    case .softBreak:
      html += "\n"
      searchText += " "
    case .lineBreak:
      html += "<br />\n"
      searchText += " "
    case .code:
      let code = text.tokens.restored(node.literal)
      html += "<code>\(HTMLText.escaped(code))</code>"
      searchText += code
    case .html:
      let markup = text.tokens.restored(node.literal)
      html += markup
      noteAddresses(inHTML: markup)
    case .emphasis: write(node, in: "em")
    case .strong: write(node, in: "strong")
    case .struck: write(node, in: "del")
    case .link: writeLink(node)
    case .image: writeImage(node)
    case .footnoteReference: writeFootnoteReference(node)
    default: writeInlines(of: node)
    }
  }

  private func write(_ node: MarkdownNode, in element: String) {
    html += "<\(element)>"
    writeInlines(of: node)
    html += "</\(element)>"
  }

  // MARK: Words and tokens

  /// Writes words with tokens among them.
  private func write(_ words: String) {
    guard TokenTable.mayHoldTokens(words) else { return writePlain(words) }
    var plain = ""
    for scalar in words.unicodeScalars {
      if let token = text.tokens[scalar] {
        writePlain(plain)
        plain = ""
        write(token)
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    writePlain(plain)
  }

  private func writePlain(_ words: String) {
    html += HTMLText.escaped(words)
    searchText += words
  }

  private func write(_ token: Token) {
    switch token.kind {
    case .formula(let tex, let isDisplay, let label):
      if isDisplay, !isBare {
        writeDisplayed(tex, label: label, token: token, element: "span")
      } else {
        html += formula(tex, isDisplay: false, token)
        searchText += tex
      }
    case .directive(let directive): write(directive, token)
    case .citation(let citation): write(citation, token)
    case .label(let name):
      result.problems.append(
        token.problem(
          "{#\(name)} names nothing here: a label ends a heading, a formula on lines of its own or a "
            + "caption; `\\{#` shows the braces"))
    case .definition: writePlain(": ")
    case .mistake(let message): result.problems.append(token.problem(message))
    }
  }

  private func write(_ directive: Directive, _ token: Token) {
    if directive.name == "ref" {
      guard directive.arguments.count == 1, directive.options.isEmpty else {
        result.problems.append(token.problem("write one label, as in {{#ref fig-loss}}"))
        return
      }
      return write(.label(directive.arguments[0]), token)
    }
    guard let directives else {
      result.problems.append(token.problem(PageWriter.noProgram(directive)))
      return
    }
    do throws(WeaveProblem) {
      let content = withoutTokens(try directives.inline(directive))
      html += content
      searchText += content.replacing(/<[^>]*>/, with: "")
    } catch {
      result.problems.append(error)
    }
  }

  private func write(_ citation: Citation, _ token: Token) {
    for source in citation.sources {
      guard renderer.citationKeys.contains(source.key) else {
        result.problems.append(
          token.problem(unknownKey(source.key, isNarrative: citation.isNarrative)))
        continue
      }
      if !isBare, !result.citations.contains(source.key) { result.citations.append(source.key) }
    }
    write(.citation(citation), token)
  }

  private func unknownKey(_ key: String, isNarrative: Bool) -> String {
    let hint = nearestName(to: key, in: renderer.citationKeys.sorted()).map {
      "did you mean “\($0)”?"
    }
    return "the bibliography has no entry “\(key)”; "
      + (hint ?? "add it" + (isNarrative ? ", or write `\\@` for the sign" : ""))
  }

  /// Writes the token of something that only all pages together can tell.
  private func write(_ target: PendingReference.Target, _ token: Token) {
    let reference = PendingReference(
      target: target, isLinked: !isInLink && !isBare, file: token.file, line: token.line)
    let character = PendingReference.token(result.references.count)
    result.references.append(reference)
    html += character
    searchText += character
  }

  // MARK: Formulas

  /// A formula's HTML; nothing where it is wrong.
  func formula(_ tex: String, isDisplay: Bool, _ token: Token) -> String {
    do throws(MathError) {
      return try renderer.math.html(tex.trimmed, isDisplay: isDisplay)
    } catch {
      report(error, tex: tex, at: token)
      return ""
    }
  }

  /// Writes a formula on a line of its own, with a number where it has a label.
  func writeDisplayed(_ tex: String, label: String?, token: Token, element: String) {
    let content = formula(tex, isDisplay: true, token)
    searchText += tex + "\n"
    let number = label.map { _ in numbering.next(.equation) }
    let name = number.map { "Equation \($0)" } ?? "Formula"
    // Long formulas scroll: they can be reached by key, and have a name when they are.
    html += "<\(element) class=\"equation\""
    if let label, let number {
      html += " id=\"\(HTMLText.escaped(label))\""
      note(Label(name: label, kind: .equation, number: number, anchor: label), at: token)
    }
    html += " role=\"group\" aria-label=\"\(name)\" tabindex=\"0\">\(content)"
    if let number { html += "<span class=\"equation-number\">(\(number))</span>" }
    html += "</\(element)>"
  }
}
