import BookFormat
import BookRunner

/// Puts the cells of one chapter, its measured numbers and declarations of the library into its page.
///
/// What the text does not place is not lost: such a cell comes after the one before it in the
/// program, those at the program's beginning before the first that is placed, with a note.
package final class CellRenderer: DirectiveRenderer {
  private let material: ChapterMaterial
  private let highlighter: CodeHighlighter
  private let library: SourceLibrary
  private let chapters: [String]
  /// The cells that the text places, by its own words.
  private let announced: Set<String>
  private var placed: [String: Directive] = [:]
  private var shown: Set<String> = []
  private var missingRecords: [WeaveProblem] = []

  /// - Parameters:
  ///   - pageText: the page's Markdown with its includes in place.
  ///   - chapters: the names of all chapters of the book.
  package init(
    _ material: ChapterMaterial, pageText: String, chapters: [String], highlighter: CodeHighlighter,
    library: SourceLibrary
  ) {
    self.material = material
    self.highlighter = highlighter
    self.library = library
    self.chapters = chapters
    announced = Set(
      pageText.matches(of: /\{\{#cell\s+([a-z0-9-]+)/).map { String($0.1) })
  }

  package func block(
    _ directive: Directive, numbering: inout Numbering
  ) throws(WeaveProblem) -> BlockHTML {
    switch directive.name {
    case "cell": try cell(directive, &numbering)
    case "source": try source(directive)
    default: throw unknown(directive, among: ["cell", "source"])
    }
  }

  package func inline(_ directive: Directive) throws(WeaveProblem) -> String {
    guard directive.name == "record" else { throw unknown(directive, among: ["record"]) }
    let (html, problem) = try RecordText(
      material: material, chapters: chapters, directive: directive
    ).html()
    if let problem { missingRecords.append(problem) }
    return html
  }

  package func rest(numbering: inout Numbering) throws(WeaveProblem) -> BlockHTML? {
    var blocks: [BlockHTML] = []
    for cell in material.cells where isWorthShowing(cell) && !isShown(cell) {
      blocks.append(unplaced(cell, &numbering))
    }
    return blocks.isEmpty ? nil : joined(blocks)
  }

  /// What only `chapter check` finds fault with: after the page has been rendered, the cells that
  /// its text does not place and the records that no run has measured.
  package var checkProblems: [WeaveProblem] {
    let unplaced = material.cells.filter { !$0.name.isEmpty && placed[$0.name] == nil }.map {
      WeaveProblem(
        file: material.sourceFile, line: $0.line,
        "no {{#cell \($0.name)}} in the chapter's text places this cell")
    }
    return unplaced + missingRecords
  }

  // MARK: Cells

  private func cell(
    _ directive: Directive, _ numbering: inout Numbering
  ) throws(WeaveProblem) -> BlockHTML {
    let name = try directive.argument(called: "name of a cell")
    guard let cell = material.cells.last(where: { CellSection.name(of: $0) == name }) else {
      let names = material.cells.map(CellSection.name)
      let hint = nearestName(to: name, in: names).map { "; did you mean “\($0)”?" } ?? ""
      throw directive.problem("\(material.sourceFile) has no cell “\(name)”\(hint)")
    }
    if let earlier = placed[name] {
      throw directive.problem(
        "the cell “\(name)” was placed already, in \(earlier.file):\(earlier.line)")
    }
    guard !isShown(cell) else {
      throw directive.problem("the cell “\(name)” stands on this page already")
    }
    var section = CellSection(material: material, highlighter: highlighter, cell: cell)
    section.options = try CellOptions(directive)
    placed[name] = directive
    let (before, after) = companions(of: cell)
    var blocks = before.map { unplaced($0, &numbering) }
    shown.insert(name)
    let own = section.block(numbering: &numbering)
    if section.options.label != nil, own.labels.isEmpty {
      throw directive.problem("the cell “\(name)” shows no figure that label= could name")
    }
    blocks.append(own)
    blocks += after.map { unplaced($0, &numbering) }
    return joined(blocks)
  }

  /// The cells without a place of their own that stand before and after a placed one.
  private func companions(of cell: Cell) -> (before: [Cell], after: [Cell]) {
    func isWaiting(_ cell: Cell) -> Bool {
      !announced.contains(CellSection.name(of: cell)) && !isShown(cell)
    }
    let index = material.cells.firstIndex(of: cell) ?? 0
    let earlier = material.cells[..<index]
    let later = material.cells[(index + 1)...]
    let before = earlier.allSatisfy(isWaiting) ? earlier.filter(isWorthShowing) : []
    return (before, later.prefix(while: isWaiting).filter(isWorthShowing))
  }

  /// Imports alone are not: a page has them where its text wants them.
  private func isWorthShowing(_ cell: Cell) -> Bool {
    guard cell.name.isEmpty else { return true }
    let result = material.result(of: "")
    return result.map { !$0.outputs.isEmpty || $0.state == .failed } ?? false
  }

  private func isShown(_ cell: Cell) -> Bool { shown.contains(CellSection.name(of: cell)) }

  private func unplaced(_ cell: Cell, _ numbering: inout Numbering) -> BlockHTML {
    shown.insert(CellSection.name(of: cell))
    var section = CellSection(material: material, highlighter: highlighter, cell: cell)
    section.note = "This cell is not yet placed in the text."
    return section.block(numbering: &numbering)
  }

  private func joined(_ blocks: [BlockHTML]) -> BlockHTML {
    BlockHTML(
      html: blocks.map(\.html).joined(), labels: blocks.flatMap(\.labels),
      searchText: blocks.map(\.searchText).joined(separator: "\n"))
  }

  // MARK: Declarations

  private func source(_ directive: Directive) throws(WeaveProblem) -> BlockHTML {
    try directive.refuseOptions(except: ["collapse-code"])
    let name = try directive.argument(called: "declaration")
    let quoted: QuotedSource?
    do {
      quoted = try library.quoted(name)
    } catch { throw directive.problem(error.message) }
    guard let quoted else {
      return BlockHTML(
        html: "<p class=\"quoted\"><code>\(HTMLText.escaped(name))</code> is not quoted: there is "
          + "no sourcekit-lsp to find it.</p>\n")
    }
    var code = highlighter.block(quoted.code)
    if try directive.flag("collapse-code") {
      code = "<details><summary>Code</summary>\(code)</details>"
    }
    return BlockHTML(
      html: """
        <div class="quoted"><p class="quoted-file"><code>\(HTMLText.escaped(quoted.file))</code>, \
        line \(quoted.line)</p>\(code)</div>

        """, searchText: name)
  }

  private func unknown(_ directive: Directive, among names: [String]) -> WeaveProblem {
    let all = ["cell", "source", "record", "ref", "include"]
    if all.contains(directive.name) {
      let place = names.contains("record") ? "in a paragraph of its own" : "within a sentence"
      return directive.problem("{{#\(directive.name)}} stands \(place)")
    }
    let hint =
      nearestName(to: directive.name, in: all).map { "did you mean “\($0)”?" }
      ?? "there are \(all.joined(separator: ", "))"
    return directive.problem("there is no directive “\(directive.name)”; \(hint)")
  }
}
