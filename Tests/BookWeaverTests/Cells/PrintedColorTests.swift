import Foundation
import Testing

@testable import BookWeaver

/// The style sheet's colours of printed text.
struct PrintedColorTests {
  /// The least contrast of small text (WCAG 2.1, 1.4.3, level AA).
  private static let leastContrast = 4.5
  /// What text stands on: the page and what is raised from it, in the light and the dark theme.
  private static let grounds = [["ffffff", "f5f6f8"], ["15181d", "1e232a"]]
  private static let inks = ["1b1f24", "e8ebef"]
  /// The share of its colour in a ground of printed text.
  private static let tint = 0.22

  private let style: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    style = try String(
      contentsOf: root.appending(path: "Sources/BookWeaver/Theme/cells.css"), encoding: .utf8)
  }

  @Test(arguments: TextStyle.Hue.allCases.filter { $0 != .grey })
  func `a printed colour can be read in both themes, and text on it`(hue: TextStyle.Hue) throws {
    let rule = try Regex(
      "--ansi-\(hue.rawValue): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)",
      as: (Substring, Substring, Substring).self)
    let colors = try #require(style.firstMatch(of: rule)).output
    for (theme, color) in [colors.1, colors.2].enumerated() {
      for ground in Self.grounds[theme] {
        #expect(contrast(channels(color), channels(ground)) >= Self.leastContrast)
      }
      let tinted = zip(channels(color), channels(Self.grounds[theme][0])).map {
        Self.tint * $0 + (1 - Self.tint) * $1
      }
      #expect(contrast(channels(Self.inks[theme]), tinted) >= Self.leastContrast)
    }
  }

  @Test(arguments: TextStyle.Hue.allCases)
  func `each colour has a style for text and for its ground`(hue: TextStyle.Hue) {
    #expect(style.contains(".ansi-\(hue.rawValue) { color: "))
    let mix = hue == .grey ? "--faint" : "--ansi-\(hue.rawValue)"
    #expect(
      style.contains(
        ".ansi-on-\(hue.rawValue) { background: color-mix(in srgb, var(\(mix)) 22%, "))
  }

  private func channels(_ color: some StringProtocol) -> [Double] {
    let value = Int(color, radix: 16) ?? 0
    return [value >> 16 & 255, value >> 8 & 255, value & 255].map { Double($0) / 255 }
  }

  private func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// Relative luminance of sRGB.
  private func luminance(_ color: [Double]) -> Double {
    let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
