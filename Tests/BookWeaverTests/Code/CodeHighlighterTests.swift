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
      "<i class=\"k\">let</i> n: <i class=\"t\">Int</i> = "
        + "<i class=\"n\">0x1F</i>"
    ),
    (
      "f(at: $0).map { g() }",
      "<i class=\"f\">f</i>(<i class=\"p\">at</i>: "
        + "<i class=\"p\">$0</i>).map { <i class=\"f\">g</i>() }"
    ),
    (
      "func area(of box: Box) {}",
      "<i class=\"k\">func</i> <i class=\"f\">area</i>("
        + "<i class=\"p\">of</i> <i class=\"p\">box</i>: "
        + "<i class=\"t\">Box</i>) {}"
    ),
    (
      "a < b && c // <script>",
      "a &lt; b &amp;&amp; c <i class=\"c\">// &lt;script&gt;</i>"
    ),
    (
      "@MainActor class A {}",
      "<i class=\"k\">@MainActor</i> <i class=\"k\">class</i> "
        + "<i class=\"t\">A</i> {}"
    ),
    (
      "let r = /a+/",
      "<i class=\"k\">let</i> r = <i class=\"s\">/a+/</i>"
    ),
  ])
  func `each kind of token has its class`(source: String, html: String) {
    #expect(highlighter.html(source) == html)
  }

  @Test func `an interpolation is code within a string`() {
    #expect(
      highlighter.html(#"print("🍌 \(n + 1)!")"#)
        == #"<i class="f">print</i>(<i class="s">&quot;🍌 </i>\(n + "#
        + #"<i class="n">1</i>)<i class="s">!&quot;</i>)"#)
  }

  @Test func `strings and comments of several lines are coloured on each`() {
    let source = "let s = \"\"\"\n  🍌 é\n  \"\"\"\n/* a\n   b */ let t = 1"
    let expected = """
      <i class="k">let</i> s = <i class="s">&quot;&quot;&quot;</i>
        <i class="s">🍌 é</i>
        <i class="s">&quot;&quot;&quot;</i>
      <i class="c">/* a</i>
      <i class="c">   b */</i> <i class="k">let</i> t = \
      <i class="n">1</i>
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
    #expect(highlighter.html("let a = b<C>()").contains("class=\"k\""))
  }

  @Test func `a block is like one of Markdown's`() {
    #expect(
      highlighter.block("<")
        == "<pre tabindex=\"0\"><code class=\"language-swift\">&lt;</code></pre>")
  }
}
