import Foundation
import Testing

@testable import BookWeaver

struct SiteWriterTests {
  @Test
  func `a book has its pages, what they share, a cover, a print, a list and a page for lost ways`()
    throws
  {
    let book = try FixtureBook()
    #expect(try book.write().problems == [])
    let pages = book.files.filter { $0.hasSuffix(".html") }
    #expect(
      pages == [
        "404.html", "appendix.html", "boxes/boxes.html", "boxes/iou.html", "index.html",
        "preface/preface.html", "print.html", "references.html",
      ])
    #expect(book.files.contains("boxes/sketch.svg"))
    #expect(book.files.contains("assets/search-index.js"))
    #expect(book.files.contains { $0.hasPrefix("assets/katex-") })
    #expect(book.files.contains { $0.hasPrefix("licenses/") })
  }

  @Test func `a page names nothing outside of the folder but what its text links to`() throws {
    let book = try FixtureBook()
    try book.write()
    for file in book.files where file.hasSuffix(".html") {
      let addresses = try book.text(file).matches(of: /(?:src|href)="(https?:[^"]*)"/).map(\.1)
      #expect(Set(addresses).isSubset(of: ["https://example.org/?a=1&amp;b"]), "\(file)")
    }
  }

  @Test func `each address of a page that stays in the book leads to a file`() throws {
    let book = try FixtureBook()
    try book.write()
    let files = Set(book.files)
    for file in files where file.hasSuffix(".html") && file != "404.html" {
      for match in try book.text(file).matches(of: /(?:src|href)="([^"#]*)[^"]*"/) {
        let resolved = SitePath.resolve(String(match.1), in: file)
        if let (path, _) = resolved, !match.1.isEmpty, !path.hasPrefix("preface/figures") {
          #expect(files.contains(path), "\(file): \(match.1)")
        }
      }
    }
  }

  @Test func `the command, the run and the place of a page stand on it`() throws {
    let book = try FixtureBook()
    try book.write()
    let page = try book.text("boxes/boxes.html")
    for part in [
      "swift run chapter boxes", "2025-11-25 04:00 UTC, in 3 min 7 s", "A processor, 2 cores",
      "Swift 6.3.1", "0123abc", "<li>Foundations</li><li>Chapter 1</li>", "CC BY 4.0",
      "<title>Boxes &amp; corners · Boxes &lt;and&gt; more</title>",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(try !book.text("appendix.html").contains("swift run"))
  }

  @Test func `what settings add is loaded by each page; what is missing is named with its key`()
    throws
  {
    var book = try FixtureBook()
    try book.folder.write("p { color: red }", to: "extra/own.css")
    try book.folder.write("let a = 1;", to: "own.js")
    book.book.configuration.stylesheets = ["extra/own.css", "none.css"]
    book.book.configuration.scripts = ["own.js"]
    book.book.configuration.domain = "book.example.org"
    book.book.configuration.hashesFiles = false
    #expect(
      try book.write().problems.map(\.description) == [
        "book.toml: additional-css in [output.html]: there is no file none.css."
      ])
    let page = try book.text("boxes/iou.html")
    #expect(page.contains("<link rel=\"stylesheet\" href=\"../assets/own.css\">"))
    #expect(page.contains("<script defer src=\"../assets/own.js\">"))
    #expect(try book.text("CNAME") == "book.example.org\n")
  }

  @Test func `the style of the cover is loaded by the cover alone`() throws {
    let book = try FixtureBook()
    #expect(try book.write().problems == [])
    #expect(try book.text("index.html").contains("assets/cover-"))
    #expect(try !book.text("boxes/iou.html").contains("assets/cover-"))
  }

  @Test func `a folder of the author's replaces parts of the theme`() throws {
    var book = try FixtureBook()
    try book.folder.write("p { color: red }", to: "looks/text.css")
    try book.folder.write("<p>{{site.title}}</p>", to: "looks/bar.mustache")
    book.book.configuration.themeFolder = "looks"
    #expect(try book.write().problems == [])
    let style = try #require(book.files.first { $0.hasPrefix("assets/text-") })
    #expect(try book.text(style) == "p { color: red }")
    #expect(try book.text("appendix.html").contains("<p>Boxes &lt;and&gt; more</p>"))
    book.book.configuration.themeFolder = "lo"
    #expect(
      try book.write().problems.map(\.description) == ["book.toml: There is no folder lo."])
  }

  @Test func `a template that is none is named, and no page changes`() throws {
    let book = try FixtureBook()
    try book.write()
    let page = try book.text("appendix.html")
    try book.folder.write("{{#site}}", to: "theme/bar.mustache")
    let problems = try book.write().problems
    #expect(problems.count == 1)
    #expect(problems.first?.file.hasSuffix("theme/bar.mustache") == true)
    #expect(try book.text("appendix.html") == page)
  }

  @Test func `without the system's libraries the book is written, without search`() throws {
    let book = try FixtureBook()
    var writer = SiteWriter(
      book.book,
      folders: SiteFolders(
        root: book.folder.url, output: book.output, system: book.folder.url),
      cache: WeaveCache(folder: book.folder.url.appending(path: ".cache")))
    let problems = try writer.write().problems.map(\.message)
    #expect(problems.contains { $0.contains("libjs-lunr (make setup)") })
    #expect(problems.contains { $0.contains("libjs-katex") })
    #expect(try !book.text("index.html").contains("search-button"))
  }

  @Test func `the print is left out where settings say so, and goes`() throws {
    var book = try FixtureBook()
    try book.write()
    book.book.configuration.print.isEnabled = false
    #expect(try book.write().changes.contains("print.html"))
    #expect(!book.files.contains("print.html"))
    #expect(try !book.text("index.html").contains("print.html"))
  }
}
