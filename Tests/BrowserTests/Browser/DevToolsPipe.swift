import Foundation
import Glibc

/// A browser's process and the two pipes it speaks through: messages that end with a zero byte, on
/// descriptor 3 to the browser and on descriptor 4 from it.
final class DevToolsPipe {
  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  /// What has come, and how much of it holds no end of a message.
  private var pending = Data()
  private var searched = 0

  /// - Parameter log: where the browser's own words go.
  init(executable: URL, arguments: [String], log: URL) throws {
    let (toBrowser, fromBrowser) = (try Self.makePipe(), try Self.makePipe())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log.path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawn_file_actions_adddup2(&actions, toBrowser.read, 3)
    posix_spawn_file_actions_adddup2(&actions, fromBrowser.write, 4)

    var words =
      ([executable.path, "--remote-debugging-pipe"] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable.path, &actions, nil, &words, environ)
    Glibc.close(toBrowser.read)
    Glibc.close(fromBrowser.write)
    guard code == 0 else {
      throw BrowserError("cannot start \(executable.path): \(String(cString: strerror(code)))")
    }
    (self.pid, input, output) = (pid, toBrowser.write, fromBrowser.read)
  }

  /// A pipe whose ends are closed on execution and lie above the numbers that the browser gets.
  private static func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw BrowserError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    ends.forEach { Glibc.close($0) }
    return (moved[0], moved[1])
  }

  func send(_ message: Data) throws {
    var rest = message + [0]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw BrowserError("the browser has gone") }
      rest = Data(rest.dropFirst(count))
    }
  }

  /// The next message; nil where none comes in time.
  func receive(milliseconds: Int32) throws -> Data? {
    while true {
      if let end = pending[searched...].firstIndex(of: 0) {
        let message = Data(pending[..<end])
        pending = Data(pending[(end + 1)...])
        searched = 0
        return message
      }
      searched = pending.count
      var watched = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, milliseconds) > 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw BrowserError("the browser has gone") }
      pending.append(contentsOf: bytes[..<count])
    }
  }

  /// Closes the pipes, which ends the browser, and waits for its end.
  func close(seconds: Int = 5) {
    Glibc.close(input)
    Glibc.close(output)
    for _ in 0..<(seconds * 100) {
      if waitpid(pid, nil, WNOHANG) == pid { return }
      usleep(10_000)
    }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }
}

/// The browser does not do what it is told.
struct BrowserError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
