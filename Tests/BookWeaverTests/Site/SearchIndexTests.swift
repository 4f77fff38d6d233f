import Foundation
import Testing

@testable import BookWeaver

struct SearchIndexTests {
  /// Asks the index that the book's folder has, as a page would.
  private func found(_ query: String, in book: FixtureBook) throws -> [String] {
    let engine = ScriptEngine()
    let library = try #require(book.files.first { $0.hasPrefix("assets/lunr-") })
    try engine.evaluate("var window = {};", file: "window")
    try engine.evaluate(book.text(library), file: library)
    try engine.evaluate(book.text("assets/search-index.js"), file: "index")
    try engine.evaluate(
      """
      function found(query) {
        var index = lunr.Index.load(window.bookSearch.index);
        return index.search(query).map(function (result) {
          return window.bookSearch.sections[result.ref].url;
        }).join(" ");
      }
      """, file: "found")
    return try engine.call("found", query).split(separator: " ").map(String.init)
  }

  @Test func `a word leads to the sections that hold it, in any of its forms`() throws {
    let book = try FixtureBook()
    try book.write()
    #expect(
      try Set(found("detector", in: book)) == [
        "boxes/boxes.html#corners", "boxes/iou.html#corners",
      ])
    #expect(try found("appendix", in: book) == ["appendix.html"])
    #expect(try found("zebra", in: book) == [])
  }

  @Test func `pages that settings leave out, and pages with problems, are not found`() throws {
    var book = try FixtureBook()
    book.book.configuration.search.chapters = ["boxes": false, "boxes/iou.md": true]
    book.book.pages["appendix.md"]?.content.problems = [WeaveProblem(file: "f", line: 1, "wrong")]
    try book.write()
    #expect(try found("detector", in: book) == ["boxes/iou.html#corners"])
    #expect(try found("appendix", in: book) == [])
  }

  @Test func `a section knows what is around it; deep ones belong to the one above`() {
    let page = RenderedPage(
      title: "T", html: "",
      headings: [(1, "t"), (2, "a"), (3, "b"), (4, "c"), (2, "d")].map {
        .init(level: $0, id: $1, number: "", html: "")
      }, labels: [], citations: [], links: [], anchors: [],
      searchSections: ["t", "a", "b", "c", "d"].map {
        .init(anchor: $0, title: $0.uppercased(), text: "in \($0)")
      }, problems: [])
    let sections = SearchIndex.sections(
      of: page, path: "t.html", trail: ["Part", "T"], splitLevel: 3)
    #expect(sections.map(\.url) == ["t.html", "t.html#a", "t.html#b", "t.html#d"])
    #expect(sections.map(\.trail) == ["Part", "Part › T", "Part › T › A", "Part › T"])
    #expect(sections[2].text == "in b C in c")
  }

  @Test func `the reader's settings are in the script, and no text can end it`() throws {
    var book = try FixtureBook()
    book.book.configuration.search.resultLimit = 7
    book.book.configuration.search.needsAllWords = true
    book.book.pages["appendix.md"]?.content.searchSections[0].text = "</script>"
    try book.write()
    let script = try book.text("assets/search-index.js")
    #expect(script.contains("\"limit\":7"))
    #expect(script.contains("\"needsAll\":true"))
    #expect(!script.contains("</script>"))
  }

  @Test func `a book that is not searched has no part of it`() throws {
    var book = try FixtureBook()
    book.book.configuration.search.isEnabled = false
    try book.write()
    #expect(!book.files.contains { $0.contains("lunr") || $0.contains("search-index") })
    #expect(try !book.text("index.html").contains("search-button"))
  }
}
