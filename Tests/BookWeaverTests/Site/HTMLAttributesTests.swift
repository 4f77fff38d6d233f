import Testing

@testable import BookWeaver

struct HTMLAttributesTests {
  @Test(arguments: [
    ("<a href=\"x\">x</a>", "<a href=\"X\">x</a>"),
    ("<a\n  HREF = 'x' title=\"x\">", "<a\n  HREF = 'X' title=\"X\">"),
    ("<input disabled value=\"x\"/>", "<input disabled value=\"X\"/>"),
    ("<!-- <a href=\"x\"> --><b id=\"x\">", "<!-- <a href=\"x\"> --><b id=\"X\">"),
    (
      "<script src=\"x\">if (a <b id=\"x\") {}</script>",
      "<script src=\"X\">if (a <b id=\"x\") {}</script>"
    ),
    ("a < b id=\"x\"", "a < b id=\"x\""),
    ("<p title=\"a > x\" id=\"x\">", "<p title=\"A > X\" id=\"X\">"),
    ("<p id=\"x", "<p id=\"X"),
  ])
  func `quoted values of attributes are replaced, nothing else`(html: String, expected: String) {
    #expect(replacingAttributes(in: html) { $1.uppercased() } == expected)
  }
}
