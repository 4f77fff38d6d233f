package import Foundation

/// A summary as its file gives it, and what is wrong with it.
package struct SummaryReader {
  package let summary: Summary
  package private(set) var problems: [WeaveProblem]

  /// What the book writes itself.
  static let ownPages: Set<String> = [
    "index.html", "print.html", "404.html", SitePath.references,
  ]
  static let ownFolders: Set<String> = [SitePath.assets, SitePath.licenses, SitePath.quick]

  /// - Parameters:
  ///   - source: the folder that holds `SUMMARY.md`.
  ///   - name: that folder in messages, such as `Chapters`.
  ///   - createsMissingFiles: whether a file that is missing is made, with its title as heading.
  package init(source: URL, name: String, createsMissingFiles: Bool = false) {
    let file = "\(name)/SUMMARY.md"
    guard let data = try? Data(contentsOf: source.appending(path: "SUMMARY.md")) else {
      let message = "The file is missing: it lists the chapters, `- [Title](folder/file.md)`."
      (summary, problems) = (Summary(items: []), [WeaveProblem(file: file, line: nil, message)])
      return
    }
    guard let text = String(data: data, encoding: .utf8) else {
      let message = "The file is not UTF-8 text; save it as UTF-8."
      (summary, problems) = (Summary(items: []), [WeaveProblem(file: file, line: nil, message)])
      return
    }
    let parser = SummaryParser(text, file: file)
    (summary, problems) = (Summary(items: parser.items), parser.problems)
    var seen = Seen()
    for entry in summary.entries {
      if let message = Self.problem(of: entry, &seen) {
        problems.append(WeaveProblem(file: file, line: entry.line, message))
      } else if let path = entry.file {
        let url = source.appending(path: path)
        if FileManager.default.fileExists(atPath: url.path) { continue }
        if createsMissingFiles, Self.create(url, title: entry.title) { continue }
        let message =
          "There is no file \(name)/\(path); write it, or leave the link empty for a draft: "
          + "[\(entry.title)]()."
        problems.append(WeaveProblem(file: file, line: entry.line, message))
      }
    }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// Where names and pages were first used, by line.
  private struct Seen {
    var titles: [String: Int] = [:]
    var pages: [String: Int] = [:]
  }

  /// What is wrong with an entry whatever its file holds; nil where nothing is.
  private static func problem(of entry: Summary.Entry, _ seen: inout Seen) -> String? {
    if let path = entry.file {
      let words = path.split(separator: "/", omittingEmptySubsequences: false)
      if path.contains("://") || path.hasPrefix("/") || words.contains("..") {
        return "“\(path)” is outside of the book; name a file of this folder."
      }
      if !path.hasSuffix(".md") { return "“\(path)” is not a Markdown file; its name ends in .md." }
      let page = pagePath(of: path)
      if ownPages.contains(page.lowercased()) || ownFolders.contains(words[0].lowercased()) {
        return "“\(path)” would become \(page), which the book writes itself; name it otherwise."
      }
      // Letter case does not tell files apart everywhere.
      if let line = seen.pages.updateValue(entry.line, forKey: page.lowercased()) {
        return "“\(path)” becomes the same page as the entry of line \(line); remove one of them."
      }
    }
    // Sections of different chapters may share a name, such as “Exercises”.
    let parent = entry.number.split(separator: ".").dropLast().joined(separator: ".")
    if let line = seen.titles.updateValue(entry.line, forKey: "\(parent)\u{0}\(entry.title)") {
      return "“\(entry.title)” is also the name of the entry of line \(line); name one otherwise."
    }
    return nil
  }

  private static func create(_ file: URL, title: String) -> Bool {
    let folder = file.deletingLastPathComponent()
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return (try? Data("# \(title)\n".utf8).write(to: file, options: .atomic)) != nil
  }
}
