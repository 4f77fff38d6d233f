/// A page's text with a token in place of all that Markdown does not know.
struct TokenizedText {
  private(set) var lines: [SourceLine]
  private(set) var tokens = TokenTable()

  /// Where the footnote of each name is defined, and where it is referred to.
  private(set) var footnotes: [String: SourceLine] = [:]
  private(set) var footnoteReferences: [String: SourceLine] = [:]

  init(_ lines: [SourceLine], options: MarkdownOptions) {
    self.lines = lines
    markVerbatimLines()
    if options.math { replaceDisplayedFormulas() }
    if options.definitionLists, beginDefinitions() { markVerbatimLines() }
    replaceInline(options)
  }

  private mutating func markVerbatimLines() {
    for (index, isVerbatim) in BlockOutline(lines).isVerbatim.enumerated() {
      lines[index].isVerbatim = isVerbatim
    }
  }

  // MARK: Displayed formulas

  /// Makes one line of each formula that begins a line with `$$`.
  ///
  /// That comes before the other tokens, since its lines may look like lists or headings.
  private mutating func replaceDisplayedFormulas() {
    var result: [SourceLine] = []
    result.reserveCapacity(lines.count)
    var index = 0
    while index < lines.count {
      if let (line, next) = displayedFormula(at: index) {
        result.append(line)
        index = next
      } else {
        result.append(lines[index])
        index += 1
      }
    }
    lines = result
  }

  /// The line with a token for the formula that begins at a line, and the line after the formula.
  private mutating func displayedFormula(at start: Int) -> (SourceLine, next: Int)? {
    let first = lines[start]
    guard !first.isVerbatim, first.content.hasPrefix("$$") else { return nil }
    let isQuoted = first.containerPrefix.contains(UInt8(ascii: ">"))
    var content = Array(first.content.utf8)
    var last = start
    while true {
      if let formula = FormulaDelimiters.displayed(in: content, at: 0) {
        guard let tex = formula.tex else { return nil }
        let token = Token(
          kind: .formula(tex: tex, isDisplay: true, label: formula.label),
          source: String(decoding: content[..<formula.end], as: UTF8.self),
          file: first.file, line: first.number)
        var line = first
        line.text = String(first.text[..<first.content.startIndex])
        line.text += tokens.add(token)
        line.text += String(decoding: content[formula.end...], as: UTF8.self)
        return (line, last + 1)
      }
      last += 1
      guard last < lines.count, !lines[last].isVerbatim else { return nil }
      let next = isQuoted ? lines[last].content : lines[last].text[...]
      guard next.contains(where: { !$0.isWhitespace }) else { return nil }
      content.append(UInt8(ascii: "\n"))
      content.append(contentsOf: next.utf8)
    }
  }

  // MARK: Definitions

  /// Makes list items, which Markdown knows, of definitions, which it does not; whether it made any.
  private mutating func beginDefinitions() -> Bool {
    var found = false
    for (index, line) in lines.enumerated() where !line.isVerbatim {
      let rest = line.content.dropFirst()
      guard line.content.hasPrefix(":"), rest.first == " " || rest.first == "\t",
        let word = rest.firstIndex(where: { !$0.isWhitespace }),
        lines[max(0, index - 2)..<index].contains(where: { !$0.content.isEmpty && !$0.isVerbatim })
      else { continue }
      let token = Token(kind: .definition, source: "", file: line.file, line: line.number)
      lines[index].text =
        line.text[..<line.content.startIndex] + "*" + rest[..<word] + tokens.add(token)
        + rest[word...]
      found = true
    }
    return found
  }

  // MARK: Within sentences

  private mutating func replaceInline(_ options: MarkdownOptions) {
    let outline = BlockOutline(lines)
    var scanner = InlineScanner(options: options, tokens: tokens)
    var result: [SourceLine] = []
    result.reserveCapacity(lines.count)
    var next = 0
    for leaf in outline.leaves {
      result += lines[next..<leaf.lines.lowerBound].map(verbatim)
      noteFootnote(lines[leaf.lines.lowerBound])
      result += scanner.scan(InlineRun(lines[leaf.lines], leaf))
      next = leaf.lines.upperBound
    }
    lines = result + lines[next...].map(verbatim)
    (tokens, footnoteReferences) = (scanner.tokens, scanner.footnoteReferences)
  }

  /// In code, `\{{#include` stands for the directive's own text.
  private func verbatim(_ line: SourceLine) -> SourceLine {
    guard line.text.contains(#"\{{#include"#) else { return line }
    var line = line
    line.text = line.text.replacing(#"\{{#include"#, with: "{{#include")
    return line
  }

  private mutating func noteFootnote(_ line: SourceLine) {
    guard line.content.hasPrefix("[^"), let end = line.content.firstRange(of: "]:") else { return }
    let name = line.content[..<end.lowerBound].dropFirst(2).lowercased()
    footnotes[name] = footnotes[name] ?? line
  }
}
