import Detection
import Testing

struct ColorPlanesTests {
  /// Colours are computed in single precision, where a cube root and a power lose two digits.
  private static let colorTolerance = 2e-4

  @Test func `colours are converted as scikit-image does`() throws {
    for color in try SelectiveSearchGolden.read().colors {
      for (space, expected) in [(ColorSpace.hsv, color.hsv), (.lab, color.lab)] {
        let planes = ColorPlanes(height: 1, width: 1, rgb: color.rgb, space: space).planes
        expectClose(
          planes.map { $0[0] / 255 }, expected, absolute: Self.colorTolerance,
          "\(space) of \(color.rgb)")
      }
    }
  }

  @Test func `a blur keeps an even picture even, also at its borders`() {
    let even = [Float](repeating: 42, count: 15)
    let blurred = ColorPlanes(height: 3, width: 5, planes: [even, even, even]).blurred(deviation: 2)
    for plane in blurred.planes {
      expectClose(plane, even.map(Double.init), relative: 1e-6)
    }
  }
}
