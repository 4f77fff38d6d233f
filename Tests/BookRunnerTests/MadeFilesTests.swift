import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct MadeFilesTests {
  private let book: TemporaryBook

  init() throws {
    book = try TemporaryBook()
    let transcript = Transcript(
      chapter: "ssd", profile: .full, state: .complete, began: 0, seconds: 90, cells: [])
    try book.write(JSONLines.encode(transcript), to: "output/ssd/transcript.json")
    for path in [
      "output/.gitignore", "output/ssd/figures/a.svg", "output/ssd/ssd.html", "output/index.html",
      "output/quick/ssd/records.json", "output/quick/index.html", ".cache/data/bananas/1.png",
      ".cache/checkpoints/ssd/full/net/weights.safetensors", "Chapters/ssd/main.swift",
    ] { try book.write("12345", to: path) }
    try book.write(JSONLines.encode(ReuseKey()), to: ".cache/checkpoints/ssd/full/net/key.json")
    try book.write(
      JSONLines.encode(Replay(outputs: [], records: [], seconds: 60)),
      to: ".cache/checkpoints/ssd/full/net/replay.json")
  }

  private func made(includesKept: Bool) -> MadeFiles {
    MadeFiles(book.folders, chapters: ["ssd", "yolo"], includesKept: includesKept)
  }

  /// Every file of the book that is left, locks aside.
  private func filesLeft() -> [String] {
    let walk = FileManager.default.enumerator(atPath: book.folders.root.path)
    return (walk?.compactMap { $0 as? String } ?? []).filter {
      !$0.contains("locks")
        && (try? book.folders.root.appending(path: $0).resourceValues(forKeys: [.isRegularFileKey]))?
          .isRegularFile == true
    }.sorted()
  }

  @Test func `results and pages are told apart, with sizes and the time they took`() {
    let groups = made(includesKept: false).groups
    #expect(groups.map(\.what) == ["results of ssd", "results of ssd (quick)", "pages"])
    #expect(groups.map(\.seconds) == [90, nil, nil])
    #expect(groups[1].bytes == 5)
    #expect(groups[2].bytes == 15)
  }

  @Test func `what is kept between runs counts only if asked for`() {
    let groups = made(includesKept: true).groups.dropFirst(3)
    #expect(
      groups.map(\.what) == ["checkpoints of ssd", "pictures and other things made once"])
    #expect(groups.map(\.seconds) == [60, nil])
  }

  @Test func `results and pages are deleted, all else stays`() throws {
    try made(includesKept: false).remove()
    #expect(
      filesLeft().filter { !$0.hasPrefix(".cache") }
        == ["Chapters/ssd/main.swift", "output/.gitignore"])
    #expect(filesLeft().count { $0.hasPrefix(".cache") } == 4)
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: book.folders.root.appending(path: "output").path) == [".gitignore"])
  }

  @Test func `with what is kept, nothing made is left`() throws {
    try made(includesKept: true).remove()
    #expect(filesLeft() == ["Chapters/ssd/main.swift", "output/.gitignore"])
    #expect(made(includesKept: true).groups.isEmpty)
  }

  @Test func `nothing is deleted while a chapter runs`() throws {
    let lock = try FileLock(book.folders.lock(of: "yolo", .quick))
    let before = filesLeft()
    let error = #expect(throws: RunError.self) { try made(includesKept: true).remove() }
    #expect(error?.description.contains("“yolo”") == true)
    #expect(filesLeft() == before)
    withExtendedLifetime(lock) {}
  }
}
