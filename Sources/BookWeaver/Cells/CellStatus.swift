import BookFormat
import Foundation

/// What became of a cell, as its page says it.
struct CellStatus: Equatable {
  enum Word: String {
    case fresh, reused, stale, failed
    case notRun = "not run"
  }

  var word: Word
  /// Why, and what to do, as HTML; empty where the word says all.
  var reason = ""
  /// How long the cell took, in seconds; nil where it did not run.
  var seconds: Double?

  /// Words as the class of an element has them.
  var className: String { "is-\(word.rawValue.replacing(" ", with: "-"))" }

  var html: String {
    var html = "<span class=\"cell-state \(className)\">\(word.rawValue)</span>"
    if let seconds, seconds >= 0.05 {
      html += "<span class=\"cell-time\">\(Self.duration(seconds))</span>"
    }
    if !reason.isEmpty { html += "<span class=\"cell-reason\">\(reason)</span>" }
    return html
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<9.95: String(format: "%.1f\u{a0}s", seconds)
    case ..<59.5: String(format: "%.0f\u{a0}s", seconds)
    default: "\(ProgressState.clock(seconds))\u{a0}min"
    }
  }
}

extension ChapterMaterial {
  /// What runs the chapter anew.
  package var command: String { profile.command(running: chapter) }

  /// What the last run left of a cell; nil where it knew no such cell.
  func result(of cell: String) -> CellTranscript? {
    transcript?.cells.first { $0.name == cell }
  }

  func status(of cell: String) -> CellStatus {
    let command = "<code>\(HTMLText.escaped(command))</code>"
    guard let transcript else {
      // Said once: what holds for one cell holds for all.
      let isFirst = cells.first { !$0.name.isEmpty }?.name == cell
      return CellStatus(word: .notRun, reason: isFirst ? "\(command) runs the chapter" : "")
    }
    guard let result = result(of: cell) else {
      return CellStatus(word: .notRun, reason: "newer than the last run; \(command) runs it")
    }
    switch result.state {
    case .failed: return CellStatus(word: .failed, seconds: result.seconds)
    case .notRun:
      let how = transcript.state == .interrupted ? "was interrupted" : "stopped"
      guard let place = transcript.failure?.cell else {
        return CellStatus(word: .notRun, reason: "the run \(how) before it")
      }
      let name = HTMLText.escaped(place)
      return CellStatus(
        word: .notRun, reason: "the run \(how) in <a href=\"#cell-\(name)\">\(name)</a>")
    case .fresh, .reused:
      if staleCells.contains(cell) {
        // Said once: from the first stale cell on, all are.
        let isFirst = cells.first { staleCells.contains($0.name) }?.name == cell
        return CellStatus(word: .stale, reason: isFirst ? staleReason : "")
      }
      return result.state == .reused
        ? CellStatus(word: .reused) : CellStatus(word: .fresh, seconds: result.seconds)
    }
  }

  /// Why the first stale cell is stale, and what to do, as HTML.
  private var staleReason: String {
    let command = "<code>\(HTMLText.escaped(command))</code>"
    guard !staleChaptersRead.isEmpty else { return "changed since it ran; \(command) runs it anew" }
    let commands = staleChaptersRead.map { name in
      "<code>\(HTMLText.escaped(profile.command(running: name)))</code>"
    }
    return "reads stale results; \(commands.joined(separator: ", ")) and then \(command) make "
      + "them and this page anew"
  }
}
