import BookFormat
import Foundation
import Glibc

/// How a run ended, and what to blame where it did not complete.
struct RunDiagnosis {
  let state: RunState
  let failure: Failure?
  private let missing: [Cell]

  init(
    ending: Child.Ending, wasInterrupted: Bool, protocolError: String?, last: CellTranscript?,
    file: String, exactLine: Int?, missing: [Cell]
  ) {
    self.missing = missing
    if ending == .exit(0), missing.isEmpty, protocolError == nil, !wasInterrupted {
      (state, failure) = (.complete, nil)
      return
    }
    state = wasInterrupted ? .interrupted : .failed
    let message =
      if wasInterrupted {
        "interrupted"
      } else if let protocolError {
        protocolError
      } else {
        Self.message(ending, errorText: last.map(Self.errorText) ?? "", missing: missing)
      }
    failure = Failure(
      message: message, cell: last.flatMap { $0.name.isEmpty ? nil : $0.name }, file: file,
      line: exactLine ?? last?.line, lineIsExact: exactLine != nil)
  }

  /// The cells of the page: those that ran, without the backtracer's own notes, then the others.
  func cells(_ finished: [CellTranscript]) -> [CellTranscript] {
    var cells = finished
    if state != .complete, var last = cells.popLast() {
      last.state = .failed
      last.outputs = last.outputs.compactMap(Self.withoutBacktracerNote)
      cells.append(last)
    }
    return cells + missing.map { CellTranscript(name: $0.name, line: $0.line) }
  }

  private static func message(
    _ ending: Child.Ending, errorText: String, missing: [Cell]
  ) -> String {
    let lines = errorText.split(separator: "\n").map(String.init)
    switch ending {
    case .exit(0):
      let names = missing.map { "“\($0.name)”" }.joined(separator: ", ")
      return "the program ended before the cells \(names)"
    case .exit(let code):
      return lines.last ?? "the program ended with exit code \(code)"
    case .signal(let number):
      if let line = lines.last(where: { $0.contains("Fatal error: ") }),
        let range = line.range(of: "Fatal error: ")
      {
        return String(line[range.upperBound...])
          .replacing("Error raised at top level: ", with: "")
      }
      return switch number {
      case SIGILL, SIGTRAP:
        "the program trapped, such as for an index out of range, an overflow or an unexpected nil"
      case SIGSEGV, SIGBUS: "the program reached for memory that is not its own"
      case SIGKILL: "the program was killed, perhaps because memory ran out"
      default: "the program was stopped by \(String(cString: strsignal(number)))"
      }
    }
  }

  private static func errorText(_ cell: CellTranscript) -> String {
    cell.outputs.reduce(into: "") { text, output in
      if case .text(.stderr, let piece) = output { text += piece }
    }
  }

  /// The backtracer tells on standard error that it works; that is no output of the cell.
  private static func withoutBacktracerNote(_ output: CellOutput) -> CellOutput? {
    guard case .text(.stderr, let text) = output else { return output }
    let rest = text.replacing(/\n?\*\*\* Signal \d+: Backtracing from [^\n]*\n*/, with: "")
    return rest.isEmpty ? nil : .text(stream: .stderr, text: rest)
  }
}
