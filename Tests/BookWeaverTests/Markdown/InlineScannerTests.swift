import Testing

@testable import BookWeaver

/// Directives, labels and citations among the words of a page.
struct InlineScannerTests {
  @Test func `a directive alone in a paragraph is a block, one in a sentence is not`() {
    let html = Pages.html(
      "a {{#record ssd.ap50 %.3f}} b\n\n{{#cell shapes}}\n{{#source A.b}}\n\n{{#record n}}",
      chapter: "8", directives: EchoDirectives())
    #expect(
      html == """
        <p>a <b>ssd.ap50|%.3f</b> b</p>
        <section id="cell-shapes">cell shapes 8.1</section>
        <section id="cell-A.b">source A.b 8.2</section>
        <p><b>n</b></p>
        <p>unplaced</p>

        """)
  }

  @Test func `a directive may take several lines, and the next problem has the right line`() {
    let problems = Pages.problems(
      "a\n{{#record\nx}} b\n{{#other y}}", directives: EchoDirectives())
    #expect(problems == ["Chapters/ssd/ssd.md:4: there is no directive “other”"])
  }

  @Test func `what a block can be referred to by, and found by, belongs to the page`() {
    let page = Pages.render("# T\n\n{{#cell a}}", chapter: "2", directives: EchoDirectives())
    #expect(page.labels.contains { $0.name == "fig-a" && $0.number == "2.1" && $0.line == 3 })
    #expect(page.searchSections.last?.text == "words of a unplaced")
    #expect(page.anchors.contains("cell-a"))
  }

  @Test(arguments: [
    "`{{#cell a}}`", "```\n{{#cell a}}\n```", "    {{#cell a}}", "\\{{#cell a}}", "{{ cell }}",
    "<div>\n{{#cell a}}\n</div>", "<!-- {{#cell a}} -->",
  ])
  func `in code, in HTML and behind a backslash a directive is text`(text: String) {
    #expect(Pages.html(text).contains(text.contains("#") ? "{{#cell a}}" : text))
  }

  @Test func `problems of directives are collected`() {
    #expect(
      Pages.problems(
        "{{#cell missing}}\n\n{{#cell \"a}}\n\nb {{#}}\n\n{{#ref}} {{#ref a b}}",
        directives: EchoDirectives()) == [
          "Chapters/ssd/ssd.md:1: there is no cell “missing”",
          "Chapters/ssd/ssd.md:3: this directive does not end: write `}}` behind it and close its "
            + "quotation marks; `\\{{#` shows the braces",
          "Chapters/ssd/ssd.md:5: “{{#}}” has no name: write {{#cell name}}, {{#source Type.member}}, "
            + "{{#record name}}, {{#ref label}} or {{#include file}}",
          "Chapters/ssd/ssd.md:7: write one label, as in {{#ref fig-loss}}",
        ])
    #expect(
      Pages.problems("{{#cell a}}\n\nb {{#record c}}") == [
        "Chapters/ssd/ssd.md:1: {{#cell}} needs a chapter's program, and this page has none",
        "Chapters/ssd/ssd.md:3: {{#record}} needs a chapter's program, and this page has none",
      ])
  }

  @Test(arguments: [
    "a@b.de", "\\@key", "`@key`", "[a](https://b.de/@key)", "@ key", "<a href='@key'>a</a>",
  ])
  func `what is no citation stays as it is`(text: String) {
    let page = Pages.render(text)
    #expect(page.problems == [] && page.citations == [] && page.references == [])
  }

  @Test func `citations are found in order, each once`() {
    let page = Pages.render(
      "As @c_1 and [@a; see @b:2, p. 3] say ([-@a]), @c_1.", keys: ["a", "b:2", "c_1"])
    #expect(page.citations == ["c_1", "a", "b:2"])
    #expect(page.problems == [])
  }

  @Test func `a citation of nothing is a problem`() {
    #expect(
      Pages.problems("[@ren2016]\n\n@whoever\n\n[@ren2015; what]", keys: ["ren2015"]) == [
        "Chapters/ssd/ssd.md:1: the bibliography has no entry “ren2016”; did you mean “ren2015”?",
        "Chapters/ssd/ssd.md:3: the bibliography has no entry “whoever”; add it, or write `\\@` for the "
          + "sign",
        "Chapters/ssd/ssd.md:5: “what” in the citation [@ren2015; what] names no source: write @key, as "
          + "in [@first; @second]",
      ])
  }

  @Test func `a label that names nothing is a problem`() {
    #expect(
      Pages.problems("a b {#c}\n\nd \\{#e}") == [
        "Chapters/ssd/ssd.md:1: {#c} names nothing here: a label ends a heading, a formula on lines of "
          + "its own or a caption; `\\{#` shows the braces"
      ])
  }

  @Test func `a program may print the characters that stand for tokens`() {
    let html = Pages.render("{{#record a}}", directives: PrivateUseDirectives()).html
    #expect(html == "<p>&#x100000;</p>\n")
  }

  private struct PrivateUseDirectives: DirectiveRenderer {
    func block(
      _ directive: Directive, numbering: inout Numbering
    ) throws(WeaveProblem) -> BlockHTML { BlockHTML(html: "") }
    func inline(_ directive: Directive) throws(WeaveProblem) -> String { "\u{100000}" }
    func rest(numbering: inout Numbering) throws(WeaveProblem) -> BlockHTML? { nil }
  }

  @Test func `the characters that stand for tokens are refused in texts`() {
    let page = Pages.render("a \u{100000} b")
    #expect(page.html == "<p>a  b</p>\n")
    #expect(
      page.problems.map(\.description) == [
        "Chapters/ssd/ssd.md:1: the characters from U+100000 on are for the book's own use; take them "
          + "away here"
      ])
  }
}
