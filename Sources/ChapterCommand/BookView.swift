import BookFormat
import BookRunner
import BookWeaver
import Foundation

/// Shows how a book is brought up to date: what will run and for about how long, a bar for the
/// chapter that runs, and a summary.
final class BookView {
  private let screen: Screen
  private let began = ContinuousClock.now
  private var build: BuildView?

  init(screen: Screen) { self.screen = screen }

  // MARK: Before

  /// Says what will run, why, and about how long it will take.
  func show(_ plan: BookPlan) {
    guard !plan.due.isEmpty else { return }
    let width = plan.due.map(\.chapter.count).max() ?? 0
    for entry in plan.due {
      let name = entry.chapter.padding(toLength: width, withPad: " ", startingAt: 0)
      let time = entry.estimatedSeconds.map { "about \(ProgressState.clock($0))" }
      let reason =
        plan.isAnew
        ? "trains anew"
        : entry.freshness == .fresh ? "reads chapters that run" : entry.freshness.description
      screen.note("\(name)  \(time ?? "time not known")  \(reason)")
    }
    screen.note(plan.estimate)
  }

  // MARK: Meanwhile

  func show(_ event: BookRun.Event) {
    switch event {
    case .building(let chapter):
      build?.finish()
      build = BuildView(chapter: chapter.chapter, screen: screen)
    case .buildStep(let step):
      build?.show(step: step)
    case .built:
      build?.finish()
      build = nil
    case .waiting(let chapter):
      screen.note("Waiting for another run of “\(chapter.chapter)” to end …")
    case .began(let chapter, let number, let count):
      screen.note("Chapter \(number) of \(count): \(chapter.chapter)")
    case .during(let event):
      show(event)
    case .ended(let chapter, let transcript):
      screen.clearPassing()
      let folder = chapter.folders.relative(chapter.results.folder)
      screen.note(RunSummary(transcript: transcript, folder: folder).text)
    case .refused(let chapter, let reason):
      build?.finish()
      build = nil
      screen.note("\(chapter): \(reason)")
    }
  }

  private func show(_ event: RunEvent) {
    switch event {
    case .cell(let name): screen.showPassing("cell “\(name)”")
    case .progress(let state): screen.show(state)
    case .warning(let text): screen.note("warning: \(text)")
    case .began, .text, .figure, .record, .reused, .stored, .predicted: break
    }
  }

  // MARK: After

  /// Says what became of the chapters and where the book is; `woven` is nil where the run was
  /// interrupted.
  func finish(
    _ outcomes: [(chapter: String, outcome: BookRun.Outcome)], woven: BookPages.Report?,
    folder: String
  ) {
    screen.clearPassing()
    for note in woven?.notes ?? [] { screen.note(note) }
    for problem in woven?.problems ?? [] { screen.note("\(problem)") }
    screen.note(
      Self.summary(outcomes, woven, seconds: (ContinuousClock.now - began) / .seconds(1)))
    if woven == nil {
      screen.note("Finished chapters and checkpoints are kept. Next: the same command again.")
    } else {
      screen.note("Open \(folder)/index.html")
    }
  }

  /// What was done, in a line.
  ///
  /// Such as `Chapters: 2 ran, 9 reused, 1 failed (yolo). Pages: 3 written, 0 problems. 12:30`
  static func summary(
    _ outcomes: [(chapter: String, outcome: BookRun.Outcome)], _ woven: BookPages.Report?,
    seconds: Double
  ) -> String {
    func names(_ outcome: BookRun.Outcome) -> [String] {
      outcomes.filter { $0.outcome == outcome }.map(\.chapter)
    }
    var parts: [String] = []
    if !outcomes.isEmpty {
      let (failed, notReached) = (names(.failed), names(.notReached))
      var counts = ["\(names(.ran).count) ran", "\(names(.reused).count) reused"]
      if !failed.isEmpty {
        counts.append("\(failed.count) failed (\(failed.joined(separator: ", ")))")
      }
      if !notReached.isEmpty {
        counts.append("\(notReached.count) not run (\(notReached.joined(separator: ", ")))")
      }
      parts.append("Chapters: " + counts.joined(separator: ", "))
    }
    if let woven {
      parts.append(
        "Files: \(woven.changes.count) written, problems: \(woven.problems.count)")
    }
    let time = seconds < 10 ? String(format: "%.1f s", seconds) : ProgressState.clock(seconds)
    return (parts + [time]).joined(separator: ". ")
  }
}
