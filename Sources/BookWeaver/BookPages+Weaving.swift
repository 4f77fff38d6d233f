import BookFormat
import Foundation

/// From texts and programs to pages whose references are resolved.
extension BookPages {
  /// All pages with their references resolved.
  struct Woven {
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

  func wovenPages() -> Woven {
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
        if let problem = unreadable[chapter(of: file)] { throw problem }
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

  private func material(of file: String) -> ChapterMaterial? { materials[chapter(of: file)] }

  /// The chapter whose text a file is: `ssd/ssd.md` is that of ssd; empty for other texts.
  private func chapter(of file: String) -> String {
    let parts = file.split(separator: "/")
    return parts.count == 2 && parts[1] == "\(parts[0]).md" ? String(parts[0]) : ""
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

  var cover: CoverFigure? {
    configuration.cover.flatMap { setting in
      CoverFigure(setting) { materials[$0]?.transcript }
    }
  }

  func siteBook(_ woven: Woven) -> SiteBook {
    SiteBook(
      configuration: configuration, summary: summary, pages: woven.pages,
      references: woven.references, notFound: woven.notFound, cover: cover, profile: profile,
      includedFiles: woven.includedFiles, isWhole: hasWholeSummary && woven.isWhole)
  }
}
