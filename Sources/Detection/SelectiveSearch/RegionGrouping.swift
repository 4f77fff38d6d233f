/// How the regions of a picture merge, one pair after the other, until one is left.
///
/// Regions 0 ..< `segmentation.count` are those of the segmentation; merge number m makes region
/// `segmentation.count + m`.
public struct RegionGrouping: Sendable {
  /// What it began with.
  public let segmentation: Segmentation
  /// The two regions of each merge, in order.
  public private(set) var merges: [(first: Int, second: Int)] = []
  /// The box of each region in pixels, half-open.
  public private(set) var boxes: [Box] = []

  /// Merges the most similar neighbours until nothing is left to merge; ties go to the older regions.
  ///
  /// Source: Uijlings et al. 2013, algorithm 1.
  init(
    _ segmentation: Segmentation, bins: PixelBins, by similarities: RegionSimilarities
  ) {
    self.segmentation = segmentation
    var features = bins.features(of: segmentation, by: similarities)
    let pictureSize = segmentation.height * segmentation.width
    var neighbors = neighborsOfRegions(segmentation)
    var pairs: [RegionPair] = []
    func pair(_ first: Int, _ second: Int) -> RegionPair {
      RegionPair(
        first: first, second: second,
        similarity: features[first].similarity(
          to: features[second], by: similarities, pictureSize: pictureSize))
    }
    for first in neighbors.indices {
      for second in neighbors[first] where second > first { pairs.append(pair(first, second)) }
    }
    while let best = pairs.max(by: { $0.comesAfter($1) }) {
      let (first, second) = (best.first, best.second)
      let merged = features.count
      features.append(features[first].merged(with: features[second]))
      merges.append((first, second))
      pairs.removeAll { $0.touches(first) || $0.touches(second) }
      let around = neighbors[first].union(neighbors[second]).subtracting([first, second])
      neighbors.append(around)
      for neighbor in around.sorted() {
        neighbors[neighbor].subtract([first, second])
        neighbors[neighbor].insert(merged)
        pairs.append(pair(neighbor, merged))
      }
    }
    boxes = features.map {
      Box(Float($0.box.x0), Float($0.box.y0), Float($0.box.x1), Float($0.box.y1))
    }
  }

  /// The region of each pixel after the first `count` merges, in row-major order.
  public func labels(afterMerges count: Int) -> [Int] {
    require(
      0...merges.count ~= count, "labels: \(count) merges of \(merges.count) are asked for")
    var current = Array(boxes.indices)
    for (number, merge) in merges.prefix(count).enumerated().reversed() {
      let made = segmentation.count + number
      current[merge.first] = current[made]
      current[merge.second] = current[made]
    }
    return segmentation.labels.map { current[Int($0)] }
  }
}

/// Two regions that touch.
private struct RegionPair {
  var first: Int
  var second: Int
  var similarity: Float

  func touches(_ region: Int) -> Bool { first == region || second == region }

  /// Whether the other pair merges earlier.
  func comesAfter(_ other: RegionPair) -> Bool {
    similarity != other.similarity
      ? similarity < other.similarity
      : (first, second) > (other.first, other.second)
  }
}

/// For each region those that share an edge of a pixel with it.
private func neighborsOfRegions(_ segmentation: Segmentation) -> [Set<Int>] {
  var neighbors = [Set<Int>](repeating: [], count: segmentation.count)
  let (height, width) = (segmentation.height, segmentation.width)
  func meet(_ a: Int, _ b: Int) {
    let (a, b) = (Int(segmentation.labels[a]), Int(segmentation.labels[b]))
    guard a != b else { return }
    neighbors[a].insert(b)
    neighbors[b].insert(a)
  }
  for y in 0..<height {
    for x in 0..<width {
      let here = y * width + x
      if x + 1 < width { meet(here, here + 1) }
      if y + 1 < height { meet(here, here + width) }
    }
  }
  return neighbors
}
