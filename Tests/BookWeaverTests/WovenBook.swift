import BookFormat
import BookWeaver
import Foundation

/// A book of two chapters, the second of which refers to the first, in a folder of its own.
struct WovenBook {
  let folder = TemporaryFolder()
  /// By chapter: its last run.
  var transcripts: [String: Transcript]

  static let boxesText = """
    # Boxes

    ## Corners {#sec-corners}

    A box has corners [@ren2015], of which

    $$x_0 < x_1.$$

    {{#cell shapes label=fig-shapes caption="A box."}}

    {{#include note.md:kept}}

    """
  static let boxesProgram = """
    import Book

    cell("shapes")
    show(box, alt: "A box.")

    cell("overlap")
    record("iou", 0.5)
    """

  init() throws {
    let shapes = CellTranscript(
      name: "shapes", line: 3, state: .fresh, outputs: [.figure(entry: .sample("shapes-1"))])
    let overlap = CellTranscript(
      name: "overlap", line: 6, state: .fresh,
      records: [RecordEntry(name: "iou", value: 0.5, unit: "", profile: .full, cell: "overlap")])
    transcripts = [
      "boxes": Transcript(
        chapter: "boxes", profile: .full, state: .complete, began: 0, seconds: 1,
        cells: [shapes, overlap])
    ]
    try write(
      """
      [book]
      title = "A small book"
      bibliography = "references.bib"

      [output.html.search]
      enable = false
      """, to: "book.toml")
    try write("- [Boxes](boxes/boxes.md)\n- [Detector](ssd/ssd.md)\n", to: "Chapters/SUMMARY.md")
    try write(
      """
      @article{ren2015, title={Regions}, author={Ren, S.}, year={2015}, journal={A}}
      @article{liu2016, title={One shot}, author={Liu, W.}, year={2016}, journal={B}}
      """, to: "Chapters/references.bib")
    try write(Self.boxesProgram, to: "Chapters/boxes/main.swift")
    try write(Self.boxesText, to: "Chapters/boxes/boxes.md")
    try write("<!-- ANCHOR: kept -->\nA note.\n<!-- ANCHOR_END: kept -->", to: noteFile)
    try write("import Book\n\ncell(\"net\")\nprint(1)\n", to: "Chapters/ssd/main.swift")
    try writeDetector("First words.")
    for file in ["shapes-1.svg", "shapes-1-dark.svg"] {
      try write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "output/boxes/figures/\(file)")
    }
    try write("public struct Box {}\n", to: "Sources/Detection/Box.swift")
  }

  let noteFile = "Chapters/boxes/note.md"

  func write(_ text: String, to path: String) throws { try folder.write(text, to: path) }

  /// Writes the second chapter, which refers to the first in every way, with `words` of its own.
  func writeDetector(_ words: String) throws {
    try write(
      """
      # Detector

      After {{#ref sec-corners}} and {{#ref fig-shapes}}: [corners](../boxes/boxes.md#sec-corners).

      {{#cell net}}

      It reaches {{#record boxes.iou %.2f}} [@liu2016]. \(words)
      """, to: "Chapters/ssd/ssd.md")
  }

  /// Writes the pages and returns what came of it.
  func weave() throws -> BookPages.Report { try pages().write() }

  func pages() throws -> BookPages {
    let records = transcripts.values.flatMap { transcript in
      transcript.cells.flatMap(\.records).map { ("\(transcript.chapter).\($0.name)", $0) }
    }
    var materials: [ChapterMaterial] = []
    var unreadable: [String: WeaveProblem] = [:]
    for chapter in ["boxes", "ssd"] {
      let file = "Chapters/\(chapter)/main.swift"
      let source = try folder.text(file)
      do throws(CellError) {
        materials.append(
          ChapterMaterial(
            chapter: chapter, profile: .full, sourceFile: file, source: source,
            cells: try splitCells(source, file: file), transcript: transcripts[chapter],
            records: Dictionary(uniqueKeysWithValues: records)))
      } catch {
        unreadable[chapter] = WeaveProblem(file: error.file, line: error.line, error.reason)
      }
    }
    return BookPages(
      BookFolders(root: folder.url), profile: .full, materials: materials, unreadable: unreadable,
      toolchain: "test", environment: [:], server: .shared)
  }

  /// A page, or another file of the built book.
  func page(_ path: String) throws -> String { try folder.text("output/\(path)") }

  /// All files of the built book.
  func outputBytes() throws -> [String: Data] {
    let files = folder.files.filter { $0.hasPrefix("output/") }
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        (String($0.dropFirst(7)), try Data(contentsOf: folder.url.appending(path: $0)))
      })
  }

  /// When each file of the built book was last written.
  func outputDates() throws -> [String: Date] {
    let files = folder.files.filter { $0.hasPrefix("output/") }
    return try Dictionary(
      uniqueKeysWithValues: files.map { file in
        let path = folder.url.appending(path: file).path
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        return (String(file.dropFirst(7)), date as? Date ?? .distantPast)
      })
  }
}
