import Testing

@testable import BookWeaver

struct BookReferencesTests {
  private let texts = [
    ("anchors", "2", "# Anchors\n\n## Sizes & more {#sizes}\n\n$$x$$ {#eq-size}"),
    (
      "ssd", "8",
      "# SSD\n\nSee {{#ref eq-size}}, {{#ref sizes}}, {{#ref anchors}}, {{#ref tab-a}} and {{#ref "
        + "preface}}.\n\n| a |\n|---|\n\nTable: T. {#tab-a}\n\n## On {{#ref sizes}}"
    ),
    ("preface", "", "# Preface\n\n## Thanks {#thanks}\n\n[Section {{#ref thanks}}](x.md)"),
  ]

  private func pages(_ texts: [(String, String, String)]) -> [BookReferences.Page] {
    texts.map { name, number, text in
      let file = "Chapters/\(name)/\(name).md"
      return BookReferences.Page(
        file: file, path: "\(name)/\(name).html",
        rendered: Pages.render(text, chapter: number.isEmpty ? nil : number, file: file))
    }
  }

  private func resolved(_ texts: [(String, String, String)]) -> [RenderedPage] {
    let pages = pages(texts)
    let references = BookReferences(
      pages: pages, bibliography: Bibliography(), referencesPath: "references.html")
    return pages.map(references.resolved)
  }

  @Test func `references are links with a word and a number, on other pages, too`() {
    let page = resolved(texts)[1]
    #expect(page.problems == [])
    #expect(
      page.html.contains(
        """
        <p>See <a class="reference" href="../anchors/anchors.html#eq-size">Equation\u{A0}(2.1)</a>, \
        <a class="reference" href="../anchors/anchors.html#sizes">Section\u{A0}2.1</a>, \
        <a class="reference" href="../anchors/anchors.html#anchors">Chapter\u{A0}2</a>, \
        <a class="reference" href="#tab-a">Table\u{A0}8.1</a> and \
        <a class="reference" href="../preface/preface.html#preface">“Preface”</a>.</p>
        """))
    #expect(page.references == [])
  }

  @Test func `in the sidebar, in search and within links a reference is text`() {
    let pages = resolved(texts)
    #expect(pages[1].headings[1].html == "On Section\u{A0}2.1")
    #expect(pages[1].searchSections[0].text.hasPrefix("See Equation\u{A0}(2.1), Section"))
    #expect(pages[2].html.contains("<a href=\"x.html\">Section “Thanks”</a>"))
  }

  @Test func `an unknown label is a problem with the nearest name`() {
    let page = resolved([("a", "1", "# A\n\n## B {#sec-b}\n\n{{#ref sec-c}}\n{{#ref zebra}}")])[0]
    #expect(
      page.problems.map(\.description) == [
        "Chapters/a/a.md:5: no page has the label “sec-c”; did you mean “sec-b”?",
        "Chapters/a/a.md:6: no page has the label “zebra”; write {#zebra} behind what you refer to",
      ])
  }

  @Test func `a label that two pages have is a problem of the second`() {
    let references = BookReferences(
      pages: pages([("a", "1", "# A\n\n## B {#same}"), ("b", "2", "# B\n\n\n## C {#same}")]),
      bibliography: Bibliography(), referencesPath: "references.html")
    #expect(
      references.problems.map(\.description) == [
        "Chapters/b/b.md:4: the label “same” is given in Chapters/a/a.md already; choose another"
      ])
  }

  @Test(arguments: [
    ("a/b.html", "a/b.html", "x", "#x"), ("a/b.html", "a/c.html", "x", "c.html#x"),
    ("a/b/c.html", "a/d/e.html", "", "../d/e.html"), ("a.html", "b/c.html", "ü", "b/c.html#%C3%BC"),
    ("b/c.html", "a.html", "x", "../a.html#x"),
  ])
  func `addresses are relative`(page: String, target: String, anchor: String, expected: String) {
    #expect(BookReferences.address(from: page, to: target, anchor: anchor) == expected)
  }
}
