import Foundation

/// The compiler, and how chapters are built.
package struct Toolchain: Equatable, Sendable {
  /// What `swift --version` says.
  package var version: String
  /// The arguments of `swift build`.
  package var flags = ["-c", "release"]

  package init(version: String) { self.version = version }

  /// The toolchain that `swift` on the search path belongs to.
  package static func current() throws -> Toolchain {
    let (status, output) = try outputOf(["swift", "--version"])
    guard status == 0 else { throw RunError("swift --version failed: \(output)") }
    return Toolchain(
      version: output.split(separator: "\n").joined(separator: "; ")
        .trimmingCharacters(in: .whitespaces))
  }
}

/// Runs a command to its end and returns its exit code and what it printed on both streams.
func outputOf(_ command: [String]) throws -> (status: Int32, output: String) {
  let (process, pipe) = try start(command, in: nil)
  let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// Starts a command found on the search path, both streams in one pipe.
func start(_ command: [String], in folder: URL?) throws -> (Process, Pipe) {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  process.currentDirectoryURL = folder
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  return (process, pipe)
}
