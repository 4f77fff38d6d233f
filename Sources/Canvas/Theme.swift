internal import Foundation

/// The colours that roles stand for, for one kind of page.
///
/// Marks (series, accent, good, bad, axis) reach a contrast of 3 : 1 with the paper and texts (ink,
/// muted) 4.5 : 1 (WCAG 2.2, success criteria 1.4.11 and 1.4.3), and the series stay apart for readers
/// with protanopia and deuteranopia; the tests of this file hold it to that.
public struct Theme: Sendable {
  let ink: RGBA
  let paper: RGBA
  let muted: RGBA
  let axis: RGBA
  let grid: RGBA
  let faint: RGBA
  let accent: RGBA
  let good: RGBA
  let bad: RGBA
  let series: [RGBA]

  /// Dark marks on white paper.
  public static let light = Theme(
    ink: RGBA(hex: 0x1B1F24), paper: RGBA(hex: 0xFFFFFF), muted: RGBA(hex: 0x57606A),
    axis: RGBA(hex: 0x818A94), grid: RGBA(hex: 0xE6E9ED), faint: RGBA(hex: 0xF3F5F7),
    accent: RGBA(hex: 0xC2410C), good: RGBA(hex: 0x1A7F4B), bad: RGBA(hex: 0xC4314B),
    series: [
      0x0C74A8, 0xF7600C, 0x49A479, 0xB12B63, 0x2E9BD6, 0x875700, 0x7652E0, 0x323843,
    ].map(RGBA.init(hex:)))

  /// Light marks on nearly black paper.
  public static let dark = Theme(
    ink: RGBA(hex: 0xE8EBEF), paper: RGBA(hex: 0x15181D), muted: RGBA(hex: 0xA3ACB8),
    axis: RGBA(hex: 0x77818E), grid: RGBA(hex: 0x2B313A), faint: RGBA(hex: 0x1E232A),
    accent: RGBA(hex: 0xFF9A5C), good: RGBA(hex: 0x4CC38A), bad: RGBA(hex: 0xFF7A8C),
    series: [
      0x4883D0, 0xFCA900, 0x92F3BA, 0xE60C75, 0x9CD8FF, 0xA98D03, 0xAE9DFF, 0xA6A7A8,
    ].map(RGBA.init(hex:)))

  /// The colour of a role.
  package subscript(role: ColorRole) -> RGBA {
    switch role {
    case .ink: ink
    case .paper: paper
    case .muted: muted
    case .axis: axis
    case .grid: grid
    case .faint: faint
    case .accent: accent
    case .good: good
    case .bad: bad
    case .series(let index): series[((index % series.count) + series.count) % series.count]
    }
  }

  /// The fixed colour that a recorded colour stands for.
  func resolve(_ color: Color) -> RGBA {
    var fixed: RGBA
    switch color.source {
    case .fixed(let color): fixed = color
    case .role(let role): fixed = self[role]
    case .readable(on: let role):
      let candidates = [RGBA(1, 1, 1), RGBA(0, 0, 0)]
      let ratios = candidates.map { $0.contrast(with: self[role]) }
      fixed = ratios[0] >= ratios[1] ? candidates[0] : candidates[1]
    }
    fixed.alpha *= color.opacity
    return fixed
  }
}

extension RGBA {
  /// The WCAG 2.2 contrast ratio of two opaque colours, 1…21.
  package func contrast(with other: RGBA) -> Double {
    let luminances = [luminance, other.luminance].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  /// Relative luminance, 0 (black) … 1 (white).
  private var luminance: Double {
    func linear(_ value: Double) -> Double {
      value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}
