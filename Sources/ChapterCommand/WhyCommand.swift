import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// `chapter why`.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Says which stored checkpoints a run would reuse, and what changed for the others.",
    discussion: """
      Nothing is built or run.

      Examples:
        swift run chapter why ssd
        swift run chapter why ssd --quick
        swift run chapter why ssd --data ~/banana-detection
      """)

  @Argument(help: "The chapter's name.")
  var chapter: String

  @OptionGroup var options: RunOptions

  func run() throws {
    do {
      let prepared = try PreparedChapter(
        chapter, in: try bookFolders(), profile: options.profile, dataFolder: options.dataFolder,
        environment: ProcessInfo.processInfo.environment, toolchain: try Toolchain.current())
      let all = prepared.staleness
      guard !all.isEmpty else {
        return print("\(chapter) has stored no checkpoints (profile: \(options.profile.rawValue)).")
      }
      for one in all {
        print("\(one.checkpoint): \(one.difference.map { "stale: \($0)" } ?? "fresh")")
      }
    } catch {
      throw report(error)
    }
  }
}
