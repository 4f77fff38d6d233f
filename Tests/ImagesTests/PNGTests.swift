import Foundation
import Images
import Testing

@Suite struct PNGTests {
  let noise = Image(
    height: 31, width: 17,
    pixels: (0..<31 * 17 * 3).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })

  @Test func `every kind of PNG reads as RGB`() throws {
    let cases = try PNGGoldens.load().decoding
    #expect(cases.count == 11)
    for kind in cases {
      let image = try Image(png: kind.png, name: kind.name)
      #expect(image.height == kind.height && image.width == kind.width, "\(kind.name)")
      let error = zip(image.pixels, kind.rgb).map { abs(Int($0) - Int($1)) }.max()
      // Sixteen bits may be rounded to eight in two ways; the other kinds are exact.
      #expect(try #require(error) <= (kind.name.contains("16 bit") ? 1 : 0), "\(kind.name)")
    }
  }

  @Test func `what is written reads back the same`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "noise.png")
    try noise.writePNG(to: file)
    #expect(try Image(contentsOf: file) == noise)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["noise.png"])
  }

  @Test func `the same pixels give the same bytes`() throws {
    #expect(try noise.pngData() == noise.pngData())
  }

  @Test func `a picture of one pixel survives`() throws {
    let dot = Image(height: 1, width: 1, pixels: [1, 2, 3])
    #expect(try Image(png: dot.pngData()) == dot)
  }

  @Test func `an absent file is named`() {
    let file = URL(filePath: "/nowhere/banana.png")
    let error = #expect(throws: ImageError.self) { try Image(contentsOf: file) }
    #expect(error == ImageError(file: "/nowhere/banana.png", problem: .absent))
    #expect(error?.description.contains("/nowhere/banana.png: no such file") == true)
  }

  @Test func `a folder is not a picture`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: ImageError.self) { try Image(contentsOf: folder) }
    guard case .unreadable = error?.problem else {
      Issue.record("not “unreadable”: \(String(describing: error))")
      return
    }
  }

  @Test func `a JPEG is told from a PNG by its first bytes`() {
    let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46])
    let error = #expect(throws: ImageError.self) { try Image(png: jpeg, name: "a.png") }
    #expect(error?.problem == .wrongFormat(start: "ff d8 ff e0 00 10 4a 46", expected: "PNG"))
  }

  @Test func `an empty file is not a PNG`() {
    let error = #expect(throws: ImageError.self) { try Image(png: Data(), name: "a.png") }
    #expect(error?.problem == .wrongFormat(start: "", expected: "PNG"))
    #expect(error?.description.contains("the file is empty") == true)
  }

  @Test func `a truncated PNG is damaged wherever it is cut`() throws {
    let whole = try noise.pngData()
    // The last 12 bytes are the closing chunk and the 4 before them a checksum: no pixel is lost.
    for length in stride(from: 8, to: whole.count - 16, by: 97) {
      let error = #expect(throws: ImageError.self) { try Image(png: whole.prefix(length)) }
      guard case .damaged = error?.problem else {
        Issue.record("\(length) bytes: \(String(describing: error))")
        return
      }
    }
  }

  @Test func `a changed byte of the pixels is damage`() throws {
    var bytes = try noise.pngData()
    bytes[bytes.count / 2] ^= 0x10
    #expect(throws: ImageError.self) { try Image(png: bytes) }
  }

  @Test func `a picture of more than 100 megapixels is refused before decoding`() {
    // Signature and header of a 20000×5001 picture; the checksum is its own.
    let header: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
      0, 0, 0x4E, 0x20, 0, 0, 0x13, 0x89, 8, 2, 0, 0, 0,
    ]
    let crc = crc32(header[12...])
    var bytes = Data(header)
    bytes.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: crc >> (24 - 8 * $0)) })
    bytes.append(contentsOf: [0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xAF, 0x06, 0x1E])
    let error = #expect(throws: ImageError.self) { try Image(png: bytes) }
    #expect(error?.problem == .tooLarge(height: 5001, width: 20000))
  }

  @Test func `a folder that is absent cannot be written to`() {
    let file = URL(filePath: "/nowhere/banana.png")
    let error = #expect(throws: ImageError.self) { try noise.writePNG(to: file) }
    guard case .unwritable = error?.problem, error?.file == "/nowhere/banana.png" else {
      Issue.record("not “unwritable”: \(String(describing: error))")
      return
    }
  }

  /// The checksum of ISO/IEC 15948, annex D, one bit at a time.
  private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
