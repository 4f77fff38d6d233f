import Testing

@testable import BookWeaver

struct PageWriterLinksTests {
  @Test(arguments: [
    ("../anchors/anchors.md#x", "../anchors/anchors.html#x"), ("README.md", "index.html"),
    ("a/README.md", "a/index.html"), ("#loss", "#loss"), ("a.png", "a.png"),
    ("https://a.b/c.md", "https://a.b/c.md"),
  ])
  func `a link to a text leads to its page`(address: String, expected: String) {
    #expect(PageRenderer.pageAddress(address) == expected)
  }

  @Test func `links out of the book say so`() {
    #expect(
      Pages.html("[a](https://b.c 'd') [e](f.md) mailto:g@h.de")
        == "<p><a href=\"https://b.c\" title=\"d\" rel=\"external noopener\">a</a> <a href=\"f.html\">e"
        + "</a> <a href=\"mailto:g@h.de\" rel=\"external noopener\">mailto:g@h.de</a></p>\n")
  }

  @Test func `all links are noted with their lines, those of HTML, too`() {
    let page = Pages.render(
      "[a](b.md#c)\n![d](e.png)\n\n<img src=\"f.png\" alt=\"f\">\n\n<a href=\"g?h&amp;i\">j</a>")
    #expect(
      page.links == [
        .init(target: "b.md#c", line: 1, isImage: false),
        .init(target: "e.png", line: 2, isImage: true),
        .init(target: "f.png", line: 4, isImage: true),
        .init(target: "g?h&i", line: 6, isImage: false),
      ])
  }

  @Test func `no link stands within a link`() {
    let page = Pages.render("[a @key {{#ref ssd}} b](c.md)", keys: ["key"])
    #expect(page.references.map(\.isLinked) == [false, false])
    #expect(page.html.split(separator: "<a ").count == 2)
  }
}
