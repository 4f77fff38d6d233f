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
      chapter, in: book.folders, profile: .full,
      dataFolder: data.map { book.folders.root.appending(path: $0) }, environment: [:],
      toolchain: Toolchain(version: "Swift 6.3.1"))
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
    let run = try prepare(data: "data").run(mayReuse: true, environment: [:])
    #expect(book.folders.relative(run.executable) == ".build/release/ssd")
    #expect(run.cells.map(\.name) == ["", "a"])
    #expect(run.run.dataFolder == book.folders.root.appending(path: "data").path)
    #expect(run.sharedKey.parts.contains { $0.kind == .data && $0.name == "a.png" })
  }
}
