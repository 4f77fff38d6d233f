import BookFormat
import BookWeaver
import Foundation

/// A package's sources and a cache in a folder of their own, removed when the last user lets go.
final class TemporaryCode {
  let folders: BookFolders

  init(_ files: [String: String] = [:]) throws {
    let root = FileManager.default.temporaryDirectory.appending(
      path: "code-\(UUID().uuidString)", directoryHint: .isDirectory)
    folders = BookFolders(root: root)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folders.root) }

  func highlighter(_ server: SourceKitServer) -> CodeHighlighter {
    CodeHighlighter(
      server: server, cache: WeaveCache(folder: folders.cache), toolchain: "test")
  }
}

extension SourceKitServer {
  /// The toolchain's server, started once for all tests.
  static let shared = SourceKitServer(timeLimit: .seconds(60))
  /// A server that is not there.
  static var missing: SourceKitServer { SourceKitServer(command: ["no-such-server"]) }
}
