/// The contents as the templates list them, seen from one page.
///
/// A template looks for what is nil in the view around it: so nothing here is optional.
struct ContentsView {
  /// The entries of one part, or those outside of parts.
  struct Group {
    var part = ""
    var hasPart = false
    var entries: [Entry] = []
  }

  struct Entry {
    let number: String
    let title: String
    /// From the output folder.
    let url: String
    /// Whether there is a page to go to.
    let isLink: Bool
    let isCurrent: Bool
    let headings: [Heading]
    let hasHeadings: Bool
    let entries: [Entry]
    let hasEntries: Bool
    /// Whether the entries below can be folded, and are unfolded.
    let folds: Bool
    let isOpen: Bool
  }

  struct Heading {
    let id: String
    let number: String
    let html: String
    let isDeep: Bool
  }

  var groups: [Group]

  /// - Parameters:
  ///   - file: the file of the page that shows the contents; nil for none of the summary's.
  ///   - headings: that page's headings.
  ///   - hasPage: whether the page of a file can be gone to.
  init(
    of book: SiteBook, from file: String?, headings: [RenderedPage.Heading] = [],
    hasPage: (String) -> Bool
  ) {
    let configuration = book.configuration
    let open = Set(file.map { book.summary.trail(to: $0).map(\.line) } ?? [])
    let listed = (configuration.listsHeadings ? headings : [])
      .filter { (2...3).contains($0.level) }
      .map { Heading(id: $0.id, number: $0.number, html: $0.html, isDeep: $0.level > 2) }

    func view(_ entry: Summary.Entry, level: Int) -> Entry {
      let isCurrent = file != nil && entry.file == file
      return Entry(
        number: configuration.hidesNumbers ? "" : entry.number, title: entry.title,
        url: entry.page ?? "", isLink: entry.file.map(hasPage) ?? false, isCurrent: isCurrent,
        headings: isCurrent ? listed : [], hasHeadings: isCurrent && !listed.isEmpty,
        entries: entry.entries.map { view($0, level: level + 1) },
        hasEntries: !entry.entries.isEmpty,
        folds: configuration.fold.isEnabled && !entry.entries.isEmpty,
        isOpen: level <= configuration.fold.level || open.contains(entry.line))
    }

    var groups = [Group()]
    for item in book.summary.items {
      switch item {
      case .separator: groups.append(Group())
      case .part(let title): groups.append(Group(part: title, hasPart: true))
      case .entry(let entry):
        // The pages after the last part are no part of it.
        if entry.number.isEmpty, groups[groups.count - 1].hasPart { groups.append(Group()) }
        groups[groups.count - 1].entries.append(view(entry, level: 1))
      }
    }
    self.groups = groups.filter { !$0.entries.isEmpty }
  }
}
