import BookFormat

/// A cell of a chapter on its page: its name and state, its code, what it put out, its error.
struct CellSection {
  let material: ChapterMaterial
  let highlighter: CodeHighlighter
  let cell: Cell
  var options = CellOptions()
  /// A sentence above the cell, as HTML.
  var note = ""

  /// What directives and ids call it: what stands before the first cell is the start.
  static func name(of cell: Cell) -> String { cell.name.isEmpty ? "start" : cell.name }

  func block(numbering: inout Numbering) -> BlockHTML {
    let name = Self.name(of: cell)
    let status = material.status(of: cell.name)
    let output = output(status, numbering: &numbering)
    var html = """
      <section class="cell" id="cell-\(name)">
      <p class="cell-head"><a class="cell-name" href="#cell-\(name)">\(name)</a>\(status.html)</p>

      """
    if !note.isEmpty { html += "<p class=\"cell-note\">\(note)</p>\n" }
    html += codeHTML
    html += outputHTML(output)
    if status.word == .failed { html += failureHTML }
    html += "</section>\n"
    return BlockHTML(
      html: html, labels: output.labels,
      searchText: ([name] + output.searchText).joined(separator: " "))
  }

  /// The cell's code, without the line that begins it and without blank lines around it.
  var code: String {
    let lines = material.sourceLines
    let first = cell.name.isEmpty ? cell.lines.lowerBound : cell.lines.lowerBound + 1
    let own = lines[min(first - 1, lines.count)..<min(cell.lines.upperBound - 1, lines.count)]
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    let trimmed = own.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return trimmed.joined(separator: "\n")
  }

  private var codeHTML: String {
    let code = code
    guard !options.hidesCode, !code.isEmpty else { return "" }
    let block = highlighter.block(code)
    return options.collapsesCode
      ? "<details class=\"cell-code\"><summary>Code</summary>\(block)</details>\n" : block + "\n"
  }

  private func output(_ status: CellStatus, numbering: inout Numbering) -> CellOutputBlock {
    guard !options.hidesOutput else {
      return CellOutputBlock([], options: options, numbering: &numbering)
    }
    var output = CellOutputBlock(
      material.result(of: cell.name)?.outputs ?? [], options: options, numbering: &numbering)
    if ![.fresh, .reused].contains(status.word) {
      let shows = swiftTokens(code).count { $0.text == "show" && $0.column == 0 }
      output.addPlaces(
        upTo: max(shows, options.label == nil ? 0 : 1), cell: Self.name(of: cell),
        numbering: &numbering)
    }
    return output
  }

  private func outputHTML(_ output: CellOutputBlock) -> String {
    var html = output.html
    if html.isEmpty, !options.hidesOutput { html = recordsHTML }
    guard !html.isEmpty else { return "" }
    if output.figureCount == 0, let caption = options.caption {
      html += "<p class=\"cell-caption\">\(HTMLText.escaped(caption))</p>"
    }
    return options.collapsesOutput
      ? "<details class=\"cell-output\"><summary>Output</summary>\(html)</details>\n"
      : "<div class=\"cell-output\">\(html)</div>\n"
  }

  /// What a cell measured that otherwise says nothing.
  private var recordsHTML: String {
    let records = material.result(of: cell.name)?.records ?? []
    guard !records.isEmpty else { return "" }
    let items = records.map { record in
      let unit = record.unit.isEmpty ? "" : "\u{a0}\(record.unit)"
      return HTMLText.escaped("\(record.name) \(NumberFormat.plain.text(record.value))\(unit)")
    }
    return "<p class=\"cell-records\">recorded: \(items.joined(separator: ", "))</p>"
  }

  private var failureHTML: String {
    guard let failure = material.transcript?.failure else { return "" }
    let line = failure.line.map { ":\($0)" } ?? ""
    let place = HTMLText.escaped(failure.file + line)
    let wording = failure.lineIsExact || failure.line == nil ? "at" : "in the cell that begins at"
    return """
      <div class="cell-error"><p><strong>The run stopped here</strong>, \(wording) \
      <code>\(place)</code>:</p><pre class="printed" tabindex="0">\(plain(failure.message))</pre></div>

      """
  }

  /// What a program says, without its controls.
  private func plain(_ text: String) -> String {
    var screen = TerminalScreen()
    screen.print(text, to: .stdout)
    return screen.lines.map { line in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: line.map(\.scalar))
      return HTMLText.escaped(String(text))
    }.joined(separator: "\n")
  }
}
