import BookFormat

/// What `chapter check` finds in a chapter's program and in its text, beyond what weaving finds.
package struct CellCheck {
  private let material: ChapterMaterial

  package init(_ material: ChapterMaterial) { self.material = material }

  /// All of it.
  ///
  /// - Parameters:
  ///   - page: the chapter's Markdown.
  ///   - pageFile: its file, relative to the package.
  package func problems(page: String, pageFile: String) -> [WeaveProblem] {
    laterNames + figuresWithoutWords + typedNumbers(page: page, pageFile: pageFile)
  }

  /// The cells that mention what only a later cell defines: a function that runs before a variable
  /// further down has its value reads zero instead.
  package var laterNames: [WeaveProblem] {
    let program = ProgramScopes(material.source)
    let definitions = Dictionary(program.definitions.map { ($0.name, $0) }) { first, _ in first }
    var reported: Set<String> = []
    return program.mentions.compactMap { mention in
      guard let definition = definitions[mention.name],
        let cell = cellIndex(mention.line), let home = cellIndex(definition.line), cell < home,
        reported.insert("\(cell) \(mention.name)").inserted
      else { return nil }
      return WeaveProblem(
        file: material.sourceFile, line: mention.line,
        "the cell “\(CellSection.name(of: material.cells[cell]))” mentions “\(mention.name)”, which "
          + "“\(material.cells[home].name)” defines later, in line \(definition.line); move the "
          + "definition up or the mention down")
    }
  }

  private func cellIndex(_ line: Int) -> Int? {
    material.cells.firstIndex { $0.lines.contains(line) }
  }

  private var figuresWithoutWords: [WeaveProblem] {
    (material.transcript?.cells ?? []).flatMap { cell in
      cell.outputs.compactMap { output in
        guard case .figure(let entry) = output, entry.alt.allSatisfy(\.isWhitespace) else {
          return nil
        }
        let line = material.cells.first { $0.name == cell.name }?.line ?? cell.line
        return WeaveProblem(
          file: material.sourceFile, line: line,
          "the figure “\(entry.name)” has no alt text: what does it say?")
      }
    }
  }

  /// The numbers of the text that are a record's, but were typed: the next run may bring others.
  private func typedNumbers(page: String, pageFile: String) -> [WeaveProblem] {
    let records = material.records.filter {
      $0.key.hasPrefix("\(material.chapter).") && $0.value.profile == .full
    }.sorted { $0.key < $1.key }
    guard !records.isEmpty else { return [] }
    return ProseNumber.all(in: page).compactMap { number in
      guard let record = records.first(where: { number.isRounding(of: $0.value.value) }) else {
        return nil
      }
      return WeaveProblem(
        file: pageFile, line: number.line,
        "“\(number.text)” is typed, but measured: write {{#record \(record.key) "
          + "%.\(number.places)f\(number.isPercentage ? " percent" : "")}}")
    }
  }
}
