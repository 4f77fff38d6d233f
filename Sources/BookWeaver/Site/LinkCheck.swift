import BookRunner
import Foundation

/// Follows the links within the book.
struct LinkCheck {
  let book: SiteBook
  let folders: SiteFolders
  private let source: URL
  private let sourceName: String
  /// By path of a page: its anchors; nil where its text could not be rendered.
  private var anchors: [String: Set<String>?] = [:]

  init(_ book: SiteBook, folders: SiteFolders) {
    self.book = book
    self.folders = folders
    sourceName = book.configuration.source
    source = folders.root.appending(path: sourceName)
    for entry in book.summary.pages {
      guard let file = entry.file else { continue }
      anchors[pagePath(of: file)] = .some(book.pages[file]?.content.anchors)
    }
    anchors[SitePath.cover] = .some([])
    if let references = book.references { anchors[SitePath.references] = references.anchors }
    if book.configuration.print.isEnabled { anchors[SitePath.print] = .some(nil) }
  }

  /// What is wrong with the links of the page of `file`.
  func problems(in file: String, _ content: RenderedPage) -> [WeaveProblem] {
    content.links.compactMap { link in
      problem(link, in: file, own: content.anchors).map {
        WeaveProblem(file: "\(sourceName)/\(file)", line: link.line, $0)
      }
    }
  }

  /// The files of the source folder that the page of `file` links to, such as pictures.
  func linkedFiles(in file: String, _ content: RenderedPage) -> [String] {
    let paths = content.links.compactMap { link -> String? in
      guard let (path, _) = SitePath.resolve(link.target, in: file) else { return nil }
      return !path.hasSuffix(".md") && isFile(path) ? path : nil
    }
    return Set(paths).sorted()
  }

  /// Markdown files that neither the summary nor a text names.
  func orphans() -> [WeaveProblem] {
    guard book.isWhole else { return [] }
    let listed = Set(book.summary.pages.compactMap(\.file)).union(book.includedFiles)
      .union(["SUMMARY.md", book.configuration.notFoundFile])
    let all =
      FileManager.default.enumerator(atPath: source.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".md") && !listed.contains($0) }.sorted().map {
      let message = "No line of SUMMARY.md names this file; add it there, or remove the file."
      return WeaveProblem(file: "\(sourceName)/\($0)", line: nil, message)
    }
  }

  /// What is wrong with a redirect's destination; nil where nothing is.
  func problem(ofTarget target: String, in page: String) -> String? {
    guard let (path, fragment) = SitePath.resolve(target, in: page) else { return nil }
    guard let anchors = anchors[path] else {
      return hasFile(path) ? nil : "there is no page \(path)\(hint(path, Array(self.anchors.keys)))"
    }
    return anchors.flatMap { missing(fragment, in: $0, of: path) }
  }

  private func problem(_ link: RenderedPage.Link, in file: String, own: Set<String>) -> String? {
    guard let (path, fragment) = SitePath.resolve(link.target, in: file) else {
      return link.target.contains(/^([A-Za-z][A-Za-z0-9+.\-]*:|\/\/)/)
        ? nil : "“\(link.target)” leads out of the book."
    }
    let quoted = "“\(link.target)” leads nowhere: "
    if path == file { return missing(fragment, in: own, of: file).map { quoted + $0 } }
    let page = path.hasSuffix(".md") ? pagePath(of: path) : path
    if let anchors = anchors[page] {
      return anchors.flatMap { missing(fragment, in: $0, of: path) }.map { quoted + $0 }
    }
    if path.hasSuffix(".md"), isFile(path) {
      return "\(quoted)SUMMARY.md does not list \(path), so it has no page."
    }
    if OutputFolder.belongsToRun(path), isFile(path) {
      return "“\(link.target)” lies where the chapter's run puts its results; move the file."
    }
    if hasFile(path) { return nil }
    let kind = link.isImage ? "picture" : "file"
    let others = book.summary.pages.compactMap(\.file)
    return "\(quoted)there is no \(kind) \(sourceName)/\(path)\(hint(path, others))"
  }

  private func missing(_ fragment: String?, in anchors: Set<String>, of path: String) -> String? {
    guard let fragment, !fragment.isEmpty, fragment != "top", !anchors.contains(fragment) else {
      return nil
    }
    return "nothing in \(path) has the id \(fragment)\(hint(fragment, anchors.sorted()))"
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    nearestName(to: name, in: names.sorted()).map { "; did you mean “\($0)”?" } ?? "."
  }

  /// Whether the source folder has the file, or a run has put it out.
  private func hasFile(_ path: String) -> Bool {
    isFile(path)
      || FileManager.default.fileExists(atPath: folders.output.appending(path: path).path)
  }

  private func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(
      atPath: source.appending(path: path).path, isDirectory: &isFolder) && !isFolder.boolValue
  }
}
