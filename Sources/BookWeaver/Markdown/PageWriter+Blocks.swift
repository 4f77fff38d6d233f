extension PageWriter {
  /// Writes sibling blocks; some take their neighbours with them.
  func write(blocks: [MarkdownNode]) {
    var index = 0
    while index < blocks.count {
      let block = blocks[index]
      blockLine = block.lines?.lowerBound ?? blockLine
      if let used = writeDefinitions(blocks[index...]) ?? writeCaptioned(blocks[index...]) {
        index += used
      } else {
        write(block)
        index += 1
      }
    }
  }

  private func write(_ block: MarkdownNode) {
    startLine()
    switch block.kind {
    case .paragraph: writeParagraph(block)
    case .heading: writeHeading(block)
    case .quotation: writeQuotation(block)
    case .list: writeList(block)
    case .codeBlock: writeCode(block)
    case .htmlBlock:
      html += text.tokens.restored(block.literal)
      noteAddresses(inHTML: block.literal)
    case .rule: html += "<hr />\n"
    case .table: writeTable(block)
    default: write(blocks: block.children)
    }
  }

  // MARK: Paragraphs

  private func writeParagraph(_ paragraph: MarkdownNode) {
    if writeAlone(paragraph) { return }
    let content = captured { writeInlines(of: paragraph) }
    searchText += "\n"
    if isInTightList(paragraph) {
      html += content
    } else {
      html += "<p>\(content)</p>\n"
    }
  }

  private func isInTightList(_ paragraph: MarkdownNode) -> Bool {
    guard let list = paragraph.parent?.parent, list.kind == .list else { return false }
    return list.isTight
  }

  /// Writes a paragraph of nothing but directives or displayed formulas without a paragraph around;
  /// whether it is one.
  private func writeAlone(_ paragraph: MarkdownNode) -> Bool {
    guard let tokens = tokensAlone(in: paragraph) else { return false }
    let areBlocks = tokens.allSatisfy {
      switch $0.kind {
      case .directive(let directive): Directive.blockNames.contains(directive.name)
      case .formula(_, let isDisplay, _): isDisplay
      default: false
      }
    }
    guard areBlocks else { return false }
    for token in tokens {
      startLine()
      switch token.kind {
      case .directive(let directive): place(directive)
      case .formula(let tex, _, let label):
        writeDisplayed(tex, label: label, token: token, element: "div")
      default: break
      }
    }
    startLine()
    return true
  }

  /// The tokens of a paragraph that consists of tokens only.
  private func tokensAlone(in paragraph: MarkdownNode) -> [Token]? {
    var tokens: [Token] = []
    for child in paragraph.children where child.kind != .softBreak {
      guard child.kind == .text else { return nil }
      for scalar in child.literal.unicodeScalars where !scalar.properties.isWhitespace {
        guard let token = text.tokens[scalar] else { return nil }
        tokens.append(token)
      }
    }
    return tokens
  }

  // MARK: Directives

  private func place(_ directive: Directive) {
    guard let directives else {
      result.problems.append(directive.problem(PageWriter.noProgram(directive)))
      return
    }
    do throws(WeaveProblem) {
      place(try directives.block(directive, numbering: &numbering), line: directive.line)
    } catch {
      result.problems.append(error)
    }
  }

  static func noProgram(_ directive: Directive) -> String {
    "{{#\(directive.name)}} needs a chapter's program, and this page has none"
  }

  /// Writes what no directive of the page has placed.
  func placeRest() {
    do throws(WeaveProblem) {
      if let rest = try directives?.rest(numbering: &numbering) { place(rest, line: nil) }
    } catch {
      result.problems.append(error)
    }
  }

  private func place(_ block: BlockHTML, line: Int?) {
    startLine()
    html += withoutTokens(block.html)
    startLine()
    searchText += withoutTokens(block.searchText) + "\n"
    for label in block.labels {
      note(label, at: Token(kind: .label(label.name), source: "", file: file, line: line ?? 1))
    }
  }

  /// HTML of others, in which the characters of tokens, which a program may print, are escaped.
  func withoutTokens(_ html: String) -> String {
    guard TokenTable.clashes(with: html) else { return html }
    return html.unicodeScalars.reduce(into: "") { result, scalar in
      if TokenTable.characters.contains(scalar.value) {
        result += "&#x\(String(scalar.value, radix: 16));"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  // MARK: Code

  private func writeCode(_ block: MarkdownNode) {
    let language = text.tokens.restored(block.fenceInfo).prefix { !$0.isWhitespace }
    let code = withoutHiddenLines(text.tokens.restored(block.literal), String(language))
    let content = language == "swift" ? renderer.highlight(code) : HTMLText.escaped(code)
    let attribute = language.isEmpty ? "" : " class=\"language-\(HTMLText.escaped(language))\""
    // Code may be wider than the page: what scrolls can be reached by key.
    html += "<pre tabindex=\"0\"><code\(attribute)>\(content)</code></pre>\n"
    searchText += code
  }

  private func withoutHiddenLines(_ code: String, _ language: String) -> String {
    guard let mark = renderer.options.hiddenLines[language], !mark.isEmpty else { return code }
    return code.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.drop(while: \.isWhitespace).hasPrefix(mark)
    }.joined(separator: "\n")
  }
}
