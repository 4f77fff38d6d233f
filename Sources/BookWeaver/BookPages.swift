import Foundation
package import BookFormat

/// The pages of a book, woven of texts, programs and what the programs put out.
package struct BookPages {
  private let folders: BookFolders
  private let profile: Profile
  private let materials: [String: ChapterMaterial]
  private let chapters: [String]
  private let configuration: BookConfiguration
  private let summary: Summary
  private let bibliography: Bibliography
  /// What is wrong with settings, summary and bibliography.
  private let problems: [WeaveProblem]
  private let bibliographyProblems: [WeaveProblem]
  /// Settings without effect.
  private let settingNotes: [WeaveProblem]
  /// Whether the summary is as its author meant it.
  private let hasWholeSummary: Bool
  private let canWrite: Bool
  private let cache: WeaveCache
  private let highlighter: CodeHighlighter

  /// What weaving a book did.
  package struct Report {
    /// Everything that is wrong, by file and line.
    package var problems: [WeaveProblem]
    /// The files that were written or removed, relative to the book's folder.
    package var changes: [String] = []
    /// What a reader should know though nothing is wrong.
    package var notes: [String] = []

    package init(problems: [WeaveProblem], changes: [String] = [], notes: [String] = []) {
      self.problems = problems
      self.changes = changes
      self.notes = notes
    }
  }

  /// Reads settings, summary and bibliography.
  ///
  /// - Parameters:
  ///   - materials: the chapters' programs and last runs.
  ///   - chapters: the names of all chapters, those included whose program cannot be read.
  ///   - toolchain: the version of the toolchain, whose server colours the code.
  ///   - environment: may override settings, as `MDBOOK_BOOK__TITLE`.
  ///   - server: colours the code; not started where all of it has been coloured before.
  package init(
    _ folders: BookFolders, profile: Profile, materials: [ChapterMaterial], chapters: [String],
    toolchain: String, environment: [String: String], server: SourceKitServer = SourceKitServer()
  ) {
    self.folders = folders
    self.profile = profile
    self.chapters = chapters
    self.materials = Dictionary(materials.map { ($0.chapter, $0) }) { first, _ in first }
    var problems: [WeaveProblem] = []
    func text(_ path: String) -> String {
      do throws(WeaveProblem) {
        return try TextFile.read(path, root: folders.root)
      } catch {
        problems.append(error)
        return ""
      }
    }
    let settings = ConfigurationReader(text("book.toml"), environment: environment)
    configuration = settings.configuration
    problems += settings.problems
    let isConfigured = problems.isEmpty
    settingNotes = settings.notes
    if let cover = configuration.cover, !chapters.contains(String(cover.prefix { $0 != "/" })) {
      let message = "cover in [book]: there is no chapter to draw “\(cover)”; write chapter/figure."
      problems.append(configuration.problem(at: "book.cover", message))
    }
    let source = configuration.source
    let reader = SummaryReader(
      source: source, root: folders.root, createsMissingFiles: configuration.createsMissingFiles)
    summary = reader.summary
    problems += reader.problems
    hasWholeSummary = reader.problems.isEmpty
    canWrite = isConfigured && !summary.entries.isEmpty
    let beforeBibliography = problems.count
    if let path = configuration.bibliography {
      let file = "\(source)/\(path)"
      let read = Bibliography.read(bibTeX: text(file), file: file)
      bibliography = read.bibliography
      problems += read.problems
    } else {
      bibliography = Bibliography()
    }
    bibliographyProblems = Array(problems[beforeBibliography...])
    self.problems = problems
    cache = WeaveCache(folder: folders.cache.appending(path: "weave"))
    highlighter = CodeHighlighter(server: server, cache: cache, toolchain: toolchain)
  }

  /// Writes the pages; those with problems keep their last good version.
  ///
  /// - Throws: where the book's folder cannot be written.
  package func write() throws -> Report {
    let woven = wovenPages()
    var report = Report(problems: problems + woven.problems, notes: notes)
    // With settings that mean something else than was meant, or without a list of pages, no page is
    // what it should be.
    guard canWrite else { return report }
    var writer = SiteWriter(siteBook(woven), folders: siteFolders, cache: cache)
    let written = try writer.write()
    report.problems = (report.problems + written.problems).uniqueInOrder()
    report.changes = written.changes
    var former = FormerPages(folder: cache.folder)
    former.note(woven.pages.mapValues(\.content))
    return report
  }

  /// Looks for everything that is wrong with the book's text and programs; writes nothing.
  package func check() -> Report {
    let woven = wovenPages()
    let book = siteBook(woven)
    let links = LinkCheck(book, folders: siteFolders)
    let linkProblems = book.texts.flatMap { links.problems(in: $0.file, $0.content) }
    let problems =
      problems + woven.problems + book.texts.flatMap(\.content.problems) + linkProblems
      + links.orphans() + woven.checkProblems
    return Report(problems: problems.uniqueInOrder(), notes: notes)
  }

  private var notes: [String] {
    let hasNoCover = configuration.cover != nil && cover == nil
    return settingNotes.map(\.description)
      + [
        hasNoCover ? "The cover has no picture yet: its chapter draws it when it runs." : nil,
        highlighter.note,
      ].compactMap(\.self)
  }

  private var siteFolders: SiteFolders {
    SiteFolders(root: folders.root, output: folders.output(profile))
  }

  // MARK: Pages

  /// All pages with their references resolved.
  private struct Woven {
    var pages: [String: SitePage] = [:]
    var references: RenderedPage?
    var notFound: RenderedPage?
    var includedFiles: Set<String> = []
    /// Whether all texts have been read.
    var isWhole = true
    /// What is wrong beside the pages' own problems.
    var problems: [WeaveProblem] = []
    /// What only a check looks for.
    var checkProblems: [WeaveProblem] = []
  }

  private func wovenPages() -> Woven {
    let renderer = PageRenderer(
      options: markdownOptions, root: folders.root, math: MathRenderer(cache: cache),
      citationKeys: Set(bibliography.entries.keys), highlight: { highlighter.html($0) })
    var woven = Woven()
    let former = FormerPages(folder: cache.folder)
    var rendered: [(entry: Summary.Entry, page: BookReferences.Page)] = []
    for entry in summary.pages + [notFoundEntry].compactMap(\.self) {
      guard let file = entry.file, let path = entry.page else { continue }
      let place = "\(configuration.source)/\(file)"
      do throws(WeaveProblem) {
        let text = try TextFile.read(place, root: folders.root)
        let page = render(text, entry, file: place, by: renderer, into: &woven)
        rendered.append((entry, BookReferences.Page(file: place, path: path, rendered: page)))
      } catch {
        woven.isWhole = false
        // What the summary's reader says of the file says it all.
        let problem = summaryProblem(of: entry) ?? error
        woven.problems.append(problem)
        guard former.pages[file] != nil else { continue }
        let page = RenderedPage(title: entry.title, problems: [problem])
        rendered.append((entry, BookReferences.Page(file: place, path: path, rendered: page)))
      }
    }
    let labels = Set(rendered.flatMap(\.page.rendered.labels).map(\.name))
    for index in rendered.indices {
      guard let file = rendered[index].entry.file else { continue }
      former.complete(&rendered[index].page.rendered, of: file, taken: labels)
    }
    let references = BookReferences(
      pages: rendered.map(\.page), bibliography: bibliography, referencesPath: SitePath.references)
    for (entry, page) in rendered {
      guard let file = entry.file else { continue }
      let content = references.resolved(page)
      if entry == notFoundEntry {
        woven.notFound = content
      } else {
        let material = material(of: file)
        woven.pages[file] = SitePage(
          content, command: material?.command, run: material?.transcript)
      }
    }
    if rendered.contains(where: { !$0.page.rendered.citations.isEmpty }) {
      woven.references = references.referencesPage()
      woven.references?.problems = bibliographyProblems
    }
    return woven
  }

  private func summaryProblem(of entry: Summary.Entry) -> WeaveProblem? {
    problems.first { $0.file == "\(configuration.source)/SUMMARY.md" && $0.line == entry.line }
  }

  /// The text for what is not there; nil where the author wrote none.
  private var notFoundEntry: Summary.Entry? {
    let file = configuration.notFoundFile
    let path = folders.root.appending(path: "\(configuration.source)/\(file)").path
    let isWanted = file != BookConfiguration().notFoundFile && !file.isEmpty
    guard isWanted || FileManager.default.fileExists(atPath: path) else { return nil }
    return Summary.Entry(title: "", file: file)
  }

  private func render(
    _ text: String, _ entry: Summary.Entry, file: String, by renderer: PageRenderer,
    into woven: inout Woven
  ) -> RenderedPage {
    let material =
      material(of: entry.file ?? "")
      ?? ChapterMaterial(
        chapter: "", profile: profile, sourceFile: file, source: "", cells: [], transcript: nil,
        records: materials.values.first?.records ?? [:])
    let expanded = renderer.expanded(text, file: file)
    let cells = CellRenderer(
      material, pageText: expanded, chapters: chapters, highlighter: highlighter,
      library: SourceLibrary(folders: folders, highlighter: highlighter))
    let page = renderer.render(
      text: text, file: file, chapterNumber: entry.number.isEmpty ? nil : entry.number,
      directives: cells)
    let prefix = configuration.source + "/"
    woven.includedFiles.formUnion(
      page.includedFiles.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    woven.checkProblems +=
      cells.checkProblems + CellCheck(material).problems(page: expanded, pageFile: file)
    return page
  }

  /// The program beside a text: that of `ssd/ssd.md` is the chapter ssd.
  private func material(of file: String) -> ChapterMaterial? {
    let parts = file.split(separator: "/")
    guard parts.count == 2, parts[1] == "\(parts[0]).md" else { return nil }
    return materials[String(parts[0])]
  }

  private var markdownOptions: MarkdownOptions {
    var options = MarkdownOptions()
    options.smartPunctuation = configuration.smartPunctuation
    options.definitionLists = configuration.definitionLists
    options.admonitions = configuration.admonitions
    options.citations = configuration.bibliography != nil
    options.includes = configuration.expandsIncludes
    options.hiddenLines = configuration.hiddenLines
    return options
  }

  private var cover: CoverFigure? {
    configuration.cover.flatMap { setting in
      CoverFigure(setting) { materials[$0]?.transcript }
    }
  }

  private func siteBook(_ woven: Woven) -> SiteBook {
    SiteBook(
      configuration: configuration, summary: summary, pages: woven.pages,
      references: woven.references, notFound: woven.notFound, cover: cover, profile: profile,
      includedFiles: woven.includedFiles, isWhole: hasWholeSummary && woven.isWhole)
  }
}
