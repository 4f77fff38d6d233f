/// Where formulas begin and end in a text: pandoc's rules for dollar signs.
enum FormulaDelimiters {
  /// What a `$$` begins.
  struct Displayed: Equatable {
    /// The TeX between the dollar signs; nil where there is nothing.
    var tex: String?
    /// The name behind it, as in `$$x$$ {#eq-x}`.
    var label: String?
    /// The byte after it and its label.
    var end: Int
  }

  /// The displayed formula whose `$$` stands at `start`; nil where it does not end.
  static func displayed(in bytes: [UInt8], at start: Int) -> Displayed? {
    var index = start + 2
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == dollar, bytes[index + 1] == dollar {
        let tex = String(decoding: bytes[(start + 2)..<index], as: UTF8.self)
        let label = label(in: bytes, at: index + 2)
        return Displayed(
          tex: tex.allSatisfy(\.isWhitespace) ? nil : tex, label: label?.name,
          end: label?.end ?? index + 2)
      } else {
        index += 1
      }
    }
    return nil
  }

  /// The end of the formula whose `$` stands at `start`: the byte of its second `$`.
  ///
  /// The first has no blank space to its right, the second none to its left and no digit to its
  /// right: “$20,000 and $30,000” is no formula.
  static func inlineEnd(in bytes: [UInt8], at start: Int) -> Int? {
    guard mayBegin(in: bytes, at: start) else { return nil }
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == dollar, !isBlank(bytes[index - 1]),
        index + 1 == bytes.count || !isDigit(bytes[index + 1])
      {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Whether the `$` at `start` could begin a formula.
  static func mayBegin(in bytes: [UInt8], at start: Int) -> Bool {
    start + 1 < bytes.count && !isBlank(bytes[start + 1]) && bytes[start + 1] != dollar
  }

  /// Whether a sum of money stands at `start`, as in “$20,000”.
  static func isPrice(in bytes: [UInt8], at start: Int) -> Bool {
    let rest = bytes[(start + 1)...]
    guard let first = rest.first, isDigit(first) else { return false }
    let next = rest.drop { isDigit($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }.first
    return next.map { isBlank($0) || ")];:!?-'\"|".utf8.contains($0) } ?? true
  }

  /// A label `{#name}` at or after blank space from `start`.
  static func label(in bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
    let open = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
    guard bytes[open...].starts(with: "{#".utf8),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    let name = bytes[(open + 2)..<close]
    let isName = !name.isEmpty && !name.contains { isBlank($0) || "{#<>\"'&".utf8.contains($0) }
    return isName ? (String(decoding: name, as: UTF8.self), close + 1) : nil
  }

  private static let dollar = UInt8(ascii: "$")

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
