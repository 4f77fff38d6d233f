import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// `chapter list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the chapters in reading order, and whether their results are fresh.",
    discussion: """
      Example:
        swift run chapter list
      """)

  func run() throws {
    do { try listChapters(in: try bookFolders()) } catch { throw report(error) }
  }
}

/// Prints a line for each chapter: name, title, how long its last full run took, and whether its
/// results are fresh.
func listChapters(in folders: BookFolders) throws {
  let catalog = try ChapterCatalog(folders)
  let surroundings = try RunSurroundings.current(folders)
  let width = catalog.names.map(\.count).max() ?? 0
  for name in catalog.names {
    let title = catalog.title(of: name) ?? "(no title)"
    print(
      name.padding(toLength: width, withPad: " ", startingAt: 0)
        + "  \(title)  [\(status(of: name, in: surroundings))]")
  }
}

private func status(of name: String, in surroundings: RunSurroundings) -> String {
  let prepared: PreparedChapter
  do { prepared = try PreparedChapter(name, in: surroundings, profile: .full) } catch {
    return "\(error)"
  }
  let duration = prepared.results.transcript.map { ", ran in \(ProgressState.clock($0.seconds))" }
  return prepared.freshness.description + (duration ?? "")
}
