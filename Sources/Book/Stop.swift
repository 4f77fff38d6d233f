@preconcurrency import Foundation

/// Ends the chapter with a message on standard error and exit code 1, in every build.
func stop(_ message: String, _ place: SourcePlace? = nil) -> Never {
  fflush(nil)
  let prefix = place.map { "\($0.file):\($0.line): " } ?? ""
  FileHandle.standardError.write(Data("\(prefix)error: \(message)\n".utf8))
  exit(1)
}

/// A line of the chapter, for messages.
struct SourcePlace: Sendable {
  var file: String
  var line: UInt

  init(_ file: StaticString, _ line: UInt) {
    self.file = "\(file)"
    self.line = line
  }
}
