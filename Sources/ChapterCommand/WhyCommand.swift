import ArgumentParser
import BookFormat
import BookRunner

/// `chapter why`.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract:
      "Says whether a chapter's results are fresh, and which checkpoints a run would reuse.",
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
        chapter, in: try .current(bookFolders()), profile: options.profile,
        dataFolder: options.dataFolder)
      let results = prepared.folders.relative(prepared.results.folder)
      print("results in \(results): \(prepared.freshness)")
      for one in prepared.staleness {
        print(
          "checkpoint \(one.checkpoint): \(one.difference.map { "stale: \($0)" } ?? "fresh")")
      }
    } catch {
      throw report(error)
    }
  }
}
