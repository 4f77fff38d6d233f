import Foundation

/// Where things lie in the output, and how pages name one another.
enum SitePath {
  static let cover = "index.html"
  static let print = "print.html"
  static let notFound = "404.html"
  static let references = "references.html"
  static let assets = "assets"
  static let licenses = "licenses"
  /// The smoke run's book within the full one.
  static let quick = "quick"

  /// The way from `page` up to the output folder: `../` for a page in a folder.
  static func root(from page: String) -> String {
    String(repeating: "../", count: page.split(separator: "/").count - 1)
  }

  /// The folder of `page`, with a slash; empty at the top.
  static func folder(of page: String) -> String {
    page.lastIndex(of: "/").map { String(page[...$0]) } ?? ""
  }

  /// Where `target`, a link written in `page`, leads: the path from the output folder, and what
  /// follows `#`.
  ///
  /// - Returns: nil where it leads out of the book.
  static func resolve(_ target: String, in page: String) -> (path: String, fragment: String?)? {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let fragment = parts.count > 1 ? parts[1].removingPercentEncoding ?? String(parts[1]) : nil
    let written = parts[0].prefix { $0 != "?" }
    if written.isEmpty, !target.hasPrefix("?") { return (page, fragment) }
    guard let path = path(written, in: page) else { return nil }
    return (path.removingPercentEncoding ?? path, fragment)
  }

  /// `target`, a link written in `page`, as the top of the output folder would write it.
  static func moved(_ target: String, from page: String) -> String {
    let written = target.prefix { $0 != "#" && $0 != "?" }
    if written.isEmpty { return target }
    return path(written, in: page).map { $0 + target.dropFirst(written.count) } ?? target
  }

  private static func path(_ written: Substring, in page: String) -> String? {
    if written.hasPrefix("//") || written.contains(/^[A-Za-z][A-Za-z0-9+.\-]*:/) { return nil }
    var words = written.hasPrefix("/") ? [] : folder(of: page).split(separator: "/")
    for word in written.split(separator: "/") {
      switch word {
      case ".": break
      case "..":
        if words.popLast() == nil { return nil }
      default: words.append(word)
      }
    }
    if written.hasSuffix("/") || words.isEmpty { words.append("index.html") }
    return words.joined(separator: "/")
  }
}
