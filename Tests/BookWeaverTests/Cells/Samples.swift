import BookFormat
import Testing

@testable import BookWeaver

/// A small chapter with a run, for the tests of this folder.
struct SampleChapter {
  static let source = """
    import Book

    cell("shapes")
    print("shapes")

    cell("curves")

    show(curve, alt: "A curve.")

    cell("last")
    record("ap50", 0.93)
    """

  var material: ChapterMaterial
  let code: TemporaryCode
  var pageText = "{{#cell shapes}} {{#cell curves}} {{#cell last}}"
  var chapters = ["ssd", "yolo"]

  init(_ source: String = source, cells: [CellTranscript]? = nil, failure: Failure? = nil) throws {
    code = try TemporaryCode()
    material = ChapterMaterial(
      chapter: "ssd", profile: .full, sourceFile: "Chapters/ssd/main.swift", source: source,
      cells: try splitCells(source, file: "Chapters/ssd/main.swift"),
      transcript: cells.map {
        Transcript(
          chapter: "ssd", profile: .full, state: failure == nil ? .complete : .failed,
          failure: failure, began: 0, seconds: 1, cells: $0)
      })
  }

  /// Without colours: the tests are about cells.
  func renderer() -> CellRenderer {
    let highlighter = code.highlighter(.missing)
    return CellRenderer(
      material, pageText: pageText, chapters: chapters, highlighter: highlighter,
      library: SourceLibrary(folders: code.folders, highlighter: highlighter))
  }

  /// The blocks of `{{#cell …}}` for each of `directives`, in order, in chapter 8.
  func blocks(_ directives: Directive...) throws -> [BlockHTML] {
    var numbering = Numbering(chapter: "8")
    let renderer = renderer()
    return try directives.map { try renderer.block($0, numbering: &numbering) }
  }
}

extension Directive {
  static func cell(_ name: String, _ options: [String: String] = [:]) -> Directive {
    Directive(
      name: "cell", arguments: [name], options: options, file: "Chapters/ssd/ssd.md", line: 7)
  }

  static func record(_ words: String..., options: [String: String] = [:]) -> Directive {
    Directive(
      name: "record", arguments: words, options: options, file: "Chapters/ssd/ssd.md", line: 9)
  }
}

extension CellTranscript {
  static func printed(_ name: String, _ text: String) -> CellTranscript {
    CellTranscript(
      name: name, line: 1, state: .fresh, outputs: [.text(stream: .stdout, text: text)])
  }
}

extension FigureEntry {
  static func sample(_ name: String, caption: String? = nil) -> FigureEntry {
    FigureEntry(name: name, alt: "A curve.", caption: caption, width: 420.5, height: 300)
  }
}
