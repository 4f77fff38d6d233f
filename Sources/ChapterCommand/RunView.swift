import BookFormat
import BookRunner
import Foundation

/// Shows a run: a rule with each cell's name, what the cell prints, where its figures are.
final class RunView {
  /// How much text of one cell is shown; the transcript and a file have more.
  private static let shownBytes = 256 << 10

  private let prepared: PreparedChapter
  private let screen: Screen
  private var shownBytes = 0

  private var results: ChapterResults { prepared.results }

  init(_ prepared: PreparedChapter, screen: Screen) {
    self.prepared = prepared
    self.screen = screen
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
    case .predicted: break  // A run has none.
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
    screen.note("")
    screen.note(
      RunSummary(transcript: transcript, folder: prepared.folders.relative(results.folder)).text)
  }
}
