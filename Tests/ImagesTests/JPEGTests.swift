import Foundation
import Images
import Testing

/// The cases of Goldens/jpeg.json, made by jpeg.py beside it.
struct JPEGGoldens: Decodable {
  struct Decoding: Decodable {
    let name: String
    let jpeg: Data
    let height: Int
    let width: Int
    let rgb: [UInt8]
  }

  let decoding: [Decoding]

  static func load() throws -> JPEGGoldens {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/jpeg.json")
    return try JSONDecoder().decode(JPEGGoldens.self, from: Data(contentsOf: file))
  }

  /// The file of one case.
  static func jpeg(_ name: String) throws -> Data {
    try #require(try load().decoding.first { $0.name == name }).jpeg
  }
}

@Suite struct JPEGTests {
  /// Two versions of the decoder round differently: by a step in each of three color channels.
  let rounding = 3

  @Test func `every kind of JPEG reads as RGB, upright`() throws {
    let cases = try JPEGGoldens.load().decoding
    #expect(cases.count == 16)
    for kind in cases {
      let image = try Image(jpeg: kind.jpeg, name: kind.name)
      #expect(image.height == kind.height && image.width == kind.width, "\(kind.name)")
      let error = zip(image.pixels, kind.rgb).map { abs(Int($0) - Int($1)) }.max()
      #expect(try #require(error) <= rounding, "\(kind.name)")
    }
  }

  @Test(arguments: ["RGB", "progressive", "gray", "CMYK", "orientation 6"])
  func `a truncated JPEG is damaged wherever it is cut`(name: String) throws {
    let whole = try JPEGGoldens.jpeg(name)
    // The last two bytes are the mark of the end: no pixel is lost with them.
    for length in 3..<whole.count - 2 {
      let error = #expect(throws: ImageError.self) { try Image(jpeg: whole.prefix(length)) }
      guard case .damaged = error?.problem else {
        Issue.record("\(length) bytes: \(String(describing: error))")
        return
      }
    }
  }

  @Test func `what is no JPEG is told by its first bytes`() {
    let error = #expect(throws: ImageError.self) {
      try Image(jpeg: Data("GIF89a".utf8), name: "a.jpg")
    }
    #expect(error?.problem == .wrongFormat(start: "47 49 46 38 39 61", expected: "JPEG"))
  }

  @Test func `a picture of more than 100 megapixels is refused before decoding`() throws {
    var bytes = try JPEGGoldens.jpeg("RGB")
    let frame = try #require(bytes.firstRange(of: [0xFF, 0xC0]))
    // Height and width stand behind the segment's length and the number of bits.
    bytes.replaceSubrange(
      frame.lowerBound + 5..<frame.lowerBound + 9, with: [0x13, 0x89, 0x4E, 0x20])
    let error = #expect(throws: ImageError.self) { try Image(jpeg: bytes) }
    #expect(error?.problem == .tooLarge(height: 5001, width: 20000))
  }

  @Test func `bytes behind the picture do not matter`() throws {
    let bytes = try JPEGGoldens.jpeg("RGB")
    #expect(try Image(jpeg: bytes + Data("a phone's film".utf8)) == Image(jpeg: bytes))
  }
}
