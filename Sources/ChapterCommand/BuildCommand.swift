import ArgumentParser
import BookFormat
import BookRunner
import BookWeaver

/// `chapter build`.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Brings the book up to date: runs the chapters that are stale, writes the pages.",
    discussion: """
      A chapter is stale where anything its numbers depend on has changed since its last complete \
      run; chapter why NAME says what. Prose is not among it.

      Examples:
        swift run chapter build
        swift run chapter build ssd yolo
        swift run chapter build --quick     a smoke run into output/quick; its numbers mean nothing
        swift run chapter build --no-run    the pages only, from what the last runs left
      """)

  @Argument(help: "The chapters' names; without one, all chapters.")
  var names: [String] = []

  @OptionGroup var option: ProfileOption

  @Flag(help: "Run these chapters and train anew, whatever is stored.")
  var fresh = false

  @Flag(name: .customLong("no-run"), help: "Run nothing; pages say where results are stale.")
  var onlyWeaves = false

  @Option(help: "auto, or plain: lines that only follow one another, without colour.")
  var outputFormat = OutputFormat.auto

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case auto, plain }

  func validate() throws {
    if fresh, onlyWeaves { throw ValidationError("--fresh runs chapters, --no-run does not.") }
  }

  func run() throws {
    do {
      try build()
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw report(error)
    }
  }

  private func build() throws {
    keepDescriptorsFromChildren()
    let view = BookView(screen: Screen(isPlain: outputFormat == .plain))
    var book = try BookOnDisk(profile: option.profile)
    let chosen = try book.catalog.select(names)
    var outcomes: [(chapter: String, outcome: BookRun.Outcome)] = []
    if !onlyWeaves {
      let plan = BookPlan(
        of: chosen, in: book.surroundings, profile: book.profile, anew: fresh)
      view.show(plan)
      outcomes = try run(plan, view)
      if !plan.due.isEmpty { book = book.readAnew() }
    }
    let woven = outcomes.contains { $0.outcome == .notReached } ? nil : try book.write()
    view.finish(outcomes, woven: woven, folder: book.folders.relative(book.output))
    if woven == nil { throw ExitCode(130) }
    guard woven?.problems.isEmpty == true, !outcomes.contains(where: { $0.outcome == .failed })
    else { throw ExitCode.failure }
  }

  /// Runs what is due; nothing is started where nothing is.
  private func run(
    _ plan: BookPlan, _ view: BookView
  ) throws -> [(chapter: String, outcome: BookRun.Outcome)] {
    if !plan.due.isEmpty {
      let missing = SystemLibrary.missing(
        environment: plan.due[0].prepared.surroundings.environment)
      guard missing.isEmpty else { throw RunError(SystemLibrary.advice(missing)) }
    }
    let interruption = try Interruption()
    return BookRun(plan)(interruption: interruption) { event in
      // Before, Ctrl-C ends the build tool and this process with it: there is nothing to keep yet.
      if case .built = event { interruption.watchSignals() }
      view.show(event)
    }
  }
}
