import BookFormat

/// What a cell put out, in order: printed text, figures, and where text was left out.
struct CellOutputBlock {
  private(set) var html = ""
  private(set) var labels: [Label] = []
  private(set) var searchText: [String] = []
  private(set) var figureCount = 0
  private let options: CellOptions

  init(_ outputs: [CellOutput], options: CellOptions, numbering: inout Numbering) {
    self.options = options
    var screen = TerminalScreen()
    var precedingFile: String?
    func close(before file: String? = nil) -> String {
      let text = PrintedText(screen)
      defer {
        screen = TerminalScreen()
        precedingFile = file
      }
      if text.isEmpty { return "" }
      // The file that holds the whole is the place for the middle.
      return file != nil ? text.head : precedingFile != nil ? text.tail : text.html
    }
    for output in outputs {
      switch output {
      case .text(let stream, let text): screen.print(text, to: stream)
      case .figure(let entry):
        html += close()
        add(entry, &numbering)
      case .omitted(let bytes, let file):
        html += close(before: file.isEmpty ? nil : file)
        html += Self.omission(bytes: bytes, file: file)
      }
    }
    html += close()
  }

  /// Adds places for figures that the cell's code will show when it runs, up to `count` in all: text
  /// that refers to them, and the numbers of those behind them, stay.
  mutating func addPlaces(upTo count: Int, cell: String, numbering: inout Numbering) {
    while figureCount < count {
      figureCount += 1
      let number = numbering.next(.figure)
      html += FigureBlock.missing(
        anchor: anchor(number, name: "\(cell)-\(figureCount)"), number: number,
        caption: figureCount == 1 ? options.caption : nil)
    }
  }

  private mutating func add(_ entry: FigureEntry, _ numbering: inout Numbering) {
    figureCount += 1
    let caption = (figureCount == 1 ? options.caption : nil) ?? entry.caption
    let number = numbering.next(.figure)
    html +=
      FigureBlock(
        entry: entry, number: number, caption: caption, anchor: anchor(number, name: entry.name)
      ).html
    searchText += [caption, entry.alt].compactMap(\.self)
  }

  /// The id of the latest figure: its label, which is noted, or its name.
  private mutating func anchor(_ number: String, name: String) -> String {
    guard let label = options.label else { return "figure-\(name)" }
    let anchor = figureCount == 1 ? label : "\(label)-\(figureCount)"
    labels.append(Label(name: anchor, kind: .figure, number: number, anchor: anchor))
    return anchor
  }

  private static func omission(bytes: Int, file: String) -> String {
    guard let name = file.split(separator: "/").last else {
      return "<p class=\"omission\">\(grouped(bytes)) bytes are left out here.</p>"
    }
    // The page leaves out more than the run did.
    return """
      <p class="omission">More than \(grouped(bytes)) bytes are left out here: \
      <a href="\(ResultFile.text)/\(addressPart(String(name)))">the whole text</a>.</p>
      """
  }
}
