import BookFormat
import Foundation

/// How a run ended, in words.
struct RunSummary {
  let transcript: Transcript
  /// The chapter's results, as the reader would type the folder.
  let folder: String

  /// Such as `12 of 12 cells, reused: tinyssd, 9 figures, 12.3 s`.
  var counts: String {
    let ran = transcript.cells.filter { $0.state != .notRun }
    let reused = ran.flatMap(\.reusedCheckpoints)
    let figures = ran.flatMap(\.outputs).count { if case .figure = $0 { true } else { false } }
    var text = "\(ran.count) of \(transcript.cells.count) cells"
    if !reused.isEmpty { text += ", reused: \(reused.joined(separator: ", "))" }
    return text + ", \(figures) figures, " + String(format: "%.1f s", transcript.seconds)
  }

  /// What happened, what is kept, and what to do next.
  var text: String {
    guard let failure = transcript.failure else {
      return "\(transcript.chapter): \(counts). Results: \(folder)"
    }
    let cell = failure.cell.map { "in the cell “\($0)”" } ?? "before the first cell"
    let place = failure.line.map { "\(failure.file):\($0)" } ?? failure.file
    if transcript.state == .interrupted {
      return """
        Interrupted \(cell), \(place).
        Kept in \(folder)/\(ResultFile.transcript): \(counts).
        Kept, too: finished checkpoints, and the records of the last complete run.
        Next: the same command again; finished checkpoints are reused.
        """
    }
    return """
      \(place): error \(cell): \(failure.message)
      \(failure.lineIsExact ? "" : "(The line is where the cell begins; no backtrace names it.)\n")\
      Kept in \(folder)/\(ResultFile.transcript): \(counts).
      Next: change the cell, or what it reads, and give the same command again; finished \
      checkpoints are reused.
      """
  }
}
