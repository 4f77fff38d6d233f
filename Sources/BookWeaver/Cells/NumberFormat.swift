import Foundation

/// How a recorded number is written in a sentence: C's `%.3f`, with `'` for commas between
/// thousands.
struct NumberFormat: Equatable {
  /// For numbers that no author has given a form: four digits.
  static let plain = NumberFormat(conversion: "g", precision: 4)

  private var conversion: Character
  private var precision: Int
  private var hasSign = false
  private var isGrouped = false
  /// A percent sign that follows, `%%`; the number is not changed.
  private var hasPercentSign = false

  private init(conversion: Character, precision: Int) {
    self.conversion = conversion
    self.precision = precision
  }

  /// Reads `%.3f`, `%'.0f`, `%+.2e`, `%.3g` or `%.1f%%`; nil for anything else.
  init?(_ format: String) {
    guard let match = format.wholeMatch(of: /%(['+]*)(?:\.(\d))?([fegd])(%%)?/) else { return nil }
    conversion = match.3.first ?? "f"
    guard conversion != "d" || match.2 == nil else { return nil }
    precision = match.2.flatMap { Int($0) } ?? (conversion == "d" ? 0 : 6)
    if conversion == "d" { conversion = "f" }
    hasSign = match.1.contains("+")
    isGrouped = match.1.contains("'")
    hasPercentSign = match.4 != nil
  }

  /// `value` in this form, with typographic signs; powers of ten as `1.2·10^−5`.
  func text(_ value: Double) -> String { parts(value).joined(separator: "^") }

  /// `value` as HTML, powers of ten raised.
  func html(_ value: Double) -> String {
    let parts = parts(value)
    return parts.count == 1 ? parts[0] : "\(parts[0])<sup>\(parts[1])</sup>"
  }

  /// The number, and the exponent of ten where it has one.
  private func parts(_ value: Double) -> [String] {
    let sign = hasSign ? "+" : ""
    let digits = String(format: "%\(sign).\(precision)\(conversion)", value)
      .replacing("-", with: "−")
    let pieces = digits.split(separator: "e", maxSplits: 1).map(String.init)
    let mark = hasPercentSign ? "\u{a0}%" : ""
    guard pieces.count == 2, let exponent = Int(pieces[1].replacing("−", with: "-")) else {
      return [(isGrouped ? Self.grouped(digits) : digits) + mark]
    }
    return ["\(pieces[0])\u{a0}·\u{a0}10", "\(exponent)".replacing("-", with: "−") + mark]
  }

  private static func grouped(_ digits: String) -> String {
    guard let match = digits.firstMatch(of: /\d+/), let whole = Int(match.0) else { return digits }
    return digits.replacingCharacters(in: match.range, with: BookWeaver.grouped(whole))
  }
}
