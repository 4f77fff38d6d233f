/// What two regions are compared by, each from 0 to 1.
public struct RegionSimilarities: OptionSet, Hashable, Sendable {
  /// A bit for each similarity.
  public let rawValue: Int

  /// The similarities whose bits are set.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// How much of their colour histograms they share.
  public static let color = RegionSimilarities(rawValue: 1)
  /// How much of their texture histograms they share.
  public static let texture = RegionSimilarities(rawValue: 2)
  /// How small they are together: small regions are to merge first, everywhere at once.
  public static let size = RegionSimilarities(rawValue: 4)
  /// How well they fill the box around both.
  public static let fill = RegionSimilarities(rawValue: 8)
}

/// Size, box and histograms of a region, enough to compare it and to merge it.
package struct RegionFeatures: Equatable, Sendable {
  /// Number of pixels.
  package var size: Int
  /// The pixels' half-open box.
  package var box: PixelBox
  /// Sums to 1; empty where colour is not compared.
  package var color: [Float]
  /// Sums to 1; empty where texture is not compared.
  package var texture: [Float]

  package init(size: Int, box: PixelBox, color: [Float], texture: [Float]) {
    self.size = size
    self.box = box
    self.color = color
    self.texture = texture
  }

  /// The region of all pixels of both.
  ///
  /// Histograms are averaged by size, which is the histogram of the union without a look at pixels.
  package func merged(with other: RegionFeatures) -> RegionFeatures {
    let share = Float(size) / Float(size + other.size)
    func mean(_ a: [Float], _ b: [Float]) -> [Float] {
      zip(a, b).map { share * $0 + (1 - share) * $1 }
    }
    return RegionFeatures(
      size: size + other.size, box: box.union(other.box), color: mean(color, other.color),
      texture: mean(texture, other.texture))
  }

  /// The sum of the chosen similarities, in a picture of `pictureSize` pixels.
  ///
  /// Source: Uijlings, van de Sande, Gevers and Smeulders, "Selective search for object
  /// recognition", IJCV 2013, section 3.2.
  package func similarity(
    to other: RegionFeatures, by parts: RegionSimilarities, pictureSize: Int
  ) -> Float {
    var sum: Float = 0
    if parts.contains(.color) { sum += sharedPart(color, other.color) }
    if parts.contains(.texture) { sum += sharedPart(texture, other.texture) }
    let sizes = size + other.size
    if parts.contains(.size) { sum += 1 - Float(sizes) / Float(pictureSize) }
    if parts.contains(.fill) {
      sum += 1 - Float(box.union(other.box).area - sizes) / Float(pictureSize)
    }
    return sum
  }
}

/// The sum of the smaller values, bin by bin.
private func sharedPart(_ a: [Float], _ b: [Float]) -> Float {
  var sum: Float = 0
  for bin in a.indices { sum += min(a[bin], b[bin]) }
  return sum
}

/// A half-open box of whole pixels.
package struct PixelBox: Hashable, Sendable {
  package var x0: Int
  package var y0: Int
  package var x1: Int
  package var y1: Int

  package init(x0: Int, y0: Int, x1: Int, y1: Int) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  package var area: Int { (x1 - x0) * (y1 - y0) }

  package func union(_ other: PixelBox) -> PixelBox {
    PixelBox(
      x0: min(x0, other.x0), y0: min(y0, other.y0), x1: max(x1, other.x1), y1: max(y1, other.y1))
  }
}
