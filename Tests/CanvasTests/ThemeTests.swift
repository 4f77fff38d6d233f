import Canvas
import Foundation
import Images
import Testing

@Suite struct ThemeTests {
  private static let themes = [("light", Theme.light), ("dark", Theme.dark)]
  private static let series = (0..<8).map { ColorRole.series($0) }

  @Test func `contrast is that of WCAG`() {
    #expect(abs(RGBA(0, 0, 0).contrast(with: RGBA(1, 1, 1)) - 21) < 1e-12)
    // The specification's familiar limit: #767676 on white is the lightest gray that passes 4.5.
    #expect(RGBA(hex: 0x767676).contrast(with: RGBA(1, 1, 1)) >= 4.5)
    #expect(RGBA(hex: 0x777777).contrast(with: RGBA(1, 1, 1)) < 4.5)
  }

  @Test func `marks stand out three to one`() {
    for (name, theme) in Self.themes {
      for role in Self.series + [.accent, .good, .bad, .axis] {
        let ratio = theme[role].contrast(with: theme[.paper])
        #expect(ratio >= 3, "\(name) \(role): \(ratio)")
      }
    }
  }

  @Test func `text can be read four and a half to one`() {
    for (name, theme) in Self.themes {
      for role in [ColorRole.ink, .muted] {
        for ground in [ColorRole.paper, .faint] {
          let ratio = theme[role].contrast(with: theme[ground])
          #expect(ratio >= 4.5, "\(name) \(role) on \(ground): \(ratio)")
        }
      }
    }
  }

  @Test func `text on a filled tag can be read on every colour`() {
    for (name, theme) in Self.themes {
      for role in Self.series + [.accent, .good, .bad] {
        var canvas = Canvas(size: CanvasSize(width: 1, height: 1))
        canvas.fill(
          .rectangle(Rectangle(x0: 0, y0: 0, x1: 1, y1: 1)), .readable(on: role))
        let (red, green, blue) = canvas.pixels(theme: theme)[0, 0]
        let text = RGBA(Double(red) / 255, Double(green) / 255, Double(blue) / 255)
        #expect(text.contrast(with: theme[role]) >= 4.5, "\(name) \(role)")
      }
    }
  }

  @Test func `series differ for normal, protanopic and deuteranopic eyes`() {
    for (name, theme) in Self.themes {
      for vision in Vision.allCases {
        let seen = Self.series.map { vision.lab(theme[$0]) }
        for (index, first) in seen.enumerated() {
          for (other, second) in seen.enumerated().dropFirst(index + 1) {
            let distance = zip(first, second).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
            // In OKLab 0.02 is just noticeable side by side; four times that tells lines apart.
            #expect(distance.squareRoot() > 0.08, "\(name) \(vision): \(index) and \(other)")
          }
        }
      }
    }
  }

  @Test func `series repeat after eight`() {
    #expect(Theme.light[.series(9)] == Theme.light[.series(1)])
    #expect(Theme.light[.series(-1)] == Theme.light[.series(7)])
  }
}

/// How a colour looks: the matrices of Machado, Oliveira and Fernandes (2009) at full severity.
private enum Vision: CaseIterable {
  case normal, protanopia, deuteranopia

  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    }
  }

  /// The colour in OKLab (Ottosson 2020) as these eyes see it.
  func lab(_ color: RGBA) -> [Double] {
    let linear = [color.red, color.green, color.blue].map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    let seen = product(matrix, linear).map { min(max($0, 0), 1) }
    let cones = product(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], seen)
    return product(
      [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
      ], cones.map(cbrt))
  }

  private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { row in zip(row, vector).map(*).reduce(0, +) }
  }
}
