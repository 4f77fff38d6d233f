import ArgumentParser
import BookFormat
import BookRunner
import Foundation
import Glibc

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
      """)

  @Argument(help: "The chapter's name; without it, the chapters are listed.")
  var chapter: String?

  @OptionGroup var options: RunOptions

  @Flag(name: [.long, .customLong("retrain")], help: "Train anew, whatever is stored.")
  var fresh = false

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
    let environment = ProcessInfo.processInfo.environment
    let prepared = try PreparedChapter(
      chapter, in: try bookFolders(), profile: options.profile, dataFolder: options.dataFolder,
      environment: environment, toolchain: try Toolchain.current())
    let missing = SystemLibrary.missing(environment: environment)
    guard missing.isEmpty else { throw RunError(SystemLibrary.advice(missing)) }

    let screen = Screen()
    var view = BuildView(chapter: chapter, screen: screen)
    try prepared.build { view.show(step: $0) }
    view.finish()

    let interruption = try Interruption()
    interruption.watchSignals()
    let lock = try waitForLock(prepared, screen: screen, interruption: interruption)
    defer { withExtendedLifetime(lock) {} }
    let runView = RunView(prepared, screen: screen)
    let transcript = try prepared.run(mayReuse: !fresh, environment: environment)(
      interruption: interruption, onEvent: runView.show)
    runView.finish(transcript)
    switch transcript.state {
    case .complete: break
    case .failed: throw ExitCode.failure
    case .interrupted: throw ExitCode(130)
    }
  }

  private func waitForLock(
    _ prepared: PreparedChapter, screen: Screen, interruption: Interruption
  ) throws -> FileLock {
    let file = prepared.folders.lock(of: prepared.chapter, prepared.profile)
    var hasSaid = false
    while true {
      if let lock = try FileLock(file) { return lock }
      if !hasSaid { screen.note("Waiting for another run of “\(prepared.chapter)” to end …") }
      hasSaid = true
      if interruption.wait(milliseconds: 200) { throw ExitCode(130) }
    }
  }
}
