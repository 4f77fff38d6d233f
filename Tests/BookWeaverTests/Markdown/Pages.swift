import Foundation
import Testing

@testable import BookWeaver

/// A folder with the texts of a book, removed with the last use of it.
final class TextFolder {
  let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  init(_ files: [String: String] = [:]) throws {
    for (path, text) in files { try write(Data(text.utf8), to: path) }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func write(_ data: Data, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }
}

/// Renders texts for tests.
enum Pages {
  /// Formulas of all tests, so that the engine starts once.
  private static let math = MathRenderer(
    cache: WeaveCache(
      folder: FileManager.default.temporaryDirectory.appending(path: "book-weaver-tests")))

  static func render(
    _ text: String, smart: Bool = true, chapter: String? = nil, keys: Set<String> = [],
    root: URL = FileManager.default.temporaryDirectory, file: String = "Chapters/ssd/ssd.md",
    directives: (any DirectiveRenderer)? = nil
  ) -> RenderedPage {
    var options = MarkdownOptions()
    options.smartPunctuation = smart
    return PageRenderer(options: options, root: root, math: math, citationKeys: keys)
      .render(text: text, file: file, chapterNumber: chapter, directives: directives)
  }

  /// A page's HTML where there is nothing wrong with it.
  static func html(
    _ text: String, chapter: String? = nil, directives: (any DirectiveRenderer)? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    let page = render(text, chapter: chapter, directives: directives)
    #expect(page.problems == [], sourceLocation: sourceLocation)
    return page.html
  }

  /// What is wrong with a text, as a reader of it is told.
  static func problems(
    _ text: String, keys: Set<String> = [], directives: (any DirectiveRenderer)? = nil
  ) -> [String] {
    render(text, keys: keys, directives: directives).problems.map(\.description)
  }
}

/// Directives that say what they were given.
struct EchoDirectives: DirectiveRenderer {
  func block(
    _ directive: Directive, numbering: inout Numbering
  ) throws(WeaveProblem) -> BlockHTML {
    guard directive.arguments != ["missing"] else {
      throw directive.problem("there is no cell “missing”")
    }
    let number = numbering.next(.figure)
    let name = directive.arguments.joined(separator: " ")
    return BlockHTML(
      html: "<section id=\"cell-\(name)\">\(directive.name) \(name) \(number)</section>",
      labels: [Label(name: "fig-\(name)", kind: .figure, number: number, anchor: "cell-\(name)")],
      searchText: "words of \(name)")
  }

  func inline(_ directive: Directive) throws(WeaveProblem) -> String {
    guard directive.name == "record" else {
      throw directive.problem("there is no directive “\(directive.name)”")
    }
    return "<b>\(directive.arguments.joined(separator: "|"))</b>"
  }

  func rest(numbering: inout Numbering) throws(WeaveProblem) -> BlockHTML? {
    BlockHTML(html: "<p>unplaced</p>", searchText: "unplaced")
  }
}
