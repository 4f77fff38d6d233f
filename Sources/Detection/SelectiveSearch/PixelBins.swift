import Glibc

/// The histogram bins that each pixel of a picture falls into: made once for a colour space, then
/// summed up for the regions of any segmentation.
struct PixelBins {
  static let colorBins = 25
  static let orientations = 8
  static let textureBins = 10
  /// Bins of all planes of a pixel.
  static let colorCount = 3 * colorBins
  static let textureCount = 3 * orientations * textureBins

  /// Three for each pixel, as positions in the colour histogram.
  private var color: [UInt8] = []
  /// Twenty-four for each pixel, as positions in the texture histogram.
  private var texture: [UInt8] = []
  private let pixelCount: Int

  init(_ picture: ColorPlanes) {
    pixelCount = picture.height * picture.width
    color = [UInt8](repeating: 0, count: 3 * pixelCount)
    texture = [UInt8](repeating: 0, count: 3 * Self.orientations * pixelCount)
    for plane in 0..<3 {
      for pixel in 0..<pixelCount {
        let bin = Int(picture.planes[plane][pixel] * Float(Self.colorBins) / 256)
        color[3 * pixel + plane] = UInt8(plane * Self.colorBins + min(bin, Self.colorBins - 1))
      }
      addTexture(of: picture, plane: plane)
    }
  }

  /// Derivatives of a Gaussian with a deviation of 1 in eight directions, an edge counted in the
  /// direction in which the plane rises; bins divide 0 to the plane's steepest rise evenly.
  private mutating func addTexture(of picture: ColorPlanes, plane: Int) {
    let reach = 4
    let bell = (-reach...reach).map { exp(-Float($0 * $0) / 2) }
    let smooth = bell.map { $0 / bell.reduce(0, +) }
    let slope = zip(-reach...reach, smooth).map { Float($0) * $1 }
    let down = picture.convolved(picture.planes[plane], slope, smooth)
    let across = picture.convolved(picture.planes[plane], smooth, slope)
    let steepest = zip(down, across).reduce(Float(0)) {
      max($0, ($1.0 * $1.0 + $1.1 * $1.1).squareRoot())
    }
    let step = steepest > 0 ? Float(Self.textureBins) / steepest : 0
    for orientation in 0..<Self.orientations {
      let angle = 2 * Float.pi * Float(orientation) / Float(Self.orientations)
      let (dx, dy) = (step * cos(angle), step * sin(angle))
      let histogram = plane * Self.orientations + orientation
      let first = UInt8(histogram * Self.textureBins)
      for pixel in 0..<pixelCount {
        let rise = max(0, dx * across[pixel] + dy * down[pixel])
        let bin = UInt8(min(Int(rise), Self.textureBins - 1))
        texture[3 * Self.orientations * pixel + histogram] = first + bin
      }
    }
  }

  /// The features of each region of a segmentation of the same picture.
  func features(of segmentation: Segmentation, by parts: RegionSimilarities) -> [RegionFeatures] {
    let count = segmentation.count
    var sizes = [Int](repeating: 0, count: count)
    var boxes = [PixelBox](
      repeating: PixelBox(x0: .max, y0: .max, x1: .min, y1: .min), count: count)
    for y in 0..<segmentation.height {
      for x in 0..<segmentation.width {
        let region = Int(segmentation.labels[y * segmentation.width + x])
        sizes[region] += 1
        boxes[region] = boxes[region].union(PixelBox(x0: x, y0: y, x1: x + 1, y1: y + 1))
      }
    }
    let color =
      parts.contains(.color)
      ? histograms(color, each: 3, bins: Self.colorCount, segmentation) : []
    let texture =
      parts.contains(.texture)
      ? histograms(
        texture, each: 3 * Self.orientations, bins: Self.textureCount, segmentation) : []
    return (0..<count).map { region in
      func part(_ counts: [Int32], _ bins: Int, _ each: Int) -> [Float] {
        counts.isEmpty
          ? []
          : counts[region * bins..<(region + 1) * bins].map {
            Float($0) / Float(each * sizes[region])
          }
      }
      return RegionFeatures(
        size: sizes[region], box: boxes[region], color: part(color, Self.colorCount, 3),
        texture: part(texture, Self.textureCount, 3 * Self.orientations))
    }
  }

  private func histograms(
    _ pixelBins: [UInt8], each: Int, bins: Int, _ segmentation: Segmentation
  ) -> [Int32] {
    var counts = [Int32](repeating: 0, count: segmentation.count * bins)
    for pixel in 0..<pixelCount {
      let region = Int(segmentation.labels[pixel]) * bins
      for position in each * pixel..<each * (pixel + 1) {
        counts[region + Int(pixelBins[position])] += 1
      }
    }
    return counts
  }
}
