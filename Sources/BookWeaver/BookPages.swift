import Foundation
package import BookFormat

/// The pages of a book, woven of texts, programs and what the programs put out.
package struct BookPages {
  let folders: BookFolders
  let profile: Profile
  let materials: [String: ChapterMaterial]
  /// By chapter: why its program cannot be read.
  let unreadable: [String: WeaveProblem]
  /// The names of all chapters.
  let chapters: [String]
  let configuration: BookConfiguration
  let summary: Summary
  let bibliography: Bibliography
  /// What is wrong with settings, summary and bibliography.
  let problems: [WeaveProblem]
  let bibliographyProblems: [WeaveProblem]
  /// Settings without effect.
  private let settingNotes: [WeaveProblem]
  /// Whether the summary is as its author meant it.
  let hasWholeSummary: Bool
  private let canWrite: Bool
  let cache: WeaveCache
  let highlighter: CodeHighlighter

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
  ///   - materials: the chapters' programs and last runs, in reading order.
  ///   - unreadable: by name of the other chapters, why their programs cannot be read.
  ///   - toolchain: the version of the toolchain, whose server colours the code.
  ///   - environment: may override settings, as `MDBOOK_BOOK__TITLE`.
  ///   - server: colours the code; not started where all of it has been coloured before.
  package init(
    _ folders: BookFolders, profile: Profile, materials: [ChapterMaterial],
    unreadable: [String: WeaveProblem] = [:], toolchain: String, environment: [String: String],
    server: SourceKitServer = SourceKitServer()
  ) {
    self.folders = folders
    self.profile = profile
    self.unreadable = unreadable
    chapters = materials.map(\.chapter) + unreadable.keys.sorted()
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
    self.problems = problems + unreadable.values
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
}
