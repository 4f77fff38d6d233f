import Foundation

/// A page of a built book.
struct BookPage {
  /// The folder that holds the book.
  let folder: URL
  /// The page's path in it.
  let path: String

  var url: URL { folder.appending(path: path) }

  /// Whether it is the page that holds all others, to print.
  var holdsWholeBook: Bool { path == "print.html" }

  /// Whether it can be found by search, as all are but the one for addresses that lead nowhere.
  var isFound: Bool { path != "404.html" }

  /// The pages of the book in `folder`, in alphabetical order; redirects and the smoke run's book
  /// inside another are left out.
  static func all(in folder: URL) throws -> [BookPage] {
    let folder = folder.resolvingSymlinksInPath()
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else {
      throw BrowserError("\(folder.path) is not there; build the book first: make book")
    }
    let paths = walk.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".html") && !$0.hasPrefix("quick/")
    }
    let pages = try paths.sorted().filter {
      try !String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        .contains("http-equiv=\"refresh\"")
    }
    guard !pages.isEmpty else {
      throw BrowserError("\(folder.path) holds no page; build the book first: make book")
    }
    return pages.map { BookPage(folder: folder, path: $0) }
  }
}
