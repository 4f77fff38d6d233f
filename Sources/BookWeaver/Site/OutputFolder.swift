import BookFormat
package import Foundation

/// The folder that the book is written to.
///
/// A file is written only where its bytes differ, by a temporary name and a rename. A list of what
/// the book wrote tells what it no longer has; nothing else in the folder is ever removed.
package struct OutputFolder {
  package let url: URL
  /// Files of this book, by path from the folder.
  private var paths: Set<String> = []
  /// Files of the book that was here before.
  private let previous: Set<String>
  /// What was written because it differed, and what was removed.
  package private(set) var changes: [String] = []

  static let manifest = "manifest.json"

  package init(_ url: URL) {
    self.url = url
    let list = try? Data(contentsOf: url.appending(path: Self.manifest))
    previous = Set(list.flatMap { try? bookDecoder().decode([String].self, from: $0) } ?? [])
  }

  /// Whether a file at `path` would be a result of a chapter's run rather than a page.
  package static func belongsToRun(_ path: String) -> Bool {
    let words = path.split(separator: "/")
    let name = String(words.last ?? "")
    return words.count > 1
      && (words.dropFirst().contains { $0 == "figures" || $0 == "text" }
        || ["transcript.json", "records.json"].contains(name) || ResultFile.saysDetections(name))
  }

  /// Whether there is a file at `path`.
  func contains(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: path).path)
  }

  /// Makes `bytes` the file at `path`.
  package mutating func write(_ bytes: Data, to path: String) throws {
    paths.insert(path)
    try put(bytes, at: path)
  }

  /// Makes `text` the file at `path`.
  package mutating func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Leaves the file at `path` as it is, with all that an earlier page may need.
  package mutating func keep(_ path: String) {
    guard contains(path) else { return }
    paths.insert(path)
    paths.formUnion(previous.filter { $0.hasPrefix(SitePath.assets + "/") })
  }

  /// Leaves all files of the book that was here before.
  package mutating func keepAll() { paths.formUnion(previous.filter(contains)) }

  /// Removes what the book no longer has and notes what it has.
  package mutating func finish() throws {
    for path in previous.subtracting(paths).sorted() where isRemovable(path) {
      try? FileManager.default.removeItem(at: url.appending(path: path))
      changes.append(path)
      removeEmptyFolders(above: path)
    }
    try put(bookEncoder(pretty: true).encode(paths.sorted()), at: Self.manifest)
  }

  private mutating func put(_ bytes: Data, at path: String) throws {
    let file = url.appending(path: path)
    if let present = try? Data(contentsOf: file), present == bytes { return }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file, options: .atomic)
    changes.append(path)
  }

  /// The list is a file like any other: what it says is not taken on trust.
  private func isRemovable(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
      && !Self.belongsToRun(path) && contains(path)
  }

  private func removeEmptyFolders(above path: String) {
    var words = path.split(separator: "/").dropLast()
    while !words.isEmpty {
      let folder = url.appending(path: words.joined(separator: "/"))
      guard (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty == true
      else { return }
      try? FileManager.default.removeItem(at: folder)
      words = words.dropLast()
    }
  }
}
