import Foundation
import Testing

@testable import BookWeaver

struct PageWriterListsTests {
  @Test func `terms and definitions are a definition list`() {
    #expect(
      Pages.html(
        "Term *one*\n: First `a`\n: Second\n\nTerm\nSynonym\n\n:   Loose\n\n    - item\n\nAfter")
          == """
          <dl>
          <dt>Term <em>one</em></dt>
          <dd>First <code>a</code></dd>
          <dd>Second</dd>
          <dt>Term</dt>
          <dt>Synonym</dt>
          <dd>
          <p>Loose</p>
          <ul>
          <li>item</li>
          </ul>
          </dd>
          </dl>
          <p>After</p>

          """)
  }

  @Test func `a colon that follows no term is a colon`() {
    #expect(Pages.html(": a") == "<p>: a</p>\n")
    #expect(Pages.html("```\na\n: b\n```").contains("a\n: b"))
    #expect(Pages.html("a\n:b").contains("<p>a\n:b</p>"))
    #expect(Pages.html("a: b\n\n# C\n\n: d").hasSuffix("</h1>\n<p>: d</p>\n"))
  }

  @Test func `definition lists can be switched off`() {
    var options = MarkdownOptions()
    options.definitionLists = false
    let page = PageRenderer(
      options: options, root: .temporaryDirectory,
      math: MathRenderer(cache: WeaveCache(folder: .temporaryDirectory))
    ).render(text: "Term\n: d", file: "a.md", chapterNumber: nil)
    #expect(page.html == "<p>Term\n: d</p>\n")
  }

  @Test func `tasks say to those who do not see whether they are done`() {
    #expect(
      Pages.html("- [x] a\n- [ ] b") == """
        <ul class="tasks">
        <li><input type="checkbox" disabled="" checked="" aria-label="done" /> a</li>
        <li><input type="checkbox" disabled="" aria-label="to do" /> b</li>
        </ul>

        """)
  }
}
