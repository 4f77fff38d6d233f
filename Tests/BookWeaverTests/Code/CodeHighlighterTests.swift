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
      "<span class=\"keyword\">let</span> n: <span class=\"type\">Int</span> = "
        + "<span class=\"number\">0x1F</span>"
    ),
    (
      "f(at: $0).map { g() }",
      "<span class=\"call\">f</span>(<span class=\"parameter\">at</span>: "
        + "<span class=\"parameter\">$0</span>).map { <span class=\"call\">g</span>() }"
    ),
    (
      "func area(of box: Box) {}",
      "<span class=\"keyword\">func</span> <span class=\"call\">area</span>("
        + "<span class=\"parameter\">of</span> <span class=\"parameter\">box</span>: "
        + "<span class=\"type\">Box</span>) {}"
    ),
    (
      "a < b && c // <script>",
      "a &lt; b &amp;&amp; c <span class=\"comment\">// &lt;script&gt;</span>"
    ),
    (
      "@MainActor class A {}",
      "<span class=\"keyword\">@MainActor</span> <span class=\"keyword\">class</span> "
        + "<span class=\"type\">A</span> {}"
    ),
    (
      "let r = /a+/",
      "<span class=\"keyword\">let</span> r = <span class=\"string\">/a+/</span>"
    ),
  ])
  func `each kind of token has its class`(source: String, html: String) {
    #expect(highlighter.html(source) == html)
  }

  @Test func `an interpolation is code within a string`() {
    #expect(
      highlighter.html(#"print("🍌 \(n + 1)!")"#)
        == #"<span class="call">print</span>(<span class="string">&quot;🍌 </span>\(n + "#
        + #"<span class="number">1</span>)<span class="string">!&quot;</span>)"#)
  }

  @Test func `strings and comments of several lines are coloured on each`() {
    let source = "let s = \"\"\"\n  🍌 é\n  \"\"\"\n/* a\n   b */ let t = 1"
    let expected = """
      <span class="keyword">let</span> s = <span class="string">&quot;&quot;&quot;</span>
        <span class="string">🍌 é</span>
        <span class="string">&quot;&quot;&quot;</span>
      <span class="comment">/* a</span>
      <span class="comment">   b */</span> <span class="keyword">let</span> t = \
      <span class="number">1</span>
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
    #expect(highlighter.html("let a = b<C>()").contains("keyword"))
  }

  @Test func `a block is like one of Markdown's`() {
    #expect(
      highlighter.block("<")
        == "<pre tabindex=\"0\"><code class=\"language-swift\">&lt;</code></pre>")
  }
}
