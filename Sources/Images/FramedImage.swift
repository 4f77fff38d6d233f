/// A picture in a frame of another shape: its aspect kept, in the middle, with gray bars beside it.
public struct FramedImage: Equatable, Sendable {
  /// The frame with the picture in it.
  public let image: Image
  /// Where the picture begins in the frame, in the frame's pixels.
  public let left, top: Int
  /// Pixels of the frame for one of the picture's, along its columns and rows; they differ by
  /// rounding only.
  public let scaleX, scaleY: Double
}

extension Image {
  /// The picture as large as it fits into a frame of `height` × `width` pixels.
  ///
  /// A network sees a picture of any shape this way: what it has learned about shapes holds, and the
  /// bars' gray (127) is the middle of its inputs.
  public func framed(height frameHeight: Int, width frameWidth: Int) -> FramedImage {
    require(
      frameHeight > 0 && frameWidth > 0,
      "Image.framed: height and width are positive, not \(frameHeight)×\(frameWidth)")
    let scale = min(
      Double(frameHeight) / Double(height), Double(frameWidth) / Double(width))
    let inner = resized(
      height: max(1, Int((Double(height) * scale).rounded())),
      width: max(1, Int((Double(width) * scale).rounded())))
    let (left, top) = ((frameWidth - inner.width) / 2, (frameHeight - inner.height) / 2)
    var pixels = [UInt8](repeating: 127, count: 3 * frameHeight * frameWidth)
    for y in 0..<inner.height {
      let (from, to) = (3 * y * inner.width, 3 * ((top + y) * frameWidth + left))
      pixels.replaceSubrange(
        to..<to + 3 * inner.width, with: inner.pixels[from..<from + 3 * inner.width])
    }
    return FramedImage(
      image: Image(height: frameHeight, width: frameWidth, pixels: pixels), left: left, top: top,
      scaleX: Double(inner.width) / Double(width), scaleY: Double(inner.height) / Double(height))
  }
}
