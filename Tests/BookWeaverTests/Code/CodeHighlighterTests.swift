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
      "<span class=\"k\">let</span> n: <span class=\"t\">Int</span> = "
        + "<span class=\"n\">0x1F</span>"
    ),
    (
      "f(at: $0).map { g() }",
      "<span class=\"f\">f</span>(<span class=\"p\">at</span>: "
        + "<span class=\"p\">$0</span>).map { <span class=\"f\">g</span>() }"
    ),
    (
      "func area(of box: Box) {}",
      "<span class=\"k\">func</span> <span class=\"f\">area</span>("
        + "<span class=\"p\">of</span> <span class=\"p\">box</span>: "
        + "<span class=\"t\">Box</span>) {}"
    ),
    (
      "a < b && c // <script>",
      "a &lt; b &amp;&amp; c <span class=\"c\">// &lt;script&gt;</span>"
    ),
    (
      "@MainActor class A {}",
      "<span class=\"k\">@MainActor</span> <span class=\"k\">class</span> "
        + "<span class=\"t\">A</span> {}"
    ),
    (
      "let r = /a+/",
      "<span class=\"k\">let</span> r = <span class=\"s\">/a+/</span>"
    ),
  ])
  func `each kind of token has its class`(source: String, html: String) {
    #expect(highlighter.html(source) == html)
  }

  @Test func `an interpolation is code within a string`() {
    #expect(
      highlighter.html(#"print("🍌 \(n + 1)!")"#)
        == #"<span class="f">print</span>(<span class="s">&quot;🍌 </span>\(n + "#
        + #"<span class="n">1</span>)<span class="s">!&quot;</span>)"#)
  }

  @Test func `strings and comments of several lines are coloured on each`() {
    let source = "let s = \"\"\"\n  🍌 é\n  \"\"\"\n/* a\n   b */ let t = 1"
    let expected = """
      <span class="k">let</span> s = <span class="s">&quot;&quot;&quot;</span>
        <span class="s">🍌 é</span>
        <span class="s">&quot;&quot;&quot;</span>
      <span class="c">/* a</span>
      <span class="c">   b */</span> <span class="k">let</span> t = \
      <span class="n">1</span>
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
