import Testing

@testable import BookWeaver

struct HTMLTextTests {
  @Test func `what means something to HTML is escaped`() {
    #expect(
      HTMLText.escaped("<a href=\"b\">&amp; ü</a>")
        == "&lt;a href=&quot;b&quot;&gt;&amp;amp; ü&lt;/a&gt;")
  }

  @Test func `what no address may hold is percent-encoded, and what is encoded stays`() {
    #expect(
      HTMLText.escapedAddress("a b?c=ü&d='e'%20[f]")
        == "a%20b?c=%C3%BC&amp;d=&#x27;e&#x27;%20%5Bf%5D")
  }

  @Test func `ids are those of attributes, not of text`() {
    #expect(
      HTMLText.ids(in: "<p id=\"a\"><b class=\"c\"\nid=\"b\">id=&quot;d&quot; aid=\"e\"") == [
        "a", "b",
      ])
  }
}
