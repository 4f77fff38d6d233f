import ArgumentParser

/// The book's command.
@main
struct ChapterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter",
    abstract: "Builds this book and runs its chapters.",
    discussion: """
      Examples:
        swift run chapter build           the whole book: runs what is stale, writes the pages
        swift run chapter ssd             run a chapter and see what it prints
        swift run chapter ssd --quick     the same as a smoke test
        swift run chapter ssd --predict photo.jpg
                                          find objects in a picture of your own
        swift run chapter list            all chapters and whether their results are fresh
        swift run chapter why ssd         what would be reused, and what would not
      """,
    subcommands: [
      BuildCommand.self, RunCommand.self, ListCommand.self, WhyCommand.self, CheckCommand.self,
      PDFCommand.self, CleanCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
