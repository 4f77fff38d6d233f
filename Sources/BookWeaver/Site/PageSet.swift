/// Makes the view of each page of a book: its place among the others.
struct PageSet {
  private let book: SiteBook
  private let site: SiteView
  private let redirects: Redirects
  private let present: Set<String>
  /// The pages in reading order, the cover first.
  let sequence: [PageLink]

  init(book: SiteBook, site: SiteView, redirects: Redirects, present: Set<String>) {
    self.book = book
    self.site = site
    self.redirects = redirects
    self.present = present
    var sequence = [PageLink(url: SitePath.cover, number: "", name: book.configuration.title)]
    for entry in book.summary.pages {
      guard let file = entry.file, present.contains(file) else { continue }
      sequence.append(PageLink(url: pagePath(of: file), number: entry.number, name: entry.title))
    }
    if let references = book.references {
      sequence.append(PageLink(url: SitePath.references, number: "", name: references.title))
    }
    self.sequence = sequence
  }

  /// A page of the summary.
  func view(of entry: Summary.Entry, _ content: RenderedPage) -> PageView {
    let file = entry.file ?? ""
    var view = frame(pagePath(of: file), content.title, file: file, headings: content.headings)
    fill(&view, content)
    let around = book.summary.trail(to: file).dropLast().map { trailName($0) }
    view.trail = [book.summary.part(of: file)].compactMap(\.self) + around
    if !entry.number.isEmpty, !entry.number.contains("."), !site.hidesNumbers {
      view.trail.append("Chapter \(entry.number)")
    }
    view.hasTrail = !view.trail.isEmpty
    let page = book.pages[file]
    view.commands = page?.command.map { [$0] } ?? []
    view.provenance = page?.run.map(ProvenanceRow.rows(of:)) ?? []
    view.hasProvenance = !view.provenance.isEmpty
    let sourceFile = "\(book.configuration.source)/\(file)"
    view.editLinks =
      book.configuration.editURL.map { [$0.replacing("{path}", with: sourceFile)] } ?? []
    return view
  }

  func view(ofReferences content: RenderedPage) -> PageView {
    var view = frame(SitePath.references, content.title)
    fill(&view, content)
    return view
  }

  func coverView() -> PageView {
    var view = frame(SitePath.cover, site.title)
    view.previous = []
    view.isCover = true
    return view
  }

  /// The page for what is not there: it may be shown at any depth, so its links start from where
  /// the site lies.
  func notFoundView() -> PageView {
    var view = frame(SitePath.notFound, book.notFound?.title ?? "This page is not there")
    if let content = book.notFound {
      fill(&view, content)
    } else {
      view.content = """
        <h1>This page is not there</h1>
        <p>The address names no page of the book: it may have moved, or never been. The contents list \
        what there is.</p>
        """
    }
    view.base = book.configuration.siteURL.map { [$0.hasSuffix("/") ? $0 : $0 + "/"] } ?? []
    return view
  }

  /// - Parameter paths: the pages that are part of the printed one.
  func printView(paths: [String], hasMath: Bool) -> PageView {
    var view = frame(SitePath.print, site.title)
    view.hasMath = hasMath
    let headings = book.summary.pages.compactMap { entry in
      entry.file.flatMap { file in book.pages[file] }.map {
        (entry.page ?? "", $0.content.headings)
      }
    }
    view.contents.groups = PrintView.contents(
      view.contents.groups, paths: paths,
      headings: book.configuration.listsHeadings ? Dictionary(uniqueKeysWithValues: headings) : [:])
    return view
  }

  func redirectView(at path: String) -> PageView {
    var view = frame(path, site.title)
    view.fragmentRedirects = redirects.fragments(of: path)
    return view
  }

  private func frame(
    _ path: String, _ title: String, file: String? = nil, headings: [RenderedPage.Heading] = []
  ) -> PageView {
    let contents = ContentsView(
      of: book, from: file, headings: headings, hasPage: present.contains)
    var view = PageView(site: site, path: path, title: title, contents: contents)
    if let place = sequence.firstIndex(where: { $0.url == path }) {
      view.previous = place > 0 ? [sequence[place - 1]] : []
      view.next = place + 1 < sequence.count ? [sequence[place + 1]] : []
    }
    view.fragmentRedirects = redirects.fragments(of: path)
    return view
  }

  private func fill(_ view: inout PageView, _ content: RenderedPage) {
    view.content = content.html
    view.hasMath = content.html.contains("class=\"katex")
  }

  private func trailName(_ entry: Summary.Entry) -> String {
    entry.number.isEmpty || site.hidesNumbers ? entry.title : "\(entry.number) \(entry.title)"
  }
}
