/// The shapes that stand for many best: k-means with one minus the overlap of shapes as the distance.
///
/// Small ones first. Each mean is that of widths and of heights. Begins at evenly spaced ranks by area, so that
/// the same shapes give the same clusters; a cluster that loses all its shapes stays where it was.
///
/// Source: Redmon and Farhadi, "YOLO9000: Better, faster, stronger", CVPR 2017, section 2, "dimension
/// clusters".
///
/// - Parameters:
///   - shapes: The shapes of objects, at least `count`, all with area.
///   - count: How many to find.
public func shapeClusters(_ shapes: [BoxShape], count: Int) -> [BoxShape] {
  require(
    count > 0 && shapes.count >= count && shapes.allSatisfy { $0.width > 0 && $0.height > 0 },
    "shapeClusters: \(count) clusters of \(shapes.count) shapes; give as many, all with area")
  let ranked = shapes.sorted { $0.area < $1.area }
  var means = (0..<count).map { ranked[(2 * $0 + 1) * ranked.count / (2 * count)] }
  var clusters: [Int] = []
  for _ in 0..<roundLimit {
    let next = ranked.map { shape in nearest(to: shape, in: means) }
    if next == clusters { break }
    clusters = next
    for cluster in means.indices {
      let own = zip(ranked, clusters).filter { $0.1 == cluster }.map(\.0)
      guard !own.isEmpty else { continue }
      means[cluster] = BoxShape(
        width: own.reduce(0) { $0 + $1.width } / Float(own.count),
        height: own.reduce(0) { $0 + $1.height } / Float(own.count))
    }
  }
  return means.sorted { $0.area < $1.area }
}

/// Means of widths and heights need not come nearer by this distance, so rounds could go on for ever.
private let roundLimit = 100

/// The mean that overlaps a shape most, the first of equals.
private func nearest(to shape: BoxShape, in means: [BoxShape]) -> Int {
  var (best, most) = (0, -Float.infinity)
  for (index, mean) in means.enumerated() {
    let overlap = mean.overlap(shape)
    if overlap > most { (best, most) = (index, overlap) }
  }
  return best
}
