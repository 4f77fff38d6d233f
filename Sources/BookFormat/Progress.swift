import Foundation

/// How far a loop has come.
package struct ProgressState: Codable, Equatable, Sendable {
  package var label: String
  package var done: Int
  package var total: Int
  /// Seconds since the loop began.
  package var seconds: Double
  /// What the loop has to say, such as its loss.
  package var note: String

  package init(label: String, done: Int, total: Int, seconds: Double, note: String = "") {
    self.label = label
    self.done = done
    self.total = total
    self.seconds = seconds
    self.note = note
  }

  package var isComplete: Bool { done >= total }

  /// `training  12/32  38 %  3.1/s  0:06 left  loss 1.2`, with no bar and no line end.
  package var line: String {
    let percent = total > 0 ? 100 * done / total : 100
    var parts = [label, "\(done)/\(total)", "\(percent) %"]
    if seconds > 0, done > 0 {
      let rate = Double(done) / seconds
      parts.append(String(format: rate < 10 ? "%.1f/s" : "%.0f/s", rate))
      parts.append(
        isComplete
          ? "in " + Self.clock(seconds) : Self.clock(Double(total - done) / rate) + " left")
    }
    if !note.isEmpty { parts.append(note) }
    return parts.joined(separator: "  ")
  }

  /// The line with a bar in front, cut to `columns`.
  package func bar(columns: Int) -> String {
    let width = 20
    let filled = total > 0 ? min(width, width * done / total) : width
    let bar =
      String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    return String("\(bar) \(line)".prefix(max(1, columns - 1)))
  }

  /// A duration as `0:07`, `12:30` or `1:02:03`.
  package static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e7).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, rest)
      : String(format: "%d:%02d", minutes, rest)
  }
}

/// Shows progress on a screen as one line that changes, elsewhere as a line now and then.
package struct ProgressDisplay {
  /// Seconds between two lines where nothing can be overwritten.
  package static let quietSeconds = 10.0

  private let columns: Int?
  private var lastLine = -Double.infinity
  private var lastLabel = ""
  /// Whether a bar stands on the screen's current line.
  package private(set) var isDrawn = false

  /// A display for a screen of `columns`, or, with nil, for a file or pipe.
  package init(columns: Int?) { self.columns = columns }

  /// The bytes that show `state`; empty where it is too early for the next line.
  package mutating func show(_ state: ProgressState) -> String {
    if let columns {
      isDrawn = !state.isComplete
      return "\r\u{1b}[2K" + state.bar(columns: columns) + (state.isComplete ? "\n" : "")
    }
    if state.label != lastLabel || state.seconds < lastLine { lastLine = 0 }
    lastLabel = state.label
    guard state.isComplete || state.seconds - lastLine >= Self.quietSeconds else { return "" }
    lastLine = state.seconds
    return state.line + "\n"
  }

  /// The bytes that take the bar away before other text comes.
  package mutating func clear() -> String {
    guard isDrawn else { return "" }
    isDrawn = false
    return "\r\u{1b}[2K"
  }
}
