import Foundation

/// Writes a book's pages, and what belongs to a book beside them.
///
/// Pages without problems are written; the others keep their last good version. The same book gives
/// the same bytes, and a file whose bytes are there already is not touched.
package struct SiteWriter {
  private let book: SiteBook
  private let folders: SiteFolders
  private let cache: WeaveCache
  private let links: LinkCheck
  private var output: OutputFolder
  private var problems: [WeaveProblem] = []
  /// Files whose pages have a text without problems.
  private var good: Set<String> = []
  /// Files of the summary whose pages can be gone to: the good ones, and those of before.
  private var present: Set<String> = []

  /// What came of writing a book.
  package struct Report {
    /// Everything that is wrong, by page in reading order.
    package var problems: [WeaveProblem]
    /// Paths of the files that were written or removed.
    package var changes: [String]
  }

  package init(_ book: SiteBook, folders: SiteFolders, cache: WeaveCache) {
    self.book = book
    self.folders = folders
    self.cache = cache
    links = LinkCheck(book, folders: folders)
    output = OutputFolder(folders.output)
  }

  /// Writes the book.
  ///
  /// - Throws: where the output folder cannot be written.
  package mutating func write() throws -> Report {
    checkPages()
    do {
      try writeSite()
    } catch let problem as WeaveProblem {
      problems.append(problem)
    }
    return Report(problems: problems, changes: output.changes)
  }

  // MARK: What is there

  private mutating func checkPages() {
    for (file, content) in book.texts {
      let found = content.problems + links.problems(in: file, content)
      problems += found
      if found.isEmpty { good.insert(file) }
    }
    for file in book.summary.pages.compactMap(\.file)
    where good.contains(file) || output.contains(pagePath(of: file)) {
      present.insert(file)
    }
    problems += links.orphans()
  }

  private func content(of file: String) -> RenderedPage? {
    good.contains(file) ? book.pages[file]?.content : nil
  }

  private var hasMath: Bool {
    let texts =
      book.pages.values.map(\.content) + [book.references, book.notFound].compactMap(\.self)
    return texts.contains { Self.hasMath($0.html) }
  }

  private static func hasMath(_ html: String) -> Bool { html.contains("class=\"katex") }

  // MARK: Writing

  private mutating func writeSite() throws {
    let configuration = book.configuration
    var overrides: URL? = folders.root.appending(path: configuration.themeFolder ?? "theme")
    if let folder = overrides, !FileManager.default.fileExists(atPath: folder.path) {
      overrides = nil
      if let name = configuration.themeFolder {
        problems.append(
          configuration.problem(at: "output.html.theme", "There is no folder \(name)."))
      }
    }
    let theme = try ThemeFiles(overrides: overrides)
    var writer = AssetWriter(configuration, folders: folders, theme: theme)
    try writer.write(to: &output, hasMath: hasMath, searchIndex: searchIndex())
    problems += writer.problems
    let redirects = Redirects(book, links: links)
    problems += redirects.problems
    let site = SiteView(
      book, assets: writer.assets,
      hasLicenses: !writer.assets.mathStyle.isEmpty || !writer.assets.search.isEmpty)

    let pages = PageSet(book: book, site: site, redirects: redirects, present: present)
    for entry in book.summary.pages {
      guard let file = entry.file else { continue }
      let path = pagePath(of: file)
      guard let content = content(of: file) else {
        output.keep(path)
        continue
      }
      try output.write(theme.render("page", pages.view(of: entry, content)), to: path)
      try copyFiles(linkedFrom: file, content)
    }
    if let references = book.references, references.problems.isEmpty {
      try output.write(
        theme.render("page", pages.view(ofReferences: references)), to: SitePath.references)
    } else if book.references != nil {
      output.keep(SitePath.references)
    }
    let cover = CoverView(book, firstPage: pages.sequence.dropFirst().first)
    try output.write(
      theme.render("cover", CoverPageView(page: pages.coverView(), cover: cover)),
      to: SitePath.cover)
    try writeNotFound(theme, pages)
    try writePrint(theme, pages, cover)
    for (path, page) in redirects.pages.sorted(by: { $0.key < $1.key }) {
      guard let target = page.target else { continue }
      let view = RedirectView(page: pages.redirectView(at: path), target: target)
      try output.write(theme.render("redirect", view), to: path)
    }
    if let domain = configuration.domain { try output.write(domain + "\n", to: "CNAME") }
    if !book.isWhole { output.keepAll() }
    try output.finish()
  }

  /// The files of the source folder that a page links to lie beside it in the output.
  private mutating func copyFiles(linkedFrom file: String, _ content: RenderedPage) throws {
    let source = folders.root.appending(path: book.configuration.source)
    for path in links.linkedFiles(in: file, content) {
      try output.write(Data(contentsOf: source.appending(path: path)), to: path)
    }
  }

  private mutating func searchIndex() -> String? {
    guard book.configuration.search.isEnabled else { return nil }
    do {
      let lunr = String(decoding: try Lunr(root: folders.system).script(), as: UTF8.self)
      let pages = book.summary.pages.filter { $0.file.map(good.contains) ?? false }
      return try SearchIndex(book, pages: pages, lunr: lunr, cache: cache).script
    } catch {
      problems.append(error)
      return nil
    }
  }

  private mutating func writeNotFound(_ theme: ThemeFiles, _ pages: PageSet) throws {
    if let content = book.notFound {
      let file = book.configuration.notFoundFile
      guard good.contains(file) else { return output.keep(SitePath.notFound) }
      try copyFiles(linkedFrom: file, content)
    }
    try output.write(theme.render("page", pages.notFoundView()), to: SitePath.notFound)
  }

  /// The printed book is one page: while one of its texts has problems, it stays as it was.
  private mutating func writePrint(
    _ theme: ThemeFiles, _ pages: PageSet, _ cover: CoverView
  ) throws {
    guard book.configuration.print.isEnabled else { return }
    let isWhole =
      book.summary.pages.allSatisfy { $0.file.map(good.contains) ?? true }
      && book.references?.problems.isEmpty ?? true
    if !isWhole, output.contains(SitePath.print) {
      output.keep(SitePath.print)
      return
    }
    var texts = book.summary.pages.compactMap { entry in
      entry.file.flatMap(content(of:)).map {
        (path: entry.page ?? "", number: entry.number, title: $0.title, html: $0.html)
      }
    }
    if let references = book.references {
      texts.append((SitePath.references, "", references.title, references.html))
    }
    let view = PrintView(
      page: pages.printView(paths: texts.map(\.path), hasMath: hasMath), cover: cover,
      breaksPages: book.configuration.print.breaksPages, texts: texts)
    try output.write(theme.render("print", view), to: SitePath.print)
  }
}
