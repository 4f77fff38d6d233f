import Foundation

/// A PyTorch twin in a process of its own, which takes timed steps when told to.
final class TorchPeer {
  let mode: String
  /// The most memory that the twin has held so far.
  private(set) var peakMegabytes = 0.0
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  struct PeerError: Error, CustomStringConvertible {
    let description: String
  }

  /// Starts the script of this folder and waits until it has warmed up.
  ///
  /// The Python is named by the environment variable BOOK_PYTHON, else `python3`.
  init(script: String, row: String, mode: String) throws {
    self.mode = mode
    let python = ProcessInfo.processInfo.environment["BOOK_PYTHON"] ?? "python3"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "Benchmarks/\(script)", "--serve", row, "--mode", mode]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    guard let first = readLine(), first["ready"] as? Bool == true else {
      stop()
      throw PeerError(
        description: "\(python) has no working PyTorch; set BOOK_PYTHON to one that has "
          + "(pip install torch torchvision numpy)")
    }
  }

  /// Seconds that `count` more steps take together.
  func steps(_ count: Int) throws -> Double {
    input.fileHandleForWriting.write(Data("step \(count)\n".utf8))
    guard let answer = readLine(), let seconds = answer["seconds"] as? Double else {
      throw PeerError(description: "the PyTorch twin (\(mode)) stopped in the middle of the run")
    }
    peakMegabytes = answer["peak_megabytes"] as? Double ?? peakMegabytes
    return seconds
  }

  func stop() {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
  }

  private func readLine() -> [String: Any]? {
    var line = Data()
    while true {
      guard let byte = try? output.fileHandleForReading.read(upToCount: 1), let value = byte.first
      else { return nil }
      if value == UInt8(ascii: "\n") { break }
      line.append(value)
    }
    return try? JSONSerialization.jsonObject(with: line) as? [String: Any]
  }
}
