import Foundation
import Testing

@testable import Images

/// How the eight ways of holding a camera turn pixels is tested against Pillow in `JPEGTests`.
@Suite struct ExifOrientationTests {
  /// A JPEG's first bytes, with segments as they are given.
  private func jpeg(_ segments: [UInt8]...) -> [UInt8] {
    [0xFF, 0xD8] + segments.joined() + [0xFF, 0xDA, 0, 2]
  }

  /// A segment of a kind, with the length that it says or another.
  private func segment(_ kind: UInt8, _ content: [UInt8], length: Int? = nil) -> [UInt8] {
    let length = length ?? content.count + 2
    return [0xFF, kind, UInt8(length >> 8), UInt8(length & 255)] + content
  }

  /// Exif data with one tag.
  private func exif(
    order: String = "MM", mark: UInt8 = 42, directory: UInt8 = 8, entries: [UInt8] = [0, 1],
    tag: [UInt8] = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
  ) -> [UInt8] {
    Array("Exif\0\0\(order)".utf8) + [0, mark, 0, 0, 0, directory] + entries + tag
  }

  @Test func `the tag is found behind other segments and padding`() {
    let others = segment(0xE0, Array("JFIF\0".utf8)) + segment(0xE1, Array("http://ns.adobe".utf8))
    #expect(
      ExifOrientation(jpeg: jpeg(others, [0xFF, 0xFF], segment(0xE1, exif()))) == .turnedLeft)
  }

  @Test func `both orders of bytes are read`() {
    let little =
      Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0]
      + [0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0]
    #expect(ExifOrientation(jpeg: jpeg(segment(0xE1, little))) == .turnedRight)
    #expect(ExifOrientation(jpeg: jpeg(segment(0xE1, exif()))) == .turnedLeft)
  }

  @Test func `what cannot be understood leaves the picture as it is`() {
    let long: [UInt8] = [1, 0x12, 0, 4, 0, 0, 0, 1, 0, 6, 0, 0]
    let two: [UInt8] = [1, 0x12, 0, 3, 0, 0, 0, 2, 0, 6, 0, 0]
    func value(_ high: UInt8, _ low: UInt8) -> [UInt8] {
      [1, 0x12, 0, 3, 0, 0, 0, 1, high, low, 0, 0]
    }
    let hostile: [String: [UInt8]] = [
      "no segment": [],
      "no Exif": segment(0xE1, Array("Exif".utf8)),
      "no directory": segment(0xE1, Array("Exif\0\0MM".utf8)),
      "no order of bytes": segment(0xE1, exif(order: "MI")),
      "no mark of a TIFF": segment(0xE1, exif(mark: 43)),
      "a directory outside": segment(0xE1, exif(directory: 255)),
      "more entries than bytes": segment(0xE1, exif(entries: [255, 255], tag: [0, 1])),
      "a cut value": segment(0xE1, Array(exif().dropLast(3))),
      "a value of 32 bits": segment(0xE1, exif(tag: long)),
      "two values": segment(0xE1, exif(tag: two)),
      "orientation 0": segment(0xE1, exif(tag: value(0, 0))),
      "orientation 9": segment(0xE1, exif(tag: value(0, 9))),
      "orientation 65535": segment(0xE1, exif(tag: value(255, 255))),
      "a segment without a length": segment(0xE1, exif(), length: 0),
      "a segment shorter than its length": segment(0xE1, exif(), length: 1),
      "no mark of a segment": [0x12, 0x34] + segment(0xE1, exif()),
      "the end before it": [0xFF, 0xD9] + segment(0xE1, exif()),
    ]
    for (name, bytes) in hostile {
      #expect(ExifOrientation(jpeg: jpeg(bytes)) == .upright, "\(name)")
    }
    for bytes: [UInt8] in [[], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE1, 0xFF]] {
      #expect(ExifOrientation(jpeg: bytes) == .upright, "\(bytes)")
    }
  }

  @Test func `a segment that claims to reach beyond the file is read as far as it goes`() {
    let bytes = [0xFF, 0xD8] + segment(0xE1, exif(), length: 65535)
    #expect(ExifOrientation(jpeg: bytes) == .turnedLeft)
  }

  @Test func `no cut and no changed byte of a real file makes reading stop`() throws {
    let whole = [UInt8](try JPEGGoldens.jpeg("orientation 7"))
    #expect(ExifOrientation(jpeg: whole) == .transversed)
    for place in whole.indices {
      _ = ExifOrientation(jpeg: Array(whole[..<place]))
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var changed = whole
        changed[place] = value
        _ = ExifOrientation(jpeg: changed)
      }
    }
  }
}
