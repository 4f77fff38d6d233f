import Foundation
import Testing

@testable import BookWeaver

/// The examples of the CommonMark specification, version 0.31.2, through the book's own renderer.
struct CommonMarkTests {
  private struct Specification: Decodable {
    struct Example: Decodable {
      let number: Int
      let markdown: String
      let html: String
    }
    let examples: [Example]
  }

  /// Why the examples that come out otherwise do.
  private static let differences: [String: Set<Int>] = [
    "`$` begins a formula, and one that does not end is a problem": [354, 650],
    "bare addresses are links, as on GitHub": [602, 606, 608, 611, 612],
    "a link to a text, x.md, leads to its page, x.html": [484],
    """
    cmark-gfm implements version 0.29: references of eight digits, <textarea> as a block, `£` as a \
    letter, comments with `--` within
    """: [28, 171, 625, 626],
  ]

  @Test func `640 of the specification's 652 examples come out exactly; the others are known`()
    throws
  {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Goldens/commonmark.json")
    let examples = try JSONDecoder().decode(Specification.self, from: Data(contentsOf: file))
      .examples
    let different = examples.filter {
      CommonMarkTests.withoutAdditions(Pages.render($0.markdown, smart: false).html) != $0.html
    }
    #expect(examples.count == 652)
    #expect(different.count == 12)
    #expect(
      Set(different.map(\.number)) == CommonMarkTests.differences.values.reduce([]) { $0.union($1) }
    )
  }

  /// A page's HTML without what the book gives to every heading (an id, a link to itself), to code
  /// (the reach of keys) and to links out of the book (`rel`).
  private static func withoutAdditions(_ html: String) -> String {
    let heading = /<div class="heading">(.*?)<a class="anchor" [^>]*><\/a><\/div>/
      .dotMatchesNewlines()
    return html.replacing(heading) { $0.1 }
      .replacing(/<(h[1-6]) id="[^"]*">/) { "<\($0.1)>" }
      .replacing("<pre tabindex=\"0\">", with: "<pre>")
      .replacing(" rel=\"external noopener\">", with: ">")
  }

  @Test func `no example makes the renderer stop or lose a problem's place`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Goldens/commonmark.json")
    let examples = try JSONDecoder().decode(Specification.self, from: Data(contentsOf: file))
      .examples
    // All in one text, and each cut in half: unfinished constructs of every kind.
    let whole = examples.map(\.markdown).joined(separator: "\n\n")
    let lineCount = whole.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    for problem in Pages.render(whole).problems {
      #expect(problem.line.map { (1...lineCount).contains($0) } ?? true, "\(problem)")
    }
    for example in examples {
      let half = String(example.markdown.prefix(example.markdown.count / 2))
      _ = Pages.render(half + "\n$x$ {{#ref a}} [@b]")
    }
  }
}
