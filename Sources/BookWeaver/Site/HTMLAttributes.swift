/// Walks through the attributes of well-formed HTML and replaces some of their values.
///
/// - Parameter replace: what an attribute becomes, by its name and its value as written, escapes
///   included; nil to leave it.
func replacingAttributes(
  in html: String, _ replace: (_ name: String, _ value: String) -> String?
) -> String {
  var html = html
  return html.withUTF8 { bytes in
    var result = [UInt8]()
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var copied = 0
    var scanner = AttributeScanner(bytes: bytes)
    while let attribute = scanner.next() {
      let name = String(decoding: bytes[attribute.name], as: UTF8.self)
      let value = String(decoding: bytes[attribute.value], as: UTF8.self)
      guard let replacement = replace(name.lowercased(), value), replacement != value else {
        continue
      }
      result.append(contentsOf: bytes[copied..<attribute.value.lowerBound])
      result.append(contentsOf: replacement.utf8)
      copied = attribute.value.upperBound
    }
    result.append(contentsOf: bytes[copied...])
    return String(decoding: result, as: UTF8.self)
  }
}

/// Finds the quoted attributes of HTML, one after the other.
private struct AttributeScanner {
  struct Attribute {
    var name: Range<Int>
    var value: Range<Int>
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var isInTag = false
  /// `script` or `style` while between its tags, where `<` is an ordinary character.
  private var rawElement = ""

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func next() -> Attribute? {
    while position < bytes.count {
      if isInTag {
        if let attribute = attribute() { return attribute }
      } else {
        enterTag()
      }
    }
    return nil
  }

  /// Goes behind the name of the next opening tag.
  private mutating func enterTag() {
    skip { $0 != UInt8(ascii: "<") }
    if starts(with: "<!--") {
      while position < bytes.count, !starts(with: "-->") { position += 1 }
      return
    }
    guard position < bytes.count else { return }
    if !rawElement.isEmpty {
      if starts(with: "</\(rawElement)") { rawElement = "" }
      position += 1
      return
    }
    position += 1
    let start = position
    skip(Self.isNamePart)
    guard position > start else { return }
    let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    rawElement = ["script", "style"].contains(name) ? name : ""
    isInTag = true
  }

  /// The next attribute of the tag; nil at its end and for attributes without a quoted value.
  private mutating func attribute() -> Attribute? {
    skip { Self.isBlank($0) || $0 == UInt8(ascii: "/") }
    guard position < bytes.count else { return nil }
    if bytes[position] == UInt8(ascii: ">") {
      isInTag = false
      return nil
    }
    let start = position
    skip(Self.isNamePart)
    let name = start..<position
    if name.isEmpty { position += 1 }
    skip(Self.isBlank)
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return nil }
    position += 1
    skip(Self.isBlank)
    guard position < bytes.count else { return nil }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    position += 1
    let valueStart = position
    skip { $0 != quote }
    let value = valueStart..<position
    position = min(position + 1, bytes.count)
    return Attribute(name: name, value: value)
  }

  private mutating func skip(_ condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { position += 1 }
  }

  private func starts(with text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [9, 10, 12, 13, 32].contains(byte) }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: ":"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
