import BookFormat
import BookRunner
import Foundation
import Testing

@testable import BookWeaver

/// The chapters of this book, woven before they have run.
struct ChapterPageTests {
  static let catalog = try! ChapterCatalog(
    BookFolders(around: URL(filePath: #filePath).deletingLastPathComponent())!)

  private func material(_ chapter: String) throws -> ChapterMaterial {
    let file = Self.catalog.folders.sourcePath(of: chapter)
    let source = try Self.catalog.source(of: chapter)
    return ChapterMaterial(
      chapter: chapter, profile: .full, sourceFile: file, source: source,
      cells: try splitCells(source, file: file), transcript: nil)
  }

  @Test(arguments: catalog.names)
  func `a chapter weaves before it has run, with every cell in its place and in colour`(
    chapter: String
  ) throws {
    let (root, code) = (Self.catalog.folders.root, try TemporaryCode())
    let file = "Chapters/\(chapter)/\(chapter).md"
    let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
    let keys = try String(
      contentsOf: root.appending(path: "Chapters/references.bib"), encoding: .utf8
    ).matches(of: /@\w+\{\s*([^,\s]+)/).map { String($0.1) }
    let highlighter = code.highlighter(.shared)
    let cells = CellRenderer(
      try material(chapter), pageText: text, chapters: Self.catalog.names,
      highlighter: highlighter,
      library: SourceLibrary(folders: Self.catalog.folders, highlighter: highlighter))
    let page = Pages.render(
      text, chapter: "8", keys: Set(keys), root: root, file: file, directives: cells)
    #expect(page.problems == [])
    #expect(!page.html.contains("not yet placed in the text"))
    #expect(page.html.contains("<b>"))
    #expect(highlighter.note == nil)
  }

  @Test(arguments: catalog.names)
  func `no cell mentions what a later one defines`(chapter: String) throws {
    let material = try material(chapter)
    #expect(!ProgramScopes(material.source).definitions.isEmpty)
    #expect(CellCheck(material).laterNames == [])
  }
}
