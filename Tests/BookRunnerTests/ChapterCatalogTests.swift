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
}
