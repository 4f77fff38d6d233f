/// A picture as bytes: red, green, blue interleaved, row after row from the top left.
///
/// Pixel `(y, x)` starts at `pixels[3 * (y * width + x)]`. Values are sRGB, 0…255.
public struct Image: Equatable, Sendable {
  /// Number of rows.
  public let height: Int
  /// Number of columns.
  public let width: Int
  /// The bytes, of shape (height, width, 3).
  public var pixels: [UInt8]

  /// A picture of `height` × `width` pixels; stops when `pixels` does not hold three bytes for each.
  public init(height: Int, width: Int, pixels: [UInt8]) {
    require(height > 0 && width > 0, "Image: height and width are positive, not \(height)×\(width)")
    require(
      pixels.count == 3 * height * width,
      "Image: \(height)×\(width) RGB needs \(3 * height * width) bytes, not \(pixels.count)")
    self.height = height
    self.width = width
    self.pixels = pixels
  }

  /// The red, green and blue bytes of the pixel in row `y`, column `x`.
  public subscript(y: Int, x: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    require(
      y >= 0 && y < height && x >= 0 && x < width,
      "Image: pixel (\(y), \(x)) is outside \(height)×\(width)")
    let start = 3 * (y * width + x)
    return (pixels[start], pixels[start + 1], pixels[start + 2])
  }

  /// The part of the picture in rows `y` and columns `x`; stops when it is empty or reaches outside.
  public func cropped(y: Range<Int>, x: Range<Int>) -> Image {
    require(
      y.lowerBound >= 0 && y.upperBound <= height && x.lowerBound >= 0 && x.upperBound <= width
        && !y.isEmpty && !x.isEmpty,
      "Image.cropped: rows \(y) and columns \(x) are not a part of \(height)×\(width)")
    var part: [UInt8] = []
    part.reserveCapacity(3 * y.count * x.count)
    for row in y {
      part += pixels[3 * (row * width + x.lowerBound)..<3 * (row * width + x.upperBound)]
    }
    return Image(height: y.count, width: x.count, pixels: part)
  }
}
