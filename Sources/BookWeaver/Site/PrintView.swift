/// The whole book as one page, from the pages' texts.
struct PrintView {
  struct Chapter {
    let id: String
    let number: String
    let hasNumber: Bool
    /// The page's name for the print style sheet, such as `chapter-3`.
    let pageName: String
    /// What stands at the head of its pages, as a CSS string.
    let runningHead: String
    let content: String
  }

  let page: PageView
  let cover: CoverView
  let chapters: [Chapter]
  let breaksPages: Bool
  /// The book's title as a CSS string.
  let bookHead: String

  /// - Parameter texts: the pages in reading order: path, number, title, text.
  init(
    page: PageView, cover: CoverView, breaksPages: Bool,
    texts: [(path: String, number: String, title: String, html: String)]
  ) {
    let ids = Self.ids(of: texts.map(\.path))
    self.page = page
    self.cover = cover
    self.breaksPages = breaksPages
    bookHead = Self.cssString(page.site.title)
    chapters = texts.enumerated().map { index, text in
      let head = text.number.isEmpty ? text.title : "\(text.number)  \(text.title)"
      return Chapter(
        id: ids[text.path] ?? "", number: text.number, hasNumber: !text.number.isEmpty,
        pageName: "chapter-\(index + 1)", runningHead: Self.cssString(head),
        content: Self.moved(text.html, from: text.path, ids: ids))
    }
  }

  /// The contents with their links pointing into this page, and with each page's sections.
  ///
  /// - Parameters:
  ///   - paths: the pages that are part of the printed one.
  ///   - headings: by path of a page, its headings.
  static func contents(
    _ groups: [ContentsView.Group], paths: [String], headings: [String: [RenderedPage.Heading]]
  ) -> [ContentsView.Group] {
    let ids = ids(of: paths)
    func moved(_ entry: ContentsView.Entry) -> ContentsView.Entry {
      let id = ids[entry.url]
      let sections = (headings[entry.url] ?? []).filter { $0.level == 2 && id != nil }.map {
        ContentsView.Heading(
          id: "\(id ?? "")--\($0.id)", number: $0.number, html: $0.html, isDeep: false)
      }
      return ContentsView.Entry(
        number: entry.number, title: entry.title, url: id.map { "#\($0)" } ?? "",
        isLink: id != nil, isCurrent: false, headings: sections, hasHeadings: !sections.isEmpty,
        entries: entry.entries.map(moved), hasEntries: entry.hasEntries, folds: false, isOpen: true)
    }
    return groups.map { group in
      var group = group
      group.entries = group.entries.map(moved)
      return group
    }
  }

  /// An id for each page: `ssd` for `ssd/ssd.html`.
  static func ids(of paths: [String]) -> [String: String] {
    var ids: [String: String] = [:]
    // The printed page's own.
    var taken: Set<String> = ["top", "contents"]
    for path in paths {
      var words = path.dropLast(".html".count).split(separator: "/")
      if words.count > 1, words[words.count - 1] == words[words.count - 2] { words.removeLast() }
      let wanted = words.joined(separator: "-")
      var (id, number) = (wanted, 2)
      while taken.contains(id) {
        id = "\(wanted)-\(number)"
        number += 1
      }
      taken.insert(id)
      ids[path] = id
    }
    return ids
  }

  /// A page's text as part of the printed page at the top of the output folder: its ids carry that
  /// of the page, its links stay inside where they lead to the book.
  static func moved(_ html: String, from path: String, ids: [String: String]) -> String {
    let own = ids[path] ?? ""
    return replacingAttributes(in: html) { name, value in
      switch name {
      case "id": return "\(own)--\(value)"
      case "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns":
        return value.split(separator: " ").map { "\(own)--\($0)" }.joined(separator: " ")
      case "href", "xlink:href", "src", "poster":
        return moved(link: value, from: path, ids: ids)
      case "srcset":
        return value.split(separator: ",").map { candidate in
          let words = candidate.split(separator: " ").map(String.init)
          return ([moved(link: words[0], from: path, ids: ids)] + words.dropFirst())
            .joined(separator: " ")
        }.joined(separator: ", ")
      default: return nil
      }
    }
  }

  private static func moved(link: String, from path: String, ids: [String: String]) -> String {
    guard let (target, fragment) = SitePath.resolve(link, in: path) else { return link }
    if let id = ids[target] {
      return fragment.map { $0.isEmpty ? "#\(id)" : "#\(id)--\($0)" } ?? "#\(id)"
    }
    if target == SitePath.cover { return "#top" }
    return SitePath.moved(link, from: path)
  }

  private static func cssString(_ text: String) -> String {
    "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("<", with: "\\3C ").replacing("\n", with: " ") + "\""
  }
}
