import Foundation
import Testing

@testable import BookWeaver

/// Books woven more than once.
struct BookPagesTests {
  /// A book that can be searched and printed, as most can.
  private func searchedBook() throws -> WovenBook {
    let book = try WovenBook()
    try book.write(
      "[book]\ntitle = \"A small book\"\nbibliography = \"references.bib\"", to: "book.toml")
    return book
  }

  @Test func `the same texts and runs give the same bytes, in any folder`() throws {
    let books = try [searchedBook(), searchedBook()]
    #expect(try books.map { try $0.weave().problems } == [[], []])
    let (first, second) = (try books[0].outputBytes(), try books[1].outputBytes())
    #expect(first.count > 10)
    #expect(first == second)
  }

  @Test func `where nothing changed, no file is written`() throws {
    let book = try searchedBook()
    _ = try book.weave()
    let dates = try book.outputDates()
    #expect(try book.weave().changes == [])
    #expect(try book.outputDates() == dates)
  }

  @Test func `an edit of the prose writes its page, what prints it and what finds it`() throws {
    let book = try searchedBook()
    _ = try book.weave()
    let dates = try book.outputDates()
    try book.writeDetector("Second words.")
    let expected = ["assets/search-index.js", "print.html", "ssd/ssd.html"]
    #expect(try book.weave().changes.sorted() == expected)
    let after = try book.outputDates()
    #expect(after.keys.filter { after[$0] != dates[$0] }.sorted() == expected)
  }

  @Test func `a page that the summary no longer lists goes, with what only it brought`() throws {
    let book = try WovenBook()
    _ = try book.weave()
    try book.write("- [Boxes](boxes/boxes.md)", to: "Chapters/SUMMARY.md")
    try FileManager.default.removeItem(at: book.folder.url.appending(path: "Chapters/ssd/ssd.md"))
    #expect(try book.weave().changes.contains("ssd/ssd.html"))
    #expect(!book.folder.exists("output/ssd"))
    #expect(book.folder.exists("output/boxes/figures/shapes-1.svg"))
  }

  @Test func `a check finds what weaving finds, and writes nothing`() throws {
    let book = try WovenBook()
    try book.write(WovenBook.boxesText + "\n{{#cell overlop}}", to: "Chapters/boxes/boxes.md")
    let problems = try book.pages().check().problems.map(\.description)
    #expect(
      problems == [
        "Chapters/boxes/boxes.md:13: Chapters/boxes/main.swift has no cell “overlop”; did you mean "
          + "“overlap”?",
        "Chapters/boxes/main.swift:6: no {{#cell overlap}} in the chapter's text places this cell",
      ])
    #expect(!book.folder.exists("output/boxes/boxes.html"))
  }
}
