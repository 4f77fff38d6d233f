import Testing

@testable import BookWeaver

struct PrintViewTests {
  private let ids = ["ssd/ssd.html": "ssd", "boxes/iou.html": "boxes-iou"]

  @Test func `a page's part of the print is named after it, and no two parts alike`() {
    #expect(
      PrintView.ids(of: ["ssd/ssd.html", "ssd.html", "boxes/iou.html", "top.html"]) == [
        "ssd/ssd.html": "ssd", "ssd.html": "ssd-2", "boxes/iou.html": "boxes-iou",
        "top.html": "top-2",
      ])
  }

  @Test(arguments: [
    ("<h2 id=\"loss\">", "<h2 id=\"ssd--loss\">"),
    ("<a href=\"#loss\">", "<a href=\"#ssd--loss\">"),
    ("<a href=\"../boxes/iou.html#a\">", "<a href=\"#boxes-iou--a\">"),
    ("<a href=\"../boxes/iou.html\">", "<a href=\"#boxes-iou\">"),
    ("<a href=\"../index.html\">", "<a href=\"#top\">"),
    ("<img src=\"figures/a.svg\">", "<img src=\"ssd/figures/a.svg\">"),
    ("<img srcset=\"a.png 1x, b.png 2x\">", "<img srcset=\"ssd/a.png 1x, ssd/b.png 2x\">"),
    ("<a href=\"https://example.org/#a\">", "<a href=\"https://example.org/#a\">"),
    ("<p aria-labelledby=\"a b\">", "<p aria-labelledby=\"ssd--a ssd--b\">"),
    ("<code>id=\"x\"</code>", "<code>id=\"x\"</code>"),
  ])
  func `ids carry their page's name, and links stay within the print`(html: String, moved: String) {
    #expect(PrintView.moved(html, from: "ssd/ssd.html", ids: ids) == moved)
  }

  @Test func `the print has each page once, in order, and every anchor that it links to`() throws {
    let book = try FixtureBook()
    try book.write()
    let html = try book.text("print.html")
    let chapters = html.matches(of: /<section class="print-chapter [^"]*" id="([^"]*)">/).map(\.1)
    #expect(chapters == ["preface", "boxes", "boxes-iou", "appendix", "references"])
    let ids = html.matches(of: /\sid="([^"]*)"/).map(\.1)
    #expect(Set(ids).count == ids.count)
    let targets = html.matches(of: /\shref="#([^"]+)"/).map(\.1)
    #expect(Set(targets).isSubset(of: Set(ids)))
  }

  @Test func `its contents list chapters and their sections, with links into the print`() throws {
    var book = try FixtureBook()
    try book.write()
    func links() throws -> [String] {
      let html = try book.text("print.html")
      let contents = try #require(
        html.firstMatch(of: /<nav class="print-contents".*?<\/nav>/.dotMatchesNewlines()))
      return contents.output.matches(of: /href="([^"]*)"/).map { String($0.1) }
    }
    #expect(
      try links() == [
        "#preface", "#boxes", "#boxes--corners", "#boxes-iou", "#boxes-iou--corners", "#appendix",
      ])
    book.book.configuration.listsHeadings = false
    try book.write()
    #expect(try links() == ["#preface", "#boxes", "#boxes-iou", "#appendix"])
  }

  @Test func `while a page has a problem, the print stays as it was`() throws {
    var book = try FixtureBook()
    try book.write()
    let print = try book.text("print.html")
    book.book.pages["appendix.md"]?.content.html = "<p>Goes on.</p>"
    book.book.pages["boxes/iou.md"]?.content.problems = [WeaveProblem(file: "f", line: 1, "wrong")]
    try book.write()
    #expect(try book.text("print.html") == print)
  }

  @Test func `a title cannot end the style that names it`() throws {
    var book = try FixtureBook()
    book.book.configuration.title = "A \"</style>\" \\ B"
    try book.write()
    #expect(try book.text("print.html").contains(#"content: "A \"\3C /style>\" \\ B" }"#))
  }
}
