import BookFormat
import Foundation
import Glibc

/// Where the command writes: a terminal, whose last line may change, or a file or pipe.
final class Screen {
  let isTerminal: Bool
  private(set) var columns: Int
  private var progress: ProgressDisplay
  private var isAtLineStart = true

  /// - Parameter isPlain: whether lines only follow one another, as in a file, on a terminal, too.
  init(isPlain: Bool = false) {
    isTerminal = !isPlain && isatty(STDOUT_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    var size = winsize()
    let hasSize = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20
    columns = hasSize ? Int(size.ws_col) : 80
    progress = ProgressDisplay(columns: isTerminal ? columns : nil)
  }

  /// A program's text, as it is.
  func write(_ bytes: Data, to stream: TextStream) {
    guard let last = bytes.last else { return }
    clearProgress()
    isAtLineStart = last == UInt8(ascii: "\n")
    send(bytes, to: stream)
  }

  /// A line of the command itself, dim on a terminal.
  func note(_ text: String) {
    clearProgress()
    if !isAtLineStart { send(Data("\n".utf8), to: .stdout) }
    isAtLineStart = true
    send(Data((isTerminal ? "\u{1b}[2m\(text)\u{1b}[22m\n" : text + "\n").utf8), to: .stdout)
  }

  func show(_ state: ProgressState) {
    if isTerminal, !isAtLineStart {
      send(Data("\n".utf8), to: .stdout)
      isAtLineStart = true
    }
    send(Data(progress.show(state).utf8), to: .stderr)
  }

  /// A line that the next one replaces; nothing where lines stay.
  func showPassing(_ text: String) {
    guard isTerminal else { return }
    send(Data("\r\u{1b}[2K\(text.prefix(columns - 1))".utf8), to: .stderr)
  }

  func clearPassing() {
    if isTerminal { send(Data("\r\u{1b}[2K".utf8), to: .stderr) }
  }

  private func clearProgress() { send(Data(progress.clear().utf8), to: .stderr) }

  private func send(_ bytes: Data, to stream: TextStream) {
    // A reader that has gone away, such as `head`, does not stop a run.
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.write(stream == .stdout ? STDOUT_FILENO : STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = Data(rest.dropFirst(count))
    }
  }
}
