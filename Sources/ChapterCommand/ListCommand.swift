import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// `chapter list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the chapters in reading order, with their last runs.",
    discussion: """
      Example:
        swift run chapter list
      """)

  func run() throws {
    do { try listChapters(in: try bookFolders()) } catch { throw report(error) }
  }
}

/// Prints a line for each chapter: name, title, and how its last full run ended.
func listChapters(in folders: BookFolders) throws {
  let catalog = try ChapterCatalog(folders)
  let width = catalog.names.map(\.count).max() ?? 0
  for name in catalog.names {
    let results = ChapterResults(folders: folders, chapter: name, profile: .full)
    let last = results.transcript.map { transcript in
      let duration = ProgressState.clock(transcript.seconds)
      return switch transcript.state {
      case .complete: "ran in \(duration)"
      case .failed: "failed after \(duration)"
      case .interrupted: "interrupted after \(duration)"
      }
    }
    print(
      name.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
        + (catalog.title(of: name) ?? "(no title)") + "  [\(last ?? "not run yet")]")
  }
}
