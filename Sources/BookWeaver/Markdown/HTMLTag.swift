/// Recognises HTML in the middle of a sentence, in which nothing is looked for.
enum HTMLTag {
  /// The length of the tag, comment or `<address>` that begins at `start`; nil where there is none.
  ///
  /// Lenient: what has the look of a tag's beginning runs to the `>` that is not in quotation marks,
  /// unless it holds what no tag holds. cmark decides what it is; this keeps formulas out of it.
  static func length(in bytes: [UInt8], at start: Int) -> Int? {
    let rest = bytes[start...]
    if rest.starts(with: "<!--".utf8) { return commentLength(rest) }
    guard let next = rest.dropFirst().first, next == UInt8(ascii: "/") || isLetter(next) else {
      return nil
    }
    var quote: UInt8?
    var previous = next
    for index in (start + 2)..<max(start + 2, bytes.count) {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index + 1 - start
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard previous == UInt8(ascii: "=") else { return nil }
        quote = byte
      } else if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "`") || isFormula(byte, previous)
      {
        return nil
      }
      previous = byte
    }
    return nil
  }

  private static func commentLength(_ rest: ArraySlice<UInt8>) -> Int? {
    var index = rest.startIndex + 4
    while index < rest.endIndex {
      if rest[index...].starts(with: "-->".utf8) { return index + 3 - rest.startIndex }
      index += 1
    }
    return nil
  }

  /// A dollar sign behind blank space: “a <b and $c$ > d” has no tag.
  private static func isFormula(_ byte: UInt8, _ previous: UInt8) -> Bool {
    byte == UInt8(ascii: "$") && (previous == UInt8(ascii: " ") || previous == UInt8(ascii: "\n"))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
