import Glibc

/// A picture as three planes of numbers, 0…255 each, for algorithms that look at pixels.
///
/// Value (y, x) of plane c is `planes[c][y * width + x]`.
public struct ColorPlanes: Sendable {
  /// Number of rows.
  public let height: Int
  /// Number of columns.
  public let width: Int
  /// Three planes in row-major order.
  public private(set) var planes: [[Float]]

  /// Takes planes as they are; stops unless there are three of `height` × `width` values.
  public init(height: Int, width: Int, planes: [[Float]]) {
    require(
      planes.count == 3 && planes.allSatisfy { $0.count == height * width },
      "ColorPlanes: three planes of \(height)×\(width) values are needed, not "
        + "\(planes.map(\.count))")
    self.height = height
    self.width = width
    self.planes = planes
  }

  /// Takes interleaved red, green and blue bytes, row after row, into a colour space.
  public init(height: Int, width: Int, rgb: [UInt8], space: ColorSpace = .rgb) {
    require(
      rgb.count == 3 * height * width,
      "ColorPlanes: \(height)×\(width) RGB needs \(3 * height * width) bytes, not \(rgb.count)")
    var planes = [[Float]](repeating: [Float](repeating: 0, count: height * width), count: 3)
    for pixel in 0..<height * width {
      let color = space.converted(
        SIMD3(Float(rgb[3 * pixel]), Float(rgb[3 * pixel + 1]), Float(rgb[3 * pixel + 2])) / 255)
      for plane in 0..<3 { planes[plane][pixel] = 255 * color[plane] }
    }
    self.init(height: height, width: width, planes: planes)
  }

  /// The picture after a Gaussian blur; unchanged for a deviation of 0.
  ///
  /// The kernel reaches four deviations, borders are mirrored at the pixels' outer edge.
  /// - Parameter deviation: in pixels.
  public func blurred(deviation: Float) -> ColorPlanes {
    require(deviation >= 0, "blurred: the deviation must not be negative, and is \(deviation)")
    guard deviation > 0 else { return self }
    let reach = Int(4 * deviation + 0.5)
    let weights = (-reach...reach).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
    let kernel = weights.map { $0 / weights.reduce(0, +) }
    var result = self
    for plane in 0..<3 { result.planes[plane] = convolved(planes[plane], kernel, kernel) }
    return result
  }

  /// A plane convolved along its columns with one odd kernel and along its rows with another.
  func convolved(_ plane: [Float], _ down: [Float], _ across: [Float]) -> [Float] {
    let rows = mirrored(height, reach: down.count / 2)
    let columns = mirrored(width, reach: across.count / 2)
    var middle = [Float](repeating: 0, count: plane.count)
    for y in 0..<height {
      for (tap, weight) in down.enumerated() {
        let source = rows[y + tap] * width
        for x in 0..<width { middle[y * width + x] += weight * plane[source + x] }
      }
    }
    var result = [Float](repeating: 0, count: plane.count)
    var padded = [Float](repeating: 0, count: columns.count)
    for y in 0..<height {
      for (position, column) in columns.enumerated() {
        padded[position] = middle[y * width + column]
      }
      for (tap, weight) in across.enumerated() {
        for x in 0..<width { result[y * width + x] += weight * padded[x + tap] }
      }
    }
    return result
  }
}

/// The positions -reach ..< count + reach, mirrored into 0 ..< count.
private func mirrored(_ count: Int, reach: Int) -> [Int] {
  (-reach..<count + reach).map { position in
    let folded = ((position % (2 * count)) + 2 * count) % (2 * count)
    return folded < count ? folded : 2 * count - 1 - folded
  }
}
