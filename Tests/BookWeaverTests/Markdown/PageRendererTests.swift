import Foundation
import FoundationXML
import Testing

@testable import BookWeaver

/// Whole pages: that they are sound, and that the same text gives the same page.
struct PageRendererTests {
  /// Everything that a page can hold.
  private let text = """
    # A "page" of *everything* $x$ {#top}

    Words[^1], `code`, $x_1$, {{#record n}}, {{#ref eq-a}}, [@ren2015] -- <https://a.b/?c&d>.

    $$
    x < y
    = z
    $$ {#eq-a}

    ## Lists

    - [x] done
      1. one

         > [!NOTE]
         > $a$

    Term
    : Definition

    | a | $b$ |
    |:--|-----|
    | <b>c</b> | ~~d~~ |

    Table: With *caption*. {#tab-a}

    ![Alt "text" & more](e.png 'title')

    Figure: Caption. {#fig-a}

    ```swift
    let a = b < c && d // "e"
    ```

    {{#cell shapes}}

    ## Lists

    [^1]: Note.
    """

  /// Reads a page as XML, which HTML without left-out tags is, and keeps what it refers to.
  private final class Reader: NSObject, XMLParserDelegate {
    var ids: [String] = []
    var named: [String] = []
    var linkDepth = 0
    var nestedLinks = 0

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      attributes["id"].map { ids.append($0) }
      attributes["aria-labelledby"].map { named.append($0) }
      if let address = attributes["href"], address.hasPrefix("#") {
        named.append(String(address.dropFirst()))
      }
      guard element == "a" else { return }
      nestedLinks += linkDepth > 0 ? 1 : 0
      linkDepth += 1
    }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if element == "a" { linkDepth -= 1 }
    }
  }

  private func resolved(_ text: String) -> RenderedPage {
    let rendered = Pages.render(
      text, chapter: "8", keys: ["ren2015"], directives: EchoDirectives())
    let page = BookReferences.Page(
      file: "Chapters/ssd/ssd.md", path: "ssd/ssd.html", rendered: rendered)
    let bibliography = Bibliography.read(
      bibTeX: "@misc{ren2015, author = {R. Ren}, title = {T}, year = 2015}", file: "a.bib"
    ).bibliography
    return BookReferences(
      pages: [page], bibliography: bibliography, referencesPath: "references.html"
    ).resolved(page)
  }

  @Test func `a page is well-formed, its ids are unique and its names and links lead somewhere`() {
    let page = resolved(text)
    #expect(page.problems == [])
    let reader = Reader()
    let parser = XMLParser(data: Data("<main>\(page.html)</main>".utf8))
    parser.delegate = reader
    #expect(
      parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
    #expect(Set(reader.ids).count == reader.ids.count && reader.ids.count >= 12)
    #expect(Set(reader.named).subtracting(reader.ids) == [])
    #expect(reader.nestedLinks == 0)
    #expect(page.anchors == Set(reader.ids))
  }

  @Test func `text that is nested without measure is a problem, not a crash`() {
    for text in [
      String(repeating: "> ", count: 20_000) + "a",
      String(repeating: "*", count: 40_000) + "a"
        + String(repeating: "*", count: 40_000), String(repeating: "- ", count: 5000) + "a",
    ] {
      #expect(
        Pages.problems(text) == [
          "Chapters/ssd/ssd.md:1: the text is nested more than 200 deep; take some of the nesting away"
        ])
    }
  }

  @Test func `the same text gives the same page`() {
    #expect(resolved(text) == resolved(text))
  }

  @Test func `one problem does not hide another`() {
    let problems = Pages.problems(
      """
      # A [@no]

      $open {{#cell missing}}

      {{#cell "a}}

      > [!NOPE]
      > $\\foo$ [^none] {{#include none.md}}

      Table: of nothing
      """, directives: EchoDirectives())
    #expect(
      problems.map { $0.split(separator: ":")[1] } == [
        "1", "3", "3", "5", "7", "8", "8", "8", "10",
      ])
  }

  @Test
  func `quotation marks, dashes and dots are set in prose, and left alone in code and formulas`() {
    #expect(
      Pages.html("\"it's\" a--b... `\"c--d\"` {{#record \"e--f\"}}", directives: EchoDirectives())
        .hasPrefix("<p>“it’s” a–b… <code>&quot;c--d&quot;</code> <b>e--f</b></p>"))
    #expect(Pages.html("$\\text{a--b}$").contains("x-tex\">\\text{a--b}<"))
    #expect(Pages.render("\"a\"--b", smart: false).html == "<p>&quot;a&quot;--b</p>\n")
  }

  @Test(arguments: [
    ("He et al.'s and Girshick's", "He et al.’s and Girshick’s"),
    ("`losses`'s and *its*'s; (a)'s.", "<code>losses</code>’s and <em>its</em>’s; (a)’s."),
    ("He said: 'so' and 'no.'", "He said: ‘so’ and ‘no.’"),
    ("`a.'s`", "<code>a.'s</code>"),
  ])
  func `what belongs to a word behind a stop or code gets an apostrophe`(
    text: String, expected: String
  ) {
    #expect(Pages.html(text) == "<p>\(expected)</p>\n")
  }

  @Test func `Swift in fences is highlighted, other languages and cells are not`() {
    let renderer = PageRenderer(
      root: FileManager.default.temporaryDirectory,
      math: MathRenderer(cache: WeaveCache(folder: FileManager.default.temporaryDirectory)),
      highlight: { "<i>\(HTMLText.escaped($0))</i>" })
    let page = renderer.render(
      text: "```swift\na<b\n```\n```sh\na<b\n```", file: "a.md", chapterNumber: nil)
    #expect(
      page.html == """
        <pre tabindex="0"><code class="language-swift"><i>a&lt;b
        </i></code></pre>
        <pre tabindex="0"><code class="language-sh">a&lt;b
        </code></pre>

        """)
  }

  @Test func `without KaTeX a page has one problem, not one for each formula`() {
    let nowhere = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let page = PageRenderer(
      root: nowhere, math: MathRenderer(cache: WeaveCache(folder: nowhere), root: nowhere)
    ).render(text: "a $x$\n\n$y$", file: "a.md", chapterNumber: nil)
    #expect(page.problems.map(\.line) == [1])
  }
}
