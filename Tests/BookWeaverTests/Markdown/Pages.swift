import Foundation

@testable import BookWeaver

/// Renders texts for tests.
enum Pages {
  static let cache = FileManager.default.temporaryDirectory.appending(path: "book-weaver-tests")

  static func render(
    _ text: String, smart: Bool = true, chapter: String? = nil, keys: Set<String> = [],
    root: URL = FileManager.default.temporaryDirectory, file: String = "Chapters/x/x.md",
    directives: (any DirectiveRenderer)? = nil
  ) -> RenderedPage {
    var options = MarkdownOptions()
    options.smartPunctuation = smart
    return PageRenderer(
      options: options, root: root, math: MathRenderer(cache: WeaveCache(folder: cache)),
      citationKeys: keys
    ).render(text: text, file: file, chapterNumber: chapter, directives: directives)
  }
}
