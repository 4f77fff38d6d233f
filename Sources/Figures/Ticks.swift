internal import Foundation

/// A place on an axis that is worth naming.
struct Tick: Equatable {
  var value: Double
  /// May hold line breaks on a horizontal axis.
  var label: String
}

extension Tick {
  /// Round numbers in `range`, one, two or five times a power of ten apart: as close as they can be
  /// with at most `most` of them.
  static func linear(in range: ClosedRange<Double>, most: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    let power = pow(10, log10(span / Double(most)).rounded(.down) - 1)
    let factors: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    for step in factors.map({ $0 * power }) {
      // The slack forgives rounding at the ends.
      let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
      let last = Int((range.upperBound / step + 1e-9).rounded(.down))
      guard last - first < most else { continue }
      return stride(from: first, through: last, by: 1).map { count in
        Tick(value: Double(count) * step, label: label(Double(count) * step, step: step))
      }
    }
    return []
  }

  /// Powers of ten in `range`; where there are fewer than three, also their twofold and fivefold.
  static func logarithmic(in range: ClosedRange<Double>, most: Int) -> [Tick] {
    let low = log10(range.lowerBound) - 1e-9
    let high = log10(range.upperBound) + 1e-9
    let powers = stride(from: Int(low.rounded(.up)), through: Int(high.rounded(.down)), by: 1)
      .map(\.self)
    if powers.count >= 3 {
      let every = (powers.count + most - 1) / most
      let isPlain = powers[0] >= -3 && powers[powers.count - 1] <= 4
      return powers.filter { $0.isMultiple(of: every) }.map { power in
        let value = pow(10, Double(power))
        return Tick(
          value: value, label: isPlain ? label(value, step: value) : "10\(superscript(power))")
      }
    }
    var ticks: [Tick] = []
    for power in Int(low.rounded(.down))...Int(high.rounded(.up)) {
      for factor in [1.0, 2, 5] {
        let value = factor * pow(10, Double(power))
        guard log10(value) >= low && log10(value) <= high else { continue }
        ticks.append(Tick(value: value, label: label(value, step: value)))
      }
    }
    return ticks.count >= 2 ? ticks : linear(in: range, most: most)
  }

  /// `value` with the decimals that `step` needs, as in a printed book: true minus sign, thin spaces
  /// between groups of three from 10 000 on, powers of ten for the very large and very small.
  static func label(_ value: Double, step: Double) -> String {
    if value == 0 || abs(value) < step * 1e-6 { return "0" }
    let sign = value < 0 ? "\u{2212}" : ""
    let power = Int(log10(step * (1 + 1e-9)).rounded(.down))
    let size = Int(log10(abs(value) * (1 + 1e-9)).rounded(.down))
    guard power > -5 && size < 7 else {
      let digits = fixed(abs(value) / pow(10, Double(size)), decimals: max(0, size - power))
      let raised = superscript(size)
      return sign + (digits == "1" ? "10\(raised)" : "\(digits)·10\(raised)")
    }
    let digits = fixed(abs(value), decimals: max(0, -power))
    let whole = digits.prefix { $0 != "." }
    guard whole.count > 4 else { return sign + digits }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0 && (whole.count - index) % 3 == 0 { grouped.append("\u{2009}") }
      grouped.append(digit)
    }
    return sign + grouped + digits.dropFirst(whole.count)
  }

  /// `value` with exactly so many decimals and a true minus sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let digits = String(format: "%.\(decimals)f", value)
    return digits.hasPrefix("-") ? "\u{2212}\(digits.dropFirst())" : digits
  }

  private static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = "\(abs(number))".map { digits[$0.wholeNumberValue ?? 0] }
    return (number < 0 ? "⁻" : "") + String(raised)
  }
}
