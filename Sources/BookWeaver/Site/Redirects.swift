import Foundation

/// Where pages and sections of old have gone.
struct Redirects {
  /// By page of old, relative to the output folder: where the page went, and where its fragments did.
  private(set) var pages: [String: Page] = [:]
  private(set) var problems: [WeaveProblem] = []

  struct Page {
    /// Nil where the page is still there.
    var target: String?
    /// By fragment, without `#`.
    var fragments: [String: String] = [:]
  }

  init(_ book: SiteBook, links: LinkCheck) {
    let configuration = book.configuration
    let present = Set(book.summary.pages.compactMap(\.page)).union(SummaryReader.ownPages)
    for (old, target) in configuration.redirects.sorted(by: { $0.key < $1.key }) {
      let key = ["output", "html", "redirect", old]
      let quoted = "The redirect of “\(old)”"
      guard let (page, fragment) = SitePath.resolve(old, in: ""), page.hasSuffix(".html") else {
        problems.append(
          configuration.problem(at: key, "\(quoted) begins at no page; write /folder/page.html."))
        continue
      }
      if fragment == nil, present.contains(page) {
        problems.append(
          configuration.problem(at: key, "\(quoted) would replace a page of the book; remove it."))
        continue
      }
      if let problem = links.problem(ofTarget: target, in: page) {
        problems.append(configuration.problem(at: key, "\(quoted) leads nowhere: \(problem)"))
        continue
      }
      // From the top, which file: addresses do not know, to from the page.
      let target =
        target.hasPrefix("/") && !target.hasPrefix("//")
        ? SitePath.root(from: page) + target.dropFirst() : target
      if let fragment {
        pages[page, default: Page()].fragments[fragment] = target
      } else {
        pages[page, default: Page()].target = target
      }
    }
    // A page that is gone with no target of its own still has to be there for its fragments.
    for page in pages.keys.sorted() where pages[page]?.target == nil && !present.contains(page) {
      pages[page]?.target = SitePath.root(from: page) + SitePath.cover
    }
  }

  /// The fragments of `page` as JSON that can stand in a script element; empty where there are none.
  func fragments(of page: String) -> [String] {
    guard let fragments = pages[page]?.fragments, !fragments.isEmpty else { return [] }
    return [scriptJSON(fragments)]
  }
}

/// A value as JSON that can stand within HTML's `script` element.
func scriptJSON(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let data = (try? encoder.encode(value)) ?? Data("null".utf8)
  return String(decoding: data, as: UTF8.self)
    .replacing("<", with: "\\u003C").replacing("\u{2028}", with: "\\u2028")
    .replacing("\u{2029}", with: "\\u2029")
}
