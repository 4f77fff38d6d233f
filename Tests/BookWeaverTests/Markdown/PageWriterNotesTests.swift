import Testing

@testable import BookWeaver

struct PageWriterNotesTests {
  @Test func `an admonition is a note with a name`() {
    #expect(
      Pages.html("> [!WARNING]\n> Hot *air*.\n>\n> - a") == """
        <aside class="admonition admonition-warning" role="note" aria-labelledby="warning-1">
        <p class="admonition-title" id="warning-1">Warning</p>
        <p>Hot <em>air</em>.</p>
        <ul>
        <li>a</li>
        </ul>
        </aside>

        """)
    #expect(
      Pages.html("> [!TIP]\n>\n> a").contains(
        "<p class=\"admonition-title\" id=\"tip-1\">Tip</p>\n<p>a</p>"))
  }

  @Test(arguments: ["> [!NOTE] a", "> [!note]\n> a", "> a\n> [!NOTE]", "[!NOTE]\na"])
  func `only a quotation that begins with such a line is one`(text: String) {
    #expect(!Pages.html(text).contains("aside"))
  }

  @Test func `an unknown kind of admonition is a problem with the nearest`() {
    #expect(
      Pages.problems("a\n\n> [!WARN]\n> b\n\n> [!WARNIGN]\n> b") == [
        "Chapters/ssd/ssd.md:3: “[!WARN]” is no kind of admonition; they are CAUTION, IMPORTANT, NOTE, "
          + "TIP, WARNING",
        "Chapters/ssd/ssd.md:6: “[!WARNIGN]” is no kind of admonition; did you mean “WARNING”?",
      ])
  }

  @Test func `footnotes lead there and back`() {
    func mark(_ number: Int, _ id: String) -> String {
      "<sup class=\"footnote-reference\"><a href=\"#footnote-\(number)\" id=\"footnote-reference-\(id)\" "
        + "role=\"doc-noteref\" aria-label=\"Footnote \(number)\">\(number)</a></sup>"
    }
    func back(_ id: String, _ name: String) -> String {
      "<a href=\"#footnote-reference-\(id)\" class=\"footnote-back\" role=\"doc-backlink\" "
        + "aria-label=\"Back to the text of footnote \(name)\">↩</a>"
    }
    #expect(
      Pages.html("a[^x] b[^long-name]\n\nc[^x]\n\n[^long-name]: Second.\n[^x]: First.") == """
        <p>a\(mark(1, "1")) b\(mark(2, "2"))</p>
        <p>c\(mark(1, "1-2"))</p>
        <section class="footnotes" role="doc-endnotes" aria-label="Footnotes">
        <ol>
        <li id="footnote-1">
        <p>First. \(back("1", "1, place 1")) \(back("1-2", "1, place 2"))</p>
        </li>
        <li id="footnote-2">
        <p>Second. \(back("2", "2"))</p>
        </li>
        </ol>
        </section>

        """)
  }

  @Test func `a footnote that is not defined, or not referred to, is a problem`() {
    #expect(
      Pages.problems("a[^one] `[^code]` \\[^no]\n\n[^two]: Lost.") == [
        "Chapters/ssd/ssd.md:1: the footnote “one” is not defined: write “[^one]: …” in a paragraph of "
          + "its own; `\\[` shows the bracket",
        "Chapters/ssd/ssd.md:3: nothing refers to the footnote “two”: write [^two] where it belongs, or "
          + "take it away",
      ])
  }
}
