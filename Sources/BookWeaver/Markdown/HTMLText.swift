/// Text on its way into HTML.
package enum HTMLText {
  /// `text` with the characters that mean something to HTML as entities; safe in attributes, too.
  package static func escaped(_ text: some StringProtocol) -> String {
    var text = String(text)
    return text.withUTF8 { bytes in
      guard bytes.contains(where: { entity($0) != nil }) else {
        return String(decoding: bytes, as: UTF8.self)
      }
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        if let entity = entity(byte) {
          result.append(contentsOf: entity.utf8)
        } else {
          result.append(byte)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// `address` as the value of `href` or `src`: what no address may hold is percent-encoded.
  package static func escapedAddress(_ address: String) -> String {
    var result = ""
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;"
      case UInt8(ascii: "'"): result += "&#x27;"
      case _ where isSafe(byte): result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += (byte < 16 ? "%0" : "%") + digits
      }
    }
    return result
  }

  /// The values of all attributes `id="…"` of a page.
  ///
  /// Pages with formulas are long: this looks at each byte once.
  static func ids(in html: String) -> [String] {
    var html = html
    return html.withUTF8 { bytes in
      var ids: [String] = []
      var index = 0
      while index + 5 < bytes.count {
        defer { index += 1 }
        guard bytes[index] == UInt8(ascii: "i"), bytes[index + 1] == UInt8(ascii: "d"), index > 0,
          bytes[index + 2] == UInt8(ascii: "="), bytes[index + 3] == UInt8(ascii: "\""),
          bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == UInt8(ascii: "\n")
        else { continue }
        let value = bytes[(index + 4)...].prefix { $0 != UInt8(ascii: "\"") }
        ids.append(String(decoding: value, as: UTF8.self))
        index = value.endIndex
      }
      return ids
    }
  }

  private static func entity(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: nil
    }
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.+!*(),%#@?=;:/$~".utf8.contains(byte)
    }
  }
}

extension StaticString {
  fileprivate var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
