import Testing

@testable import BookWeaver

struct CodeHighlighterTests {
  private let code: TemporaryCode
  private let highlighter: CodeHighlighter

  init() throws {
    code = try TemporaryCode()
    highlighter = code.highlighter(.shared)
  }

  @Test(arguments: [
    (
      "let n: Int = 0x1F",
      "<b>let</b> n: <i>Int</i> = "
        + "<var>0x1F</var>"
    ),
    (
      "f(at: $0).map { g() }",
      "<em>f</em>(<u>at</u>: "
        + "<u>$0</u>).map { <em>g</em>() }"
    ),
    (
      "func area(of box: Box) {}",
      "<b>func</b> <em>area</em>("
        + "<u>of</u> <u>box</u>: "
        + "<i>Box</i>) {}"
    ),
    (
      "a < b && c // <script>",
      "a &lt; b &amp;&amp; c <small>// &lt;script&gt;</small>"
    ),
    (
      "@MainActor class A {}",
      "<b>@MainActor</b> <b>class</b> "
        + "<i>A</i> {}"
    ),
    (
      "let r = /a+/",
      "<b>let</b> r = <samp>/a+/</samp>"
    ),
  ])
  func `each kind of token has its class`(source: String, html: String) {
    #expect(highlighter.html(source) == html)
  }

  @Test func `an interpolation is code within a string`() {
    #expect(
      highlighter.html(#"print("🍌 \(n + 1)!")"#)
        == #"<em>print</em>(<samp>&quot;🍌 </samp>\(n + "#
        + #"<var>1</var>)<samp>!&quot;</samp>)"#)
  }

  @Test func `strings and comments of several lines are coloured on each`() {
    let source = "let s = \"\"\"\n  🍌 é\n  \"\"\"\n/* a\n   b */ let t = 1"
    let expected = """
      <b>let</b> s = <samp>&quot;&quot;&quot;</samp>
        <samp>🍌 é</samp>
        <samp>&quot;&quot;&quot;</samp>
      <small>/* a</small>
      <small>   b */</small> <b>let</b> t = \
      <var>1</var>
      """
    #expect(highlighter.html(source) == expected)
  }

  @Test(arguments: ["func f(", "\"unfinished", "}}} 😀 {{{", "", "\r\n\u{0}let"])
  func `code that does not compile keeps every character`(source: String) {
    let html = highlighter.html(source)
    let text = html.replacing(/<[^>]*>/, with: "")
    #expect(text == source.replacing("\"", with: "&quot;"))
  }

  @Test func `what is in the cache needs no server`() {
    let first = highlighter.html("let cached = true")
    let server = SourceKitServer.missing
    let again = code.highlighter(server)
    #expect(again.html("let cached = true") == first)
    #expect(!server.isStarted)
    #expect(again.note == nil)
  }

  @Test func `without a server code is plain, escaped, with one note, and is not kept so`() {
    let without = code.highlighter(.missing)
    #expect(without.html("let a = b<C>()") == "let a = b&lt;C&gt;()")
    #expect(without.note?.contains("without colours") == true)
    #expect(highlighter.html("let a = b<C>()").contains("<b>let</b>"))
  }

  @Test func `a block is like one of Markdown's`() {
    #expect(
      highlighter.block("<")
        == "<pre tabindex=\"0\"><code class=\"language-swift\">&lt;</code></pre>")
  }
}
