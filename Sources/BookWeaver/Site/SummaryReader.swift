package import Foundation

/// A summary as its file gives it, and what is wrong with it.
package struct SummaryReader {
  package let summary: Summary
  package let problems: [WeaveProblem]

  /// What the book writes itself.
  static let ownPages: Set<String> = [
    "index.html", "print.html", "404.html", SitePath.references,
  ]
  static let ownFolders: Set<String> = [SitePath.assets, SitePath.licenses, SitePath.quick]

  /// - Parameters:
  ///   - source: the folder that holds `SUMMARY.md`, relative to the package, such as `Chapters`.
  ///   - root: the package's folder.
  ///   - createsMissingFiles: whether a file that is missing is made, with its title as heading.
  package init(source: String, root: URL, createsMissingFiles: Bool = false) {
    let file = "\(source)/SUMMARY.md"
    var text = ""
    var problems: [WeaveProblem] = []
    do throws(WeaveProblem) {
      text = try TextFile.read(file, root: root)
    } catch { problems.append(error) }
    let parser = SummaryParser(text, file: file)
    problems += parser.problems
    if problems.isEmpty, parser.items.isEmpty {
      let message = "It lists no page; write a line for each: - [Title](folder/file.md)."
      problems.append(WeaveProblem(file: file, line: nil, message))
    }
    var check = EntryCheck(source: source, root: root, createsMissingFiles: createsMissingFiles)
    let items = parser.items.map { item -> Summary.Item in
      if case .entry(let entry) = item { .entry(check.checked(entry)) } else { item }
    }
    summary = Summary(items: items)
    self.problems = (problems + check.problems).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }
}

/// Looks at the entries of a summary in reading order.
private struct EntryCheck {
  let source: String
  let root: URL
  let createsMissingFiles: Bool
  private(set) var problems: [WeaveProblem] = []
  /// Where names and pages were first used, by line.
  private var titles: [String: Int] = [:]
  private var pages: [String: Int] = [:]

  init(source: String, root: URL, createsMissingFiles: Bool) {
    (self.source, self.root) = (source, root)
    self.createsMissingFiles = createsMissingFiles
  }

  /// The entry and those below it; one whose file cannot be a page of the book is left as a draft.
  mutating func checked(_ entry: Summary.Entry) -> Summary.Entry {
    var entry = entry
    if let path = entry.file, let message = problem(ofPath: path, line: entry.line) {
      report(entry, message)
      entry.file = nil
    } else if let message = problem(ofTitle: entry) ?? missing(entry) {
      report(entry, message)
    }
    entry.entries = entry.entries.map { checked($0) }
    return entry
  }

  private mutating func report(_ entry: Summary.Entry, _ message: String) {
    problems.append(WeaveProblem(file: "\(source)/SUMMARY.md", line: entry.line, message))
  }

  private mutating func problem(ofPath path: String, line: Int) -> String? {
    let words = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.contains("://") || path.hasPrefix("/") || words.contains("..") {
      return "“\(path)” is outside of the book; name a file of this folder."
    }
    if !path.hasSuffix(".md") { return "“\(path)” is not a Markdown file; its name ends in .md." }
    let page = pagePath(of: path)
    if SummaryReader.ownPages.contains(page.lowercased())
      || SummaryReader.ownFolders.contains(words[0].lowercased())
    {
      return "“\(path)” would become \(page), which the book writes itself; name it otherwise."
    }
    // Letter case does not tell files apart everywhere.
    if let first = pages[page.lowercased()] {
      return "“\(path)” becomes the same page as the entry of line \(first); remove one of them."
    }
    pages[page.lowercased()] = line
    return nil
  }

  private mutating func problem(ofTitle entry: Summary.Entry) -> String? {
    // Sections of different chapters may share a name, such as “Exercises”.
    let parent = entry.number.split(separator: ".").dropLast().joined(separator: ".")
    let title = "\(parent)\u{0}\(entry.title)"
    if let first = titles[title] {
      return "“\(entry.title)” is also the name of the entry of line \(first); name one otherwise."
    }
    titles[title] = entry.line
    return nil
  }

  private func missing(_ entry: Summary.Entry) -> String? {
    guard let path = entry.file else { return nil }
    let file = root.appending(path: "\(source)/\(path)")
    if FileManager.default.fileExists(atPath: file.path) { return nil }
    if createsMissingFiles, Self.create(file, title: entry.title) { return nil }
    return "There is no file \(source)/\(path); write it, or leave the link empty for a draft: "
      + "[\(entry.title)]()."
  }

  private static func create(_ file: URL, title: String) -> Bool {
    let folder = file.deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return (try? Data("# \(title)\n".utf8).write(to: file, options: .atomic)) != nil
  }
}
