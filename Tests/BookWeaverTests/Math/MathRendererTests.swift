import Foundation
import Testing

@testable import BookWeaver

struct MathRendererTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private func renderer(root: String = "/") -> MathRenderer {
    MathRenderer(cache: WeaveCache(folder: folder), root: URL(filePath: root))
  }

  @Test func `a formula becomes HTML for the eye and MathML for the ear`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = try renderer().html(#"\frac{1}{2} \mathbb{R}"#, isDisplay: false)
    #expect(html.hasPrefix(#"<span class="katex"><span class="katex-mathml"><math"#))
    #expect(html.contains("<mfrac><mn>1</mn><mn>2</mn></mfrac>"))
    #expect(html.contains(#"<span class="katex-html" aria-hidden="true">"#))
    #expect(html.contains("<mi mathvariant=\"double-struck\">R</mi>"))
  }

  @Test func `a formula on a line of its own is larger`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = try renderer().html(#"\sum_{i=1}^n i"#, isDisplay: true)
    #expect(html.hasPrefix(#"<span class="katex-display">"#))
    #expect(html.contains("<munderover>"))
  }

  @Test func `letters beyond the first 65536 come out whole`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = try renderer().html(#"\mathscr{L}\text{𝔸}"#, isDisplay: false)
    #expect(html.contains("𝔸") && !html.contains("\u{FFFD}"))
  }

  @Test func `what TeX does not know is an error that says where`() {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: MathError.formula(#"Undefined control sequence: \foo"#, offset: 4)) {
      try renderer().html(#"a + \foo"#, isDisplay: false)
    }
  }

  @Test func `a macro that expands without end is an error`() {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: MathError.self) {
      try renderer().html(#"\def\a{\a\a}\a"#, isDisplay: false)
    }
    #expect(error?.description.contains("Too many expansions") == true, "\(error!)")
  }

  @Test func `a formula that was rendered before needs no engine`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try renderer().html("x", isDisplay: false)
    // The same script that fails to run: only the cache can answer.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count == 1)
    let file = folder.appending(path: names[0])
    try Data(#""kept""#.utf8).write(to: file)
    #expect(try renderer().html("x", isDisplay: false) == "kept")
    #expect(first != "kept")
  }

  @Test func `without KaTeX the package to install is named`() {
    let expected = MathError.unavailable(
      "formulas are rendered by KaTeX, but there is no /usr/share/javascript/katex/katex.js: "
        + "install the packages libjs-katex and fonts-katex (make setup)")
    #expect(throws: expected) {
      try renderer(root: folder.path).html("x", isDisplay: false)
    }
  }

  @Test func `a book carries the style sheet, each font it names and the licences`() throws {
    let files = try KaTeX(root: URL(filePath: "/")).files()
    let css = String(decoding: files.style, as: UTF8.self)
    let named = Set(css.matches(of: /url\(([^)]*)\)/).map { String($0.1) })
    #expect(named.count >= 20)
    #expect(named == Set(files.fonts.keys.map { "fonts/\($0)" }))
    #expect(files.licenses.keys.sorted() == ["katex-fonts.txt", "katex.txt"])
    #expect((Array(files.fonts.values) + files.licenses.values).allSatisfy { !$0.isEmpty })
  }

  @Test func `the rules for pairs of sizes are nested, and none is lost`() throws {
    let root = URL(filePath: "/")
    let css = String(decoding: try KaTeX(root: root).files().style, as: UTF8.self)
    let original = try String(
      contentsOf: root.appending(path: "\(KaTeX.folder)/katex.min.css"), encoding: .utf8)
    let nest = try #require(
      css.firstMatch(of: /\.katex :is\(\.fontsize-ensurer,\.sizing\)\{((?:&[^}]*\})+)\}/))
    let rules = nest.1.matches(of: /&([^{]*)(\{[^}]*\})/).map {
      ".katex .fontsize-ensurer\($0.1),.katex .sizing\($0.1)\($0.2)"
    }
    #expect(rules.count == 11 * 11)
    #expect(original.contains(rules.joined()))
    #expect(!css.contains(".katex .sizing"))
  }
}
