import Foundation

/// The files of the repository that these tests are part of.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every file and folder of the project by its path from the root; nothing that is built, hidden
  /// or fetched.
  static let paths: [String] = {
    let top = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return top.filter { !$0.hasPrefix(".") && $0 != "output" }.flatMap { name in
      let inside = FileManager.default.enumerator(atPath: root.appending(path: name).path)
      return [name] + (inside?.compactMap { $0 as? String }.map { "\(name)/\($0)" } ?? [])
    }.filter { !$0.contains("/.") && !$0.contains("__pycache__") }.sorted()
  }()

  /// The paths of the files below `folder` whose names end in one of `endings`.
  static func files(below folder: String, _ endings: String...) -> [String] {
    paths.filter { path in
      path.hasPrefix(folder + "/") && endings.contains { path.hasSuffix("." + $0) }
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
