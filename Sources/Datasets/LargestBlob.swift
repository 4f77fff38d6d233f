public import Detection
public import Images

/// Finds what a detector without any learning finds: the largest patch of banana yellow.
///
/// A guard for data sets: where this does well, colour alone gives the bananas away, and a network
/// need not learn their shape.
///
/// - Returns: one box, in **pixels**, with the patch's share of the picture as its score; none
///   where nothing is yellow.
public func largestYellowBlob(in image: Image) -> [ScoredBox] {
  let (height, width) = (image.height, image.width)
  var isYellow = (0..<height * width).map { i in
    isBananaYellow(image.pixels[3 * i], image.pixels[3 * i + 1], image.pixels[3 * i + 2])
  }
  var best = (area: 0, box: Box(0, 0, 0, 0))
  var pending: [Int] = []
  for start in isYellow.indices where isYellow[start] {
    // One patch: everything reached over shared edges. Visited pixels are crossed out.
    var (area, x0, y0, x1, y1) = (0, width, height, 0, 0)
    isYellow[start] = false
    pending.append(start)
    while let i = pending.popLast() {
      let (y, x) = (i / width, i % width)
      area += 1
      (x0, y0, x1, y1) = (min(x0, x), min(y0, y), max(x1, x + 1), max(y1, y + 1))
      func visit(_ j: Int) {
        guard isYellow[j] else { return }
        isYellow[j] = false
        pending.append(j)
      }
      if x > 0 { visit(i - 1) }
      if x < width - 1 { visit(i + 1) }
      if y > 0 { visit(i - width) }
      if y < height - 1 { visit(i + width) }
    }
    if area > best.area {
      best = (area, Box(x0: Float(x0), y0: Float(y0), x1: Float(x1), y1: Float(y1)))
    }
  }
  guard best.area > 0 else { return [] }
  return [
    ScoredBox(box: best.box, classIndex: 0, score: Float(best.area) / Float(height * width))
  ]
}

/// Whether a colour is one that a ripe banana's peel shows: bright, saturated, hue 36° to 66°.
private func isBananaYellow(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Bool {
  let (r, g, b) = (Float(red), Float(green), Float(blue))
  let (high, low) = (max(r, g, b), min(r, g, b))
  guard high > 100, high - low > 0.4 * high, b == low else { return false }
  // With blue lowest, hue runs from 0° (red highest, green lowest) over 60° to 120°.
  let hue = r >= g ? 60 * (g - b) / (high - low) : 120 - 60 * (r - b) / (high - low)
  return hue >= 36 && hue <= 66
}
