package import BookFormat
import Foundation
import Glibc
import Synchronization

/// The chapter's end of the private descriptor to its runner.
package final class RunnerLink: Sendable {
  private struct Stream {
    var lines = JSONLines()
    var waiting: [Data] = []
  }

  private let descriptor: Int32
  private let stream = Mutex(Stream())

  /// A link over a connected socket.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// The link to the runner that started this program; nil where it was started by hand.
  ///
  /// Takes the descriptor out of the environment and out of the reach of programs that this one
  /// starts, and makes sure that this program does not outlive its runner.
  static func inherited() -> RunnerLink? {
    guard let text = getenv(runnerDescriptorVariable) else { return nil }
    let number = Int32(String(cString: text))
    unsetenv(runnerDescriptorVariable)
    guard let descriptor = number, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
    Thread.detachNewThread { endGroupWhenClosed(descriptor) }
    return RunnerLink(descriptor: descriptor)
  }

  /// Sends a message that has no answer.
  func tell(_ message: ChapterMessage) { stream.withLock { _ in send(message) } }

  /// Sends a message and waits for its answer.
  package func ask(_ message: ChapterMessage) -> RunnerReply {
    stream.withLock { stream in
      send(message)
      while stream.waiting.isEmpty { receive(&stream) }
      let line = stream.waiting.removeFirst()
      guard let reply = try? bookDecoder().decode(RunnerReply.self, from: line) else {
        stop("the runner's answer cannot be read; build both anew: swift run chapter NAME")
      }
      return reply
    }
  }

  private func send(_ message: ChapterMessage) {
    guard var line = try? JSONLines.encode(message) else { stop("a message cannot be encoded") }
    while !line.isEmpty {
      let count = line.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { endGroup() }
      line = Data(line.dropFirst(count))
    }
  }

  private func receive(_ stream: inout Stream) {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &bytes, bytes.count)
    if count < 0, errno == EINTR { return }
    guard count > 0, let lines = try? stream.lines.append(Data(bytes[..<count])) else { endGroup() }
    stream.waiting += lines
  }
}

/// Waits until the other end of `descriptor` is closed, then ends this program.
///
/// The runner closes its end only by ending, and a killed runner can no longer stop us itself.
private func endGroupWhenClosed(_ descriptor: Int32) {
  var watched = pollfd(fd: descriptor, events: 0, revents: 0)
  while true {
    if poll(&watched, 1, -1) > 0, watched.revents & Int16(POLLHUP | POLLERR) != 0 { endGroup() }
  }
}

/// Ends this program and what it started; the runner made it the leader of a group of its own.
private func endGroup() -> Never {
  if getpgrp() == getpid() { kill(0, SIGKILL) }
  _exit(1)
}
