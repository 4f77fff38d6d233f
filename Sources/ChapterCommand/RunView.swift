import BookFormat
import BookRunner
import Foundation

/// Shows a run: a rule with each cell's name, what the cell prints, where its figures are.
final class RunView {
  /// How much text of one cell is shown; the transcript and a file have more.
  private static let shownBytes = 256 << 10

  private let prepared: PreparedChapter
  private let screen: Screen
  private var results: ChapterResults
  private var shownBytes = 0

  init(_ prepared: PreparedChapter, screen: Screen) {
    self.prepared = prepared
    self.screen = screen
    results = ChapterResults(
      folders: prepared.folders, chapter: prepared.chapter, profile: prepared.profile)
    if prepared.profile == .quick {
      screen.note("Quick run: every number below means nothing.")
    }
  }

  func show(_ event: RunEvent) {
    switch event {
    case .began(let isDebugBuild):
      if isDebugBuild { screen.note("Built in debug: loops are 20 to 100 times slower.") }
    case .cell(let name):
      shownBytes = 0
      let rule = String(repeating: "─", count: max(2, min(screen.columns, 80) - name.count - 5))
      screen.note("── \(name) \(rule)")
    case .text(let stream, let bytes):
      show(bytes, stream)
    case .figure(let figure):
      screen.note("figure: \(path("figures/\(figure.name).png"))")
    case .record(let record):
      let unit = record.unit.isEmpty ? "" : " " + record.unit
      let value = String(format: "%.4g", record.value)
      screen.note("record: \(prepared.chapter).\(record.name) = \(value)\(unit)")
    case .progress(let state):
      screen.show(state)
    case .reused(let checkpoint):
      screen.note("reused: the checkpoint “\(checkpoint)”; what its block put out:")
    case .stored(let checkpoint):
      screen.note("kept: the checkpoint “\(checkpoint)”")
    case .warning(let text):
      screen.note("warning: \(text)")
    }
  }

  private func show(_ bytes: Data, _ stream: TextStream) {
    let room = Self.shownBytes - shownBytes
    guard room > 0 else { return }
    shownBytes += bytes.count
    screen.write(bytes.prefix(room), to: stream)
    if bytes.count >= room { screen.note("[… more text than is shown; see \(path("text"))]") }
  }

  private func path(_ file: String) -> String {
    prepared.folders.relative(results.folder.appending(path: file))
  }

  /// Says how the run ended and what is where.
  func finish(_ transcript: Transcript) {
    let ran = transcript.cells.filter { $0.state != .notRun }
    let reused = ran.flatMap(\.reusedCheckpoints)
    let figures = ran.flatMap(\.outputs).count { if case .figure = $0 { true } else { false } }
    let seconds = String(format: "%.1f s", transcript.seconds)
    var summary = "\(ran.count) of \(transcript.cells.count) cells"
    if !reused.isEmpty { summary += ", reused: \(reused.joined(separator: ", "))" }
    summary += ", \(figures) figures, \(seconds)"
    screen.note("")
    let folder = prepared.folders.relative(results.folder)
    guard let failure = transcript.failure else {
      return screen.note("\(prepared.chapter): \(summary). Results: \(folder)")
    }
    let cell = failure.cell.map { "in the cell “\($0)”" } ?? "before the first cell"
    let place = failure.line.map { "\(failure.file):\($0)" } ?? failure.file
    if transcript.state == .interrupted {
      screen.note(
        """
        Interrupted \(cell), \(place).
        Kept in \(folder)/transcript.json: \(summary).
        Kept, too: finished checkpoints, and the records of the last complete run.
        Next: the same command again; finished checkpoints are reused.
        """)
    } else {
      screen.note(
        """
        \(place): error \(cell): \(failure.message)
        \(failure.lineIsExact ? "" : "(The line is where the cell begins; no backtrace names it.)\n")\
        Kept in \(folder)/transcript.json: \(summary).
        Next: change the cell, or what it reads, and give the same command again; finished \
        checkpoints are reused.
        """)
    }
  }
}
