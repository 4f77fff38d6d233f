import ArgumentParser
import BookFormat
import BookRunner
import Foundation
import Glibc

/// `chapter clean`.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Deletes results and pages, after saying what and how long it took to make.",
    discussion: """
      Checkpoints, the trained weights in .cache, stay; with them, the next build takes seconds \
      where it would take minutes. Compiled programs go with swift package clean.

      Examples:
        swift run chapter clean
        swift run chapter clean --all     checkpoints and generated pictures, too
      """)

  @Flag(help: "Delete checkpoints and everything else in .cache, too.")
  var all = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  func run() throws {
    do {
      let folders = try bookFolders()
      let made = MadeFiles(
        folders, chapters: try ChapterCatalog(folders).names, includesKept: all)
      guard !made.groups.isEmpty else { return print("There is nothing to delete.") }
      let width = made.groups.map(\.what.count).max() ?? 0
      for group in made.groups {
        let time = group.seconds.map { "  took \(ProgressState.clock($0))" } ?? ""
        let what = group.what.padding(toLength: width, withPad: " ", startingAt: 0)
        print("\(what)  \(Self.size(group.bytes))\(time)")
      }
      guard try yes || isWanted() else { return print("Nothing was deleted.") }
      try made.remove()
      print("Deleted \(Self.size(made.bytes)).")
    } catch {
      throw report(error)
    }
  }

  private func isWanted() throws -> Bool {
    guard isatty(STDIN_FILENO) == 1 else {
      throw RunError("Nothing was deleted: nobody can be asked here; say --yes.")
    }
    print("Delete all of this? [y/N] ", terminator: "")
    fflush(nil)
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  /// Such as `12.3 MB`.
  static func size(_ bytes: Int) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    guard let (unit, name) = units.first(where: { Double(bytes) >= $0.0 }) else {
      return "\(bytes) bytes"
    }
    return String(format: "%.1f \(name)", Double(bytes) / unit)
  }
}
