import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct TranscriptFreshnessTests {
  private let book: TemporaryBook
  private let main = "Chapters/ssd/main.swift"

  /// A chapter of three cells with a complete run, whose cell `b` showed a figure.
  init() throws {
    book = try TemporaryBook()
    try book.write("let chapters = [\"ssd\"]", to: "Package.swift")
    try book.write(
      "import Lower\ncell(\"a\")\nlet a = 1\ncell(\"b\")\nlet b = 1\ncell(\"c\")\nlet c = 1\n",
      to: main)
    try book.write("let l = 1\n", to: "Sources/Lower/Lower.swift")
    try leave(transcript())
    try book.write("[]", to: "output/ssd/records.json")
    for file in figure.files { try book.write("", to: "output/ssd/figures/\(file)") }
  }

  private let figure = FigureEntry(name: "b-1", alt: "B", caption: nil, width: 1, height: 1)

  private func prepared() throws -> PreparedChapter {
    try PreparedChapter("ssd", in: book.surroundings, profile: .full)
  }

  private func transcript() throws -> Transcript {
    let prepared = try prepared()
    return Transcript(
      chapter: "ssd", profile: .full, state: .complete, began: 0, seconds: 1,
      cells: [
        CellTranscript(name: "a", line: 2, state: .fresh),
        CellTranscript(name: "b", line: 4, state: .fresh, outputs: [.figure(entry: figure)]),
        CellTranscript(name: "c", line: 6, state: .fresh),
      ], key: ReuseKey(prepared.sharedKey.parts + prepared.cells.keyParts))
  }

  private func leave(_ transcript: Transcript) throws {
    try book.write(JSONLines.encode(transcript), to: "output/ssd/transcript.json")
  }

  private func replace(_ old: String, _ new: String, in path: String) throws {
    try book.write(try book.text(of: path).replacing(old, with: new), to: path)
  }

  @Test func `a complete run is fresh until something changes`() throws {
    #expect(try prepared().freshness == .fresh)
    #expect(try prepared().freshness.staleCells.isEmpty)
  }

  @Test func `a chapter without a transcript has never run`() throws {
    try FileManager.default.removeItem(
      at: book.folders.root.appending(path: "output/ssd/transcript.json"))
    #expect(try prepared().freshness == .neverRun)
  }

  @Test func `times, comments, blank space and prose change nothing`() throws {
    try replace("let b = 1", "/* why */ let b =   1\n\n", in: main)
    try replace("let l", "// about l\nlet l", in: "Sources/Lower/Lower.swift")
    try book.write("# Prose\n", to: "Chapters/ssd/ssd.md")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1e9)],
      ofItemAtPath: book.folders.root.appending(path: main).path)
    #expect(try prepared().freshness == .fresh)
  }

  @Test(arguments: [
    ("let a = 1", "let a = 2", "the cell “a” changed", ["a", "b", "c"]),
    ("let b = 1", "let b = 2", "the cell “b” changed", ["b", "c"]),
    ("let c = 1", "let c = 2", "the cell “c” changed", ["c"]),
    (
      "import Lower", "import Lower\nimport Foundation", "the code before the first cell changed",
      ["a", "b", "c"]
    ),
    ("cell(\"c\")", "cell(\"d\")", "the cell “d” is new", ["d"]),
    ("cell(\"b\")\nlet b = 1\n", "", "the cell “b” is gone", ["c"]),
    ("let c = 1\n", "let c = 1\ncell(\"d\")\n", "the cell “d” is new", ["d"]),
    ("let c = 1\n", "", "the cell “c” changed", ["c"]),
  ])
  func `a changed cell is named and makes what follows stale`(
    old: String, new: String, reason: String, cells: [String]
  ) throws {
    try replace(old, new, in: main)
    #expect(try prepared().freshness == .stale(reason: reason, cells: Set(cells)))
  }

  @Test func `a changed library makes every cell stale`() throws {
    try replace("1", "2", in: "Sources/Lower/Lower.swift")
    #expect(
      try prepared().freshness
        == .stale(
          reason: "the library file Sources/Lower/Lower.swift changed", cells: ["a", "b", "c"]))
  }

  @Test func `a transcript without a key is stale, no error`() throws {
    var old = try transcript()
    old.key = nil
    try leave(old)
    let freshness = try prepared().freshness
    #expect(freshness.description.hasPrefix("stale: its last run was by an older command"))
    #expect(freshness.staleCells == ["a", "b", "c"])
  }

  @Test(arguments: [(RunState.failed, "failed"), (.interrupted, "was interrupted")])
  func `a run that did not complete is stale, its unchanged cells are not`(
    state: RunState, word: String
  ) throws {
    var broken = try transcript()
    broken.state = state
    broken.failure = Failure(
      message: "m", cell: "b", file: main, line: 4, lineIsExact: true)
    try leave(broken)
    #expect(
      try prepared().freshness
        == .stale(reason: "the last run \(word) in the cell “b”", cells: []))
    try replace("let c = 1", "let c = 2", in: main)
    #expect(try prepared().freshness.staleCells == ["c"])
  }

  @Test func `a figure that is gone makes its cell stale`() throws {
    let path = "figures/b-1-dark.svg"
    try FileManager.default.removeItem(at: book.folders.root.appending(path: "output/ssd/\(path)"))
    #expect(
      try prepared().freshness == .stale(reason: "the file \(path) is gone", cells: ["b"]))
  }

  @Test func `records that are gone make the chapter stale`() throws {
    try FileManager.default.removeItem(
      at: book.folders.root.appending(path: "output/ssd/records.json"))
    #expect(
      try prepared().freshness
        == .stale(reason: "the file records.json is gone", cells: ["a", "b", "c"]))
  }
}
