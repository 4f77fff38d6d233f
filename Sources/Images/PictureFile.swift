public import Foundation

extension Image {
  /// The most pixels a picture may have: 100 million, 300 MB of memory.
  public static let largestPixelCount = 100_000_000

  /// Reads a PNG or JPEG file of any kind as 8-bit RGB; its content says which it is, not its name.
  ///
  /// Throws `ImageError` when the file is absent, unreadable, neither PNG nor JPEG, damaged or too
  /// large.
  public init(contentsOf url: URL) throws(ImageError) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: url)
    } catch {
      let isAbsent = (error as? CocoaError)?.code == .fileReadNoSuchFile
      throw ImageError(
        file: url.path, problem: isAbsent ? .absent : .unreadable(error.localizedDescription))
    }
    switch PictureFormat(bytes) {
    case .png: try self.init(png: bytes, name: url.path)
    case .jpeg: try self.init(jpeg: bytes, name: url.path)
    case nil:
      throw ImageError(
        file: url.path,
        problem: .wrongFormat(start: hexadecimal(bytes.prefix(8)), expected: "PNG or JPEG"))
    }
  }
}

/// A form of picture file, told by its first bytes.
enum PictureFormat {
  case png, jpeg

  /// The form of a file; nil where it is none of these.
  init?(_ bytes: Data) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else {
      return nil
    }
  }
}

/// Bytes as `ff d8 ff`, for errors.
func hexadecimal(_ bytes: Data) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
}
