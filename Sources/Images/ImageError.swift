/// Why a picture could not be read or written: which file, what is wrong, what was expected.
public struct ImageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with the file.
  public enum Problem: Equatable, Sendable {
    /// There is no such file.
    case absent
    /// The file is there but its bytes could not be read; the system's reason.
    case unreadable(String)
    /// The file does not start as `expected`, such as “PNG or JPEG”, does; its first bytes in
    /// hexadecimal.
    case wrongFormat(start: String, expected: String)
    /// The file starts as a picture but ends early or is damaged; the decoder's reason.
    case damaged(String)
    /// The picture has more pixels than `Image.largestPixelCount`.
    case tooLarge(height: Int, width: Int)
    /// The file could not be written; the system's reason.
    case unwritable(String)
  }

  /// The path of the file, or a name for bytes that come from elsewhere.
  public let file: String
  /// What is wrong with it.
  public let problem: Problem

  /// The problem of one file.
  public init(file: String, problem: Problem) {
    self.file = file
    self.problem = problem
  }

  /// One sentence for the terminal.
  public var description: String {
    switch problem {
    case .absent:
      "\(file): no such file; expected a PNG or JPEG picture"
    case .unreadable(let reason):
      "\(file): cannot be read (\(reason)); expected a readable PNG or JPEG picture"
    case .wrongFormat(let start, let expected):
      "\(file): not a \(expected) picture"
        + " (\(start.isEmpty ? "the file is empty" : "it starts with \(start)"));"
        + " convert it to \(expected)"
    case .damaged(let reason):
      "\(file): a damaged or truncated picture (\(reason)); expected a complete picture;"
        + " copy or download it again"
    case .tooLarge(let height, let width):
      "\(file): \(height)×\(width) pixels are too many;"
        + " expected at most \(Image.largestPixelCount); make the picture smaller"
    case .unwritable(let reason):
      "\(file): cannot be written (\(reason)); expected a folder that exists and may be written to"
    }
  }
}
