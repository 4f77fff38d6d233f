import BookFormat
import Foundation

@testable import BookRunner

/// A small book in a folder of its own, removed when the last user lets go.
final class TemporaryBook {
  let folders: BookFolders

  init() throws {
    let root = FileManager.default.temporaryDirectory.appending(
      path: "book-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    folders = BookFolders(root: root.resolvingSymlinksInPath())
  }

  deinit { try? FileManager.default.removeItem(at: folders.root) }

  var surroundings: RunSurroundings {
    RunSurroundings(
      folders: folders, toolchain: Toolchain(version: "Swift 6.3.1"), environment: [:])
  }

  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  func write(_ bytes: Data, to path: String) throws {
    let file = folders.root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// Writes a program of the shell.
  ///
  /// A shell does the writing: were the file open here while a test beside this one starts a process,
  /// that process would hold it open for a moment, and the system runs no file that is being written.
  func write(script: String, to path: String) throws {
    let file = folders.root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let writing = try start(
      [
        "sh", "-c", #"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod 755 "$2""#,
        "sh", script, file.path,
      ], in: nil
    ).0
    writing.waitUntilExit()
  }

  func text(of path: String) throws -> String {
    try String(contentsOf: folders.root.appending(path: path), encoding: .utf8)
  }
}
