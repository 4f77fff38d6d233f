import ArgumentParser

/// The book's command.
@main
struct ChapterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter",
    abstract: "Runs the chapters of this book.",
    discussion: """
      Examples:
        swift run chapter ssd             build and run a chapter
        swift run chapter ssd --quick     the same as a smoke test
        swift run chapter list            all chapters and their last runs
        swift run chapter why ssd         what would be reused, and what would not
      """,
    subcommands: [RunCommand.self, ListCommand.self, WhyCommand.self],
    defaultSubcommand: RunCommand.self)
}
