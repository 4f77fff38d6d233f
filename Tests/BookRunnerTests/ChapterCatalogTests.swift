import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct ChapterCatalogTests {
  private let names = ["anchors", "ssd", "fast-rcnn", "faster-rcnn", "yolo"]

  @Test(arguments: [
    ("sdd", "ssd"), ("SSD", "ssd"), ("anchor", "anchors"), ("faster-rcn", "faster-rcnn"),
    ("fastrcnn", "fast-rcnn"), ("yol", "yolo"),
  ])
  func `a typo finds the nearest chapter`(typo: String, name: String) {
    #expect(nearestName(to: typo, in: names) == name)
  }

  @Test func `a name far from all finds none`() {
    #expect(nearestName(to: "comparison", in: names) == nil)
    #expect(nearestName(to: "ssd", in: []) == nil)
  }

  @Test func `chapters come in the manifest's order, with their titles`() throws {
    let book = try TemporaryBook()
    try book.write("let chapters = [\"yolo\", \"anchors\", \"gone\"]", to: "Package.swift")
    for name in ["anchors", "yolo", "extra"] {
      try book.write("import Book\n", to: "Chapters/\(name)/main.swift")
    }
    try book.write("Intro\n\n# Anchor boxes \nText", to: "Chapters/anchors/anchors.md")
    let catalog = try ChapterCatalog(book.folders)
    #expect(catalog.names == ["yolo", "anchors", "extra"])
    #expect(catalog.title(of: "anchors") == "Anchor boxes")
    #expect(catalog.title(of: "yolo") == nil)
    let error = #expect(throws: RunError.self) { try catalog.source(of: "yolov") }
    #expect(error?.description.contains("did you mean “yolo”?") == true)
  }

  @Test func `a program that is not UTF-8, or far too large, is named`() throws {
    let book = try TemporaryBook()
    try book.write("", to: "Package.swift")
    let file = "Chapters/ssd/main.swift"
    try book.write(Data("import Book\n// caf".utf8) + [0xE9], to: file)
    let catalog = try ChapterCatalog(book.folders)
    #expect(
      throws: SourceError(file: file, line: 2, reason: "is not UTF-8; save it as UTF-8")
    ) { try catalog.source(of: "ssd") }
    let handle = try FileHandle(forWritingTo: book.folders.root.appending(path: file))
    try handle.truncate(atOffset: 50 << 20)
    try handle.close()
    let reason = "has 50 MB; a program may have 4 MB: read data from a file"
    #expect(throws: SourceError(file: file, line: nil, reason: reason)) {
      try catalog.source(of: "ssd")
    }
  }
}
