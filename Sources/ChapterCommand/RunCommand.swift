import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// `chapter run`, and what `chapter` does without a verb.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Builds a chapter in release, runs it, and writes output/<chapter>.",
    discussion: """
      Trained weights are kept in .cache and reused where nothing they depend on has changed.
      The verb may be left out.

      Examples:
        swift run chapter ssd
        swift run chapter run ssd --quick
        swift run chapter ssd --data ~/banana-detection
        swift run chapter ssd --fresh
        swift run chapter ssd --predict photo.jpg
        swift run chapter ssd --predict holidays --out found
      """)

  @Argument(help: "The chapter's name; without it, the chapters are listed.")
  var chapter: String?

  @OptionGroup var options: RunOptions

  @Flag(name: [.long, .customLong("retrain")], help: "Train anew, whatever is stored.")
  var fresh = false

  @OptionGroup var prediction: PredictionOptions

  func validate() throws {
    guard let paths = prediction.paths else { return }
    if chapter == nil {
      throw ValidationError(
        "--predict needs a chapter before it: swift run chapter ssd --predict "
          + (paths.first?.lastPathComponent ?? "photo.jpg"))
    }
    if fresh { throw ValidationError("--predict uses what is trained; --fresh trains anew.") }
  }

  func run() throws {
    do {
      guard let chapter else { return try listChapters(in: try bookFolders()) }
      try run(chapter)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw report(error)
    }
  }

  private func run(_ chapter: String) throws {
    keepDescriptorsFromChildren()
    let prepared = try PreparedChapter(
      chapter, in: try .current(bookFolders()), profile: options.profile,
      dataFolder: options.dataFolder)
    let pictures = try prediction.tasks(for: prepared)
    let missing = SystemLibrary.missing(environment: prepared.surroundings.environment)
    guard missing.isEmpty else { throw RunError(SystemLibrary.advice(missing)) }

    let screen = Screen()
    var view = BuildView(chapter: chapter, screen: screen)
    try prepared.build { view.show(step: $0) }
    view.finish()

    let interruption = try Interruption()
    interruption.watchSignals()
    let lock = try prepared.lock(interruption: interruption) {
      screen.note("Waiting for another run of “\(chapter)” to end …")
    }
    guard let lock else { throw ExitCode(130) }
    defer { withExtendedLifetime(lock) {} }
    if let pictures {
      return try predict(pictures, by: prepared, screen: screen, interruption: interruption)
    }
    let runView = RunView(prepared, screen: screen)
    let transcript = try prepared.run(mayReuse: !fresh)(
      interruption: interruption, onEvent: runView.show)
    runView.finish(transcript)
    switch transcript.state {
    case .complete: break
    case .failed: throw ExitCode.failure
    case .interrupted: throw ExitCode(130)
    }
  }
}
