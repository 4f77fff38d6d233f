import Testing

@testable import BookWeaver

struct PageSetTests {
  /// The addresses of the pages before and after a page, as its head names them.
  private func neighbours(_ html: String) -> [String] {
    ["prev", "next"].map { way in
      html.firstMatch(
        of: try! Regex("<link rel=\"\(way)\" href=\"([^\"]*)\">", as: (Substring, Substring).self)
      )
      .map { String($0.1) } ?? "-"
    }
  }

  @Test func `pages follow one another from the cover to the references, drafts left out`() throws {
    let book = try FixtureBook()
    try book.write()
    let expected = [
      "index.html": ["-", "preface/preface.html"],
      "preface/preface.html": ["../index.html", "../boxes/boxes.html"],
      "boxes/boxes.html": ["../preface/preface.html", "../boxes/iou.html"],
      "boxes/iou.html": ["../boxes/boxes.html", "../appendix.html"],
      "appendix.html": ["boxes/iou.html", "references.html"],
      "references.html": ["appendix.html", "-"],
      "404.html": ["-", "-"],
    ]
    for (page, neighbours) in expected {
      #expect(try self.neighbours(book.text(page)) == neighbours, "\(page)")
    }
  }

  @Test func `a page that is not there is passed over`() throws {
    var book = try FixtureBook()
    book.book.pages["boxes/iou.md"]?.content.problems = [WeaveProblem(file: "f", line: 1, "wrong")]
    try book.write()
    #expect(try neighbours(book.text("appendix.html"))[0] == "boxes/boxes.html")
  }

  @Test func `a page says where it is edited`() throws {
    var book = try FixtureBook()
    book.book.configuration.editURL = "https://example.org/edit/{path}"
    try book.write()
    #expect(
      try book.text("boxes/iou.html")
        .contains("href=\"https://example.org/edit/Chapters/boxes/iou.md\""))
  }

  @Test
  func `the page for lost ways starts its links where the site lies, and has the author's words`()
    throws
  {
    var book = try FixtureBook()
    try book.write()
    #expect(try book.text("404.html").contains("<h1>This page is not there</h1>"))
    #expect(try !book.text("404.html").contains("<base"))
    book.book.configuration.siteURL = "/book"
    book.book.notFound = FixtureBook.page("Lost", "<p>Lost?</p>")
    try book.write()
    let page = try book.text("404.html")
    #expect(page.contains("<base href=\"/book/\">"))
    #expect(page.contains("<p>Lost?</p>"))
    #expect(page.contains("<title>Lost · "))
  }
}
