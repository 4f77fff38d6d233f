/// The order of the book, as `SUMMARY.md` gives it.
package struct Summary: Equatable, Sendable {
  /// Prefix pages, parts, chapters and suffix pages from top to bottom.
  package var items: [Item]

  package enum Item: Equatable, Sendable {
    case entry(Entry)
    case part(String)
    case separator
  }

  /// A page, or the promise of one, with the pages below it.
  package struct Entry: Equatable, Sendable {
    /// Its name in the contents, as plain text.
    package var title: String
    /// Its file, relative to the source folder; nil for a draft.
    package var file: String?
    /// Such as `8` or `8.1`; empty for prefix and suffix pages.
    package var number: String
    /// Its line in `SUMMARY.md`.
    package var line: Int
    package var entries: [Entry]

    package init(
      title: String, file: String?, number: String = "", line: Int = 1, entries: [Entry] = []
    ) {
      self.title = title
      self.file = file
      self.number = number
      self.line = line
      self.entries = entries
    }
  }

  package init(items: [Item]) { self.items = items }
}

extension Summary {
  /// Every page in reading order; no drafts.
  package var pages: [Entry] { entries.filter { $0.file != nil } }

  /// Every entry in reading order.
  package var entries: [Entry] {
    items.flatMap { item -> [Entry] in
      if case .entry(let entry) = item { entry.flattened } else { [] }
    }
  }

  /// The part that `file` stands in; nil outside of parts.
  func part(of file: String) -> String? {
    var part: String?
    for item in items {
      switch item {
      case .part(let title): part = title
      case .separator: break
      case .entry(let entry):
        if entry.flattened.contains(where: { $0.file == file }) {
          return entry.number.isEmpty ? nil : part
        }
      }
    }
    return nil
  }

  /// The entries from the top down to that of `file`, itself last.
  func trail(to file: String) -> [Entry] {
    func trail(in entries: [Entry]) -> [Entry] {
      for entry in entries {
        if entry.file == file { return [entry] }
        let below = trail(in: entry.entries)
        if !below.isEmpty { return [entry] + below }
      }
      return []
    }
    return items.lazy.compactMap { item -> [Entry]? in
      guard case .entry(let entry) = item else { return nil }
      let found = trail(in: [entry])
      return found.isEmpty ? nil : found
    }.first ?? []
  }
}

extension Summary.Entry {
  /// The entry and all below it.
  var flattened: [Summary.Entry] { [self] + entries.flatMap(\.flattened) }

  /// The path of its page in the output; nil for a draft.
  package var page: String? { file.map(pagePath(of:)) }
}

/// The path of the page that a Markdown file becomes: `ssd/ssd.md` is `ssd/ssd.html`, and a
/// `README.md` the `index.html` of its folder.
package func pagePath(of file: String) -> String {
  var words = file.split(separator: "/").map(String.init)
  guard let name = words.popLast() else { return file }
  let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  return (words + [(stem.lowercased() == "readme" ? "index" : stem) + ".html"])
    .joined(separator: "/")
}
