import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct PreparedChapterTests {
  private let book: TemporaryBook

  init() throws {
    book = try TemporaryBook()
    try book.write("let chapters = [\"ssd\"]", to: "Package.swift")
    try book.write("cell(\"a\")\n", to: "Chapters/ssd/main.swift")
  }

  private func prepare(_ chapter: String = "ssd", data: String? = nil) throws -> PreparedChapter {
    try PreparedChapter(
      chapter, in: book.surroundings, profile: .full,
      dataFolder: data.map { book.folders.root.appending(path: $0) })
  }

  @Test func `a missing or empty data folder is refused before anything is built`() throws {
    try FileManager.default.createDirectory(
      at: book.folders.root.appending(path: "empty"), withIntermediateDirectories: true)
    let missing = #expect(throws: RunError.self) { try prepare(data: "none") }
    #expect(missing?.description.contains("none is not there") == true)
    let empty = #expect(throws: RunError.self) { try prepare(data: "empty") }
    #expect(empty?.description.contains("empty is empty") == true)
    #expect(
      !FileManager.default.fileExists(atPath: book.folders.root.appending(path: "output").path))
  }

  @Test func `a chapter with a wrong cell is refused with its line`() throws {
    try book.write("cell(\"a\")\ncell(\"a\")\n", to: "Chapters/ssd/main.swift")
    let error = #expect(throws: CellError.self) { try prepare() }
    #expect(error?.description.hasPrefix("Chapters/ssd/main.swift:2: ") == true)
  }

  @Test func `a run knows its chapter's program, cells and data`() throws {
    try book.write("x", to: "data/a.png")
    let run = try prepare(data: "data").run(mayReuse: true)
    #expect(book.folders.relative(run.executable) == ".build/release/ssd")
    #expect(run.cells.map(\.name) == ["", "a"])
    #expect(run.run.dataFolder == book.folders.root.appending(path: "data").path)
    #expect(run.sharedKey.parts.contains { $0.kind == .data && $0.name == "a.png" })
  }

  /// Stores a checkpoint of cell `a` whose block ran for 100 seconds.
  private func storeCheckpoint(of chapter: PreparedChapter) throws {
    let key = ReuseKey(chapter.sharedKey.parts + chapter.cells.keyParts(upTo: "a"))
    let folder = ".cache/checkpoints/ssd/full/net"
    try book.write(JSONLines.encode(key), to: "\(folder)/key.json")
    try book.write(
      JSONLines.encode(Replay(outputs: [], records: [], seconds: 100)), to: "\(folder)/replay.json")
  }

  /// Leaves the transcript of a complete run of 120 seconds.
  private func leaveTranscript(reused: [String], state: RunState = .complete) throws {
    let cell = CellTranscript(name: "a", line: 1, state: .fresh, reusedCheckpoints: reused)
    let transcript = Transcript(
      chapter: "ssd", profile: .full, state: state, began: 0, seconds: 120, cells: [cell])
    try book.write(JSONLines.encode(transcript), to: "output/ssd/transcript.json")
  }

  @Test func `a run is estimated by the last one, with more or less to train`() throws {
    #expect(try prepare().estimatedSeconds(mayReuse: true) == nil)
    try leaveTranscript(reused: [])
    #expect(try prepare().estimatedSeconds(mayReuse: true) == 120)
    try storeCheckpoint(of: prepare())
    #expect(try prepare().estimatedSeconds(mayReuse: true) == 20)
    #expect(try prepare().estimatedSeconds(mayReuse: false) == 120)
    try leaveTranscript(reused: ["net"])
    #expect(try prepare().estimatedSeconds(mayReuse: true) == 120)
    #expect(try prepare().estimatedSeconds(mayReuse: false) == 220)
    try book.write("cell(\"a\")\nlet changed = 1\n", to: "Chapters/ssd/main.swift")
    #expect(try prepare().estimatedSeconds(mayReuse: true) == 220)
  }

  @Test func `a run that did not complete estimates nothing`() throws {
    try leaveTranscript(reused: [], state: .failed)
    #expect(try prepare().estimatedSeconds(mayReuse: true) == nil)
  }

  @Test func `what other chapters measured is read anew, the chapter's source is not`() throws {
    let read = "cell(\"a\")\nlet folder = try resultsFolder(of: \"yolo\")\n"
    try book.write(read, to: "Chapters/ssd/main.swift")
    let before = try prepare()
    try book.write("[1]", to: "output/yolo/records.json")
    try book.write(read + "let later = 1\n", to: "Chapters/ssd/main.swift")
    let after = try before.withCurrentResults()
    #expect(
      before.sharedKey.firstDifference(from: after.sharedKey)
        == "what the chapter “yolo” measured changed")
    #expect(after.cells == before.cells)
  }

  @Test func `a chapter is stale while one that it reads is`() throws {
    func leave(_ chapter: String) throws {
      let prepared = try prepare(chapter)
      let transcript = Transcript(
        chapter: chapter, profile: .full, state: .complete, began: 0, seconds: 1, cells: [],
        key: ReuseKey(prepared.sharedKey.parts + prepared.cells.keyParts))
      try book.write("[]", to: "output/\(chapter)/records.json")
      try book.write(JSONLines.encode(transcript), to: "output/\(chapter)/transcript.json")
    }
    try book.write("let chapters = [\"ssd\", \"yolo\"]", to: "Package.swift")
    try book.write(
      "cell(\"a\")\n_ = try resultsFolder(of: \"yolo\")\n_ = try resultsFolder(of: \"ssd\")\n",
      to: "Chapters/ssd/main.swift")
    try book.write("cell(\"b\")\n", to: "Chapters/yolo/main.swift")
    try book.write("[]", to: "output/ssd/records.json")
    try leave("ssd")
    // What never ran is missing, not stale: the chapter itself says so.
    #expect(try prepare().freshness == .fresh)
    try leave("yolo")
    try leave("ssd")
    #expect(try prepare().freshness == .fresh)
    try book.write("cell(\"b\")\nlet changed = 1\n", to: "Chapters/yolo/main.swift")
    #expect(
      try prepare().freshness
        == .stale(
          reason: "it reads what the chapter “yolo” measured, which is stale", cells: ["a"]))
    #expect(try prepare().staleChaptersRead == ["yolo"])
    try leave("yolo")
    #expect(try prepare().freshness == .fresh)
  }

  @Test func `a lock that another run holds is waited for until an interrupt`() throws {
    let chapter = try prepare()
    let interruption = try Interruption()
    var waits = 0
    let held = try chapter.lock(interruption: interruption) { waits += 1 }
    #expect(held != nil && waits == 0)
    let second = try chapter.lock(interruption: interruption) {
      waits += 1
      interruption.interrupt()
    }
    #expect(second == nil && waits == 1)
    withExtendedLifetime(held) {}
  }
}
