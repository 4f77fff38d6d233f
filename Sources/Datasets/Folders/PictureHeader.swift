import Foundation

/// What the chunks of a PNG file say without decoding it: the size, and that the file is whole.
///
/// Source: W3C, Portable Network Graphics (Third Edition), 5.2, 5.3 and 11.2.1.
struct PictureHeader: Equatable {
  let height: Int
  let width: Int

  private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  private static let remedy = "save the picture again as PNG, or remove it and its lines"

  /// Walks over the chunks of a file up to its end mark.
  ///
  /// The file is mapped, not read: only the pages that hold chunk headers are touched.
  init(contentsOf url: URL) throws(DatasetError) {
    func refused(_ found: String) -> DatasetError {
      DatasetError(
        .unreadablePicture, file: url.path, found: found, expected: "a whole PNG picture",
        remedy: Self.remedy)
    }
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .alwaysMapped)
    } catch {
      throw refused("a file that cannot be read")
    }
    guard data.prefix(8).elementsEqual(Self.signature) else {
      throw refused(data.isEmpty ? "an empty file" : "a file that is not PNG")
    }
    var size: PictureHeader?
    var offset = 8
    while offset + 12 <= data.count {
      let length = Self.number(data, at: offset)
      let kind = String(decoding: data[offset + 4..<offset + 8], as: UTF8.self)
      guard offset + 12 + length <= data.count else { break }
      if kind == "IHDR", length == 13 {
        size = PictureHeader(
          height: Self.number(data, at: offset + 12), width: Self.number(data, at: offset + 8))
      }
      if kind == "IEND", let size {
        self = size
        return
      }
      offset += 12 + length
    }
    throw refused("a PNG that ends after \(data.count) bytes, in the middle")
  }

  private init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The big-endian number in four bytes.
  private static func number(_ data: Data, at offset: Int) -> Int {
    data[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
