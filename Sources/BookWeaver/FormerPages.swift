import BookFormat
import Foundation

/// What the last good version of each page gave the others: while a page's text has problems, what
/// refers to it goes on as before.
struct FormerPages {
  struct Page: Codable, Equatable {
    var labels: [Label]
    var anchors: [String]
    var citations: [String]
  }

  /// By file of the summary.
  private(set) var pages: [String: Page]
  private let store: URL

  /// - Parameter folder: such as `.cache/weave`.
  init(folder: URL) {
    store = folder.appending(path: "pages.json")
    let stored = try? Data(contentsOf: store)
    pages = stored.flatMap { try? bookDecoder().decode([String: Page].self, from: $0) } ?? [:]
  }

  /// Gives a page with problems what its last good version had beside, but for the labels in
  /// `taken`, which have moved to another page.
  func complete(_ page: inout RenderedPage, of file: String, taken: Set<String>) {
    guard !page.problems.isEmpty, let former = pages[file] else { return }
    page.labels += former.labels.filter { !taken.contains($0.name) }
    page.anchors.formUnion(former.anchors)
    page.citations += former.citations.filter { !page.citations.contains($0) }
  }

  /// Notes the pages without problems.
  mutating func note(_ rendered: [String: RenderedPage]) {
    let known = pages
    for (file, page) in rendered where page.problems.isEmpty {
      pages[file] = Page(
        labels: page.labels, anchors: page.anchors.sorted(), citations: page.citations)
    }
    guard pages != known, let data = try? bookEncoder().encode(pages) else { return }
    // Where this cannot be written, the next problem is reported in more places, nothing else.
    try? FileManager.default.createDirectory(
      at: store.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: store, options: .atomic)
  }
}
