extension Image {
  /// The picture at another size, bilinear with half-pixel centres.
  ///
  /// When shrinking, the triangle filter widens with the factor, so that every source pixel counts
  /// (antialiasing, as in Pillow and `torch.nn.functional.interpolate(antialias=True)`). Rows and
  /// columns are filtered in single precision and rounded once.
  public func resized(height newHeight: Int, width newWidth: Int) -> Image {
    require(
      newHeight > 0 && newWidth > 0,
      "Image.resized: height and width are positive, not \(newHeight)×\(newWidth)")
    if newHeight == height && newWidth == width { return self }
    let columns = (0..<newWidth).map { Taps(target: $0, from: width, to: newWidth) }
    let rows = (0..<newHeight).map { Taps(target: $0, from: height, to: newHeight) }

    var narrowed = [Float](repeating: 0, count: 3 * height * newWidth)
    pixels.withUnsafeBufferPointer { source in
      narrowed.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          for (x, taps) in columns.enumerated() {
            for (offset, weight) in taps.weights.enumerated() {
              let from = 3 * (y * width + taps.first + offset)
              for channel in 0..<3 {
                target[3 * (y * newWidth + x) + channel] += weight * Float(source[from + channel])
              }
            }
          }
        }
      }
    }

    let rowLength = 3 * newWidth
    var resized = [UInt8](repeating: 0, count: rowLength * newHeight)
    var sums = [Float](repeating: 0, count: rowLength)
    for (y, taps) in rows.enumerated() {
      for index in 0..<rowLength { sums[index] = 0 }
      for (offset, weight) in taps.weights.enumerated() {
        let start = rowLength * (taps.first + offset)
        for index in 0..<rowLength { sums[index] += weight * narrowed[start + index] }
      }
      for index in 0..<rowLength {
        resized[rowLength * y + index] = UInt8(min(max(sums[index], 0), 255).rounded())
      }
    }
    return Image(height: newHeight, width: newWidth, pixels: resized)
  }
}

/// The source pixels of one line that make up one target pixel, and how much each counts.
private struct Taps {
  let first: Int
  let weights: [Float]

  /// Weights of a triangle around the target's centre, at least one source pixel to each side.
  init(target: Int, from sourceCount: Int, to targetCount: Int) {
    let scale = Double(sourceCount) / Double(targetCount)
    let support = max(scale, 1)
    let center = (Double(target) + 0.5) * scale
    let first = max(0, Int((center - support + 0.5).rounded(.down)))
    let end = min(sourceCount, Int((center + support + 0.5).rounded(.down)))
    let raw = (first..<end).map { max(0, 1 - abs(Double($0) + 0.5 - center) / support) }
    let total = raw.reduce(0, +)
    self.first = first
    weights = raw.map { Float($0 / total) }
  }
}
