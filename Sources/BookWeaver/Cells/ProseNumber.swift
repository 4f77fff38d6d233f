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
    return page.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { index, line -> [ProseNumber] in
        if line.contains(/^ {0,3}(```|~~~)/) { isInFence.toggle() }
        guard !isInFence else { return [] }
        return numbers(in: line, line: index + 1)
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

  private static func numbers(in line: Substring, line number: Int) -> [ProseNumber] {
    let prose = line.replacing(/\{\{.*?\}\}|`[^`]*`|\$[^$]+\$|\]\([^)]*\)|\[@[^\]]*\]|<[^>]*>/) {
      _ in
      " "
    }
    // Not within words, versions, sizes such as 256×256 or dates.
    let found = prose.matches(
      of: /(^|[\s(“"−–+≈~-])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)(\s?%)?(?=$|[\s.,;:)”"!?%])/)
    return found.compactMap { match in
      let digits = match.2.filter(\.isNumber).drop { $0 == "0" }
      let places = match.3?.count ?? 0
      guard places > 0 ? digits.count >= 2 : digits.count >= 3 else { return nil }
      return ProseNumber(
        text: String(match.2), line: number, places: places, isPercentage: match.4 != nil)
    }
  }
}
