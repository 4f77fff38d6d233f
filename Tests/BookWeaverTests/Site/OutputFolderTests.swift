import Foundation
import Testing

@testable import BookWeaver

struct OutputFolderTests {
  private let folder = TemporaryFolder()

  private func write(_ files: [String: String], keeping kept: [String] = []) throws -> [String] {
    var output = OutputFolder(folder.url)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { try output.write(text, to: path) }
    kept.forEach { output.keep($0) }
    try output.finish()
    return output.changes
  }

  @Test func `a file is written where its bytes differ`() throws {
    #expect(
      try write(["a.html": "1", "b/b.html": "2"]) == ["a.html", "b/b.html", "manifest.json"])
    #expect(try write(["a.html": "1", "b/b.html": "3"]) == ["b/b.html"])
    #expect(try folder.text("b/b.html") == "3")
  }

  @Test func `what the book no longer has goes, with its empty folders; what others wrote stays`()
    throws
  {
    _ = try write(["a.html": "1", "b/c/d.html": "2", "b/e.html": "3"])
    try folder.write("mine", to: "b/c.txt")
    #expect(try write(["b/e.html": "3"]) == ["a.html", "b/c/d.html", "manifest.json"])
    #expect(folder.files == ["b/c.txt", "b/e.html", "manifest.json"])
  }

  @Test func `a page that is kept keeps the assets that it may name`() throws {
    _ = try write(["a.html": "1", "assets/book-1.css": "2", "assets/book-2.css": "3"])
    _ = try write(["assets/book-3.css": "4"], keeping: ["a.html", "never.html"])
    #expect(folder.files.filter { $0.hasSuffix(".css") }.count == 3)
    #expect(folder.exists("a.html"))
  }

  @Test func `a list that was tampered with removes nothing outside, and no results`() throws {
    try folder.write("x", to: "in/ssd/records.json")
    try folder.write("x", to: "in/ssd/figures/a.svg")
    try folder.write("x", to: "out.txt")
    try folder.write(
      #"["../out.txt", "ssd/records.json", "ssd/figures/a.svg", "/etc/hostname"]"#,
      to: "in/manifest.json")
    var output = OutputFolder(folder.url.appending(path: "in"))
    try output.finish()
    #expect(output.changes == ["manifest.json"])
    #expect(folder.exists("out.txt") && folder.exists("in/ssd/records.json"))
    #expect(folder.exists("in/ssd/figures/a.svg"))
  }
}
