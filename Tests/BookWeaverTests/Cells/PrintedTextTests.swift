import BookFormat
import Testing

@testable import BookWeaver

struct PrintedTextTests {
  private func html(_ pieces: (TextStream, String)...) -> String {
    var screen = TerminalScreen()
    for (stream, text) in pieces { screen.print(text, to: stream) }
    return PrintedText(screen).html
  }

  private func pre(_ content: String) -> String {
    "<pre class=\"printed\" tabindex=\"0\">\(content)</pre>"
  }

  @Test func `text is escaped before it is coloured`() {
    #expect(
      html((.stdout, "\u{1b}[31m<script>alert('x')</script>\u{1b}[0m & <img onerror=\"x\">\n"))
        == pre(
          "<span class=\"ansi-red\">&lt;script&gt;alert('x')&lt;/script&gt;</span>"
            + " &amp; &lt;img onerror=&quot;x&quot;&gt;"))
  }

  @Test func `a sequence that holds markup is no markup`() {
    #expect(html((.stdout, "\u{1b}[31\"onclick=mx")) == pre("nclick=mx"))
  }

  @Test func `lines from standard error are marked, and the parts of lines`() {
    #expect(
      html((.stdout, "a\n"), (.stderr, "b\nc\n"), (.stdout, "d "), (.stderr, "e\n"))
        == pre(
          "a\n<span class=\"stderr\">b\nc\n</span>d <span class=\"stderr-part\">e</span>"))
  }

  @Test func `empty lines stay, at the beginning and among errors`() {
    #expect(html((.stdout, "\n\na\n")) == pre("\n\n\na"))
    #expect(html((.stderr, "a\n\nb\n")) == pre("<span class=\"stderr\">a\n\nb\n</span>"))
  }

  @Test func `long text is cut to its head and tail, the middle folded away`() {
    let text = (1...100).map { "line \($0)\n" }.joined()
    let html = html((.stdout, text))
    #expect(html.contains("line 40</pre><details class=\"more\"><summary>40 more lines</summary>"))
    #expect(html.contains("line 80</pre></details><pre class=\"printed\" tabindex=\"0\">line 81"))
  }

  @Test func `text that is a little long is shown whole`() {
    let text = (1...69).map { "line \($0)\n" }.joined()
    #expect(!html((.stdout, text)).contains("details"))
  }

  @Test func `a huge line is cut, and says by how much`() {
    let html = html((.stdout, String(repeating: "x", count: 100_000)))
    #expect(html.contains("xxx<span class=\"cut\">… 98,000 more characters</span></pre>"))
    #expect(html.utf8.count < 2200)
  }
}
