/// Strings on their way into and out of the script engine.
///
/// JavaScript counts in UTF-16, and the engine keeps its halves of a pair as three bytes each
/// (CESU-8), where UTF-8 has four bytes for both.
enum ScriptText {
  /// The engine's bytes for `text`.
  static func bytes(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.contains(where: { $0 >= 0xF0 }) else { return Array(utf8) }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(utf8.count * 3 / 2)
      for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
        if scalar.value < 0x10000 {
          bytes.append(contentsOf: UTF8.encode(scalar)!)
        } else {
          for half in UTF16.encode(scalar)! { append(half, to: &bytes) }
        }
      }
      return bytes
    }
  }

  /// The text that the engine's `bytes` stand for; half a pair alone becomes U+FFFD.
  static func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    // 0xED begins the halves of pairs, and a few letters beside.
    guard bytes.contains(0xED) else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3
      guard index + length <= bytes.count else { break }
      switch length {
      case 1: units.append(UInt16(first))
      case 2: units.append(UInt16(first & 0x1F) << 6 | UInt16(bytes[index + 1] & 0x3F))
      default:
        units.append(
          UInt16(first & 0x0F) << 12 | UInt16(bytes[index + 1] & 0x3F) << 6
            | UInt16(bytes[index + 2] & 0x3F))
      }
      index += length
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static func append(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(0xE0 | UInt8(unit >> 12))
    bytes.append(0x80 | UInt8(unit >> 6 & 0x3F))
    bytes.append(0x80 | UInt8(unit & 0x3F))
  }
}
