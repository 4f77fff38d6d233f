import BookFormat
import Foundation
import Glibc

/// A chapter that runs in a process group of its own, with a pipe each for what it prints and a
/// private descriptor for what it tells.
struct Child {
  let pid: pid_t
  let output: Int32
  let errors: Int32
  let control: Int32

  /// Starts `executable`.
  ///
  /// The child gets standard input from `/dev/null`, its descriptor as number 3, and all signals at
  /// their defaults. Our own ends are closed when it is executed.
  init(executable: URL, arguments: [String], environment: [String: String]) throws {
    let (output, errors) = (try makePipe(), try makePipe())
    var control: [Int32] = [0, 0]
    // The descriptor's end of file says that the runner is gone: no other child may hold it, not
    // for a moment, so it is closed on execution from the start.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &control) == 0 else {
      throw RunError("cannot make a socket for the chapter: \(String(cString: strerror(errno)))")
    }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_adddup2(&actions, errors[1], 2)
    posix_spawn_file_actions_adddup2(&actions, control[1], 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var environment = environment
    environment[runnerDescriptorVariable] = "3"
    var arguments = ([executable.path] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable.path, &actions, &attributes, &arguments, &variables)
    for theirs in [output[1], errors[1], control[1]] { Glibc.close(theirs) }
    guard code == 0 else {
      for ours in [output[0], errors[0], control[0]] { Glibc.close(ours) }
      throw RunError("cannot start \(executable.path): \(String(cString: strerror(code)))")
    }
    for descriptor in [output[0], errors[0], control[0]] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
    (self.pid, self.output, self.errors, self.control) = (pid, output[0], errors[0], control[0])
  }

  /// Sends a signal to the child and to everything it started.
  func signalGroup(_ signal: Int32) { kill(-pid, signal) }

  /// How the child ended; nil while it runs.
  func ending() -> Ending? {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal)
  }

  func close() {
    for descriptor in [output, errors, control] { Glibc.close(descriptor) }
  }

  /// How a process ends.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
  }
}

/// The reading and the writing end of a new pipe, both closed on execution.
func makePipe() throws -> [Int32] {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else {
    throw RunError("cannot make a pipe: \(String(cString: strerror(errno)))")
  }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return ends
}

/// A chapter cannot be run, and why.
package struct RunError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Sees to it that no child gets the descriptors that this process was itself given.
package func keepDescriptorsFromChildren() {
  let found = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
  for descriptor in found.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
}

/// What a descriptor holds at this moment: up to `limit` bytes, empty where nothing is there, nil
/// where the other end is closed.
func readAvailable(_ descriptor: Int32, limit: Int) -> Data? {
  guard limit > 0 else { return Data() }
  var bytes = [UInt8](repeating: 0, count: limit)
  while true {
    let count = read(descriptor, &bytes, limit)
    if count > 0 { return Data(bytes[..<count]) }
    if count == 0 { return nil }
    if errno != EINTR { return errno == EAGAIN ? Data() : nil }
  }
}

/// How many bytes can be read from a descriptor at this moment.
func availableBytes(_ descriptor: Int32) -> Int {
  var count: Int32 = 0
  return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
}
