/// A number in the sentences of a page: not in code, formulas, links or directives.
struct ProseNumber: Equatable {
  /// As written, without sign and unit.
  var text: String
  var line: Int
  /// How many digits stand behind the point.
  var places: Int
  var isPercentage: Bool

  /// The numbers that say enough to be a measurement: two digits that count behind a point, or three
  /// in all.
  static func all(in page: String) -> [ProseNumber] {
    var isInFence = false
    let reader = NumberReader()  // made once: its expressions take longer to make than to use
    return page.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { index, line -> [ProseNumber] in
        if isFence(line) { isInFence.toggle() }
        guard !isInFence, line.utf8.contains(where: isDigit) else { return [] }
        return reader.numbers(in: line, line: index + 1)
      }
  }

  /// Whether `value`, written with as many digits, is this number.
  func isRounding(of value: Double) -> Bool {
    guard let number = Double(text.replacing(",", with: "")) else { return false }
    let exact = isPercentage ? 100 * value : value
    var half = 0.5
    for _ in 0..<places { half /= 10 }
    return abs(abs(exact) - number) <= half * (1 + 1e-9)
  }
}

/// Whether a line begins or ends a block of code.
private func isFence(_ line: Substring) -> Bool {
  let text = line.drop { $0 == " " }
  return line.utf8.count - text.utf8.count <= 3 && (text.hasPrefix("```") || text.hasPrefix("~~~"))
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte }

/// Finds the numbers of a line.
private struct NumberReader {
  /// What is no sentence: directives, code, formulas, targets of links, citations, HTML.
  private let other = /\{\{.*?\}\}|`[^`]*`|\$[^$]+\$|\]\([^)]*\)|\[@[^\]]*\]|<[^>]*>/
  /// Not within words, versions, sizes such as 256×256 or dates.
  private let number =
    /(^|[\s(“"−–+≈~-])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)(\s?%)?(?=$|[\s.,;:)”"!?%])/

  func numbers(in line: Substring, line lineNumber: Int) -> [ProseNumber] {
    line.replacing(other) { _ in " " }.matches(of: number).compactMap { match in
      let digits = match.2.filter(\.isNumber).drop { $0 == "0" }
      let places = match.3?.count ?? 0
      guard places > 0 ? digits.count >= 2 : digits.count >= 3 else { return nil }
      return ProseNumber(
        text: String(match.2), line: lineNumber, places: places, isPercentage: match.4 != nil)
    }
  }
}
