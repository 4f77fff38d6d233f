import ArgumentParser

@main struct ChapterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "chapter")
}
