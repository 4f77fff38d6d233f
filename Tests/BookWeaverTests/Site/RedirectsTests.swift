import Testing

@testable import BookWeaver

struct RedirectsTests {
  private func written(_ redirects: [String: String]) throws -> (FixtureBook, [String]) {
    var book = try FixtureBook()
    book.book.configuration.redirects = redirects
    let problems = try book.write().problems.map(\.message)
    return (book, problems)
  }

  @Test func `a page of old leads to where it went, from any depth and out of the book`() throws {
    let (book, problems) = try written([
      "/old/iou.html": "/boxes/iou.html", "/older.html": "boxes/boxes.html#corners",
      "/gone.html": "https://example.org/",
    ])
    #expect(problems == [])
    #expect(try book.text("old/iou.html").contains("content=\"0; url=../boxes/iou.html\""))
    #expect(try book.text("older.html").contains("<a href=\"boxes/boxes.html#corners\">"))
    #expect(try book.text("gone.html").contains("url=https://example.org/\""))
  }

  @Test func `a fragment of old is followed on its page, and on one that is gone`() throws {
    let (book, problems) = try written([
      "/boxes/boxes.html#edges": "#corners", "/gone.html#a": "/boxes/iou.html",
    ])
    #expect(problems == [])
    #expect(
      try book.text("boxes/boxes.html").contains(
        "id=\"fragment-redirects\">{\"edges\":\"#corners\"}</script>"))
    let gone = try book.text("gone.html")
    #expect(gone.contains("{\"a\":\"boxes/iou.html\"}"))
    #expect(gone.contains("url=index.html\""))
  }

  @Test(arguments: [
    (
      "/boxes/iou.html", "/appendix.html",
      "The redirect of “/boxes/iou.html” would replace a page of the book; remove it."
    ),
    (
      "/old", "/appendix.html", "The redirect of “/old” begins at no page; write /folder/page.html."
    ),
    (
      "/old.html", "/apendix.html",
      "The redirect of “/old.html” leads nowhere: there is no page apendix.html; did you mean "
        + "“appendix.html”?"
    ),
    (
      "/old.html", "/boxes/iou.html#corner",
      "The redirect of “/old.html” leads nowhere: nothing in boxes/iou.html has the id corner; did you "
        + "mean “corners”?"
    ),
  ])
  func `a redirect that cannot be followed is named`(
    old: String, target: String, message: String
  ) throws {
    let (book, problems) = try written([old: target])
    #expect(problems == [message])
    #expect(!book.files.contains("old.html"))
  }
}
