import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct PictureTasksTests {
  private let book: TemporaryBook
  private var root: URL { book.folders.root }

  init() throws { book = try TemporaryBook() }

  private func tasks(_ paths: String..., out: String? = nil) throws -> [PictureTask] {
    try pictureTasks(
      for: paths.map { root.appending(path: $0) }, chapter: "ssd", chapters: ["ssd", "yolo"],
      out: out.map { root.appending(path: $0) })
  }

  /// Paths relative to the temporary folder.
  private func short(_ path: String) -> String { String(path.dropFirst(root.path.count + 1)) }

  @Test func `results lie beside their picture, whether it is there or not`() throws {
    let task = try #require(try tasks("in/a b.JPG").first)
    #expect(short(task.picture) == "in/a b.JPG")
    #expect(short(task.drawing) == "in/a b.ssd.png")
    #expect(short(task.detections) == "in/a b.ssd.json")
  }

  @Test func `a folder stands for its pictures, without those that predictions drew`() throws {
    for name in [
      "b.png", "a.JPEG", "c.jpg", "a.ssd.png", "b.yolo.png", "a.ssd.json", "notes.txt", ".d.png",
      "deeper/e.png", "folder.png/f.txt",
    ] {
      try book.write("", to: "in/\(name)")
    }
    #expect(try tasks("in").map { short($0.picture) } == ["in/a.JPEG", "in/b.png", "in/c.jpg"])
  }

  @Test func `a picture that is named twice is looked at once`() throws {
    try book.write("", to: "in/a.png")
    #expect(try tasks("in/a.png", "in", "in/a.png").count == 1)
  }

  @Test func `all results can go to another folder, which is made`() throws {
    let task = try #require(try tasks("in/a.png", out: "new/out").first)
    #expect(short(task.drawing) == "new/out/a.ssd.png")
    #expect(FileManager.default.fileExists(atPath: root.appending(path: "new/out").path))
  }

  @Test func `pictures that share a name get results of their own`() throws {
    let tasks = try tasks("a.png", "a.jpg", "b/a.jpg", "c/a.jpg", out: "out")
    #expect(
      tasks.map { short($0.detections) } == [
        "out/a.ssd.json", "out/a.jpg.ssd.json", "out/a.jpg-2.ssd.json", "out/a.jpg-3.ssd.json",
      ])
  }

  @Test func `no picture of the list is written over`() throws {
    let tasks = try tasks("a.jpg", "a.ssd.png")
    #expect(tasks.map { short($0.drawing) } == ["a.jpg.ssd.png", "a.ssd.ssd.png"])
  }

  @Test func `a folder without pictures is an error that says what is looked for`() throws {
    try book.write("", to: "in/deeper/a.png")
    let error = #expect(throws: RunError.self) { try tasks("in") }
    #expect(error?.description.contains("/in holds no pictures") == true)
  }

  @Test func `results cannot go to a file`() throws {
    try book.write("", to: "out.png")
    let error = #expect(throws: RunError.self) { try tasks("a.jpg", out: "out.png") }
    #expect(error?.description.contains("--out takes a folder") == true)
  }
}
