import Foundation

/// A page opens quickly from a slow disk or server, too.
struct WeightCheck: PageCheck {
  let claim = "the page without its figures weighs less than 300 KB"

  /// The most bytes of a page with its styles, scripts and typefaces.
  static let mostBytes = 300_000

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    if page.holdsWholeBook { return [] }
    return try browser.withPage { view in
      try view.open(page.url)
      try view.run("await scrollThrough();")
      let parts = Set(view.requests.filter { $0.kind != "Image" }.map(\.url)).map { url in
        (name: url.lastPathComponent, bytes: bytes(of: url))
      }.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
      let sum = parts.reduce(0) { $0 + $1.bytes }
      guard sum >= Self.mostBytes else { return [] }
      let list = parts.map { "\($0.name) \($0.bytes)" }.joined(separator: ", ")
      return ["weighs \(sum) bytes: \(list)"]
    }
  }

  private func bytes(of url: URL) -> Int {
    guard url.isFileURL else { return url.absoluteString.utf8.count }
    return (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
  }
}
