/// How what a second stage says about regions becomes detections; the defaults are torchvision's.
public struct RegionDetectionOptions: Hashable, Sendable {
  /// Detections must have a higher score.
  public var scoreAbove: Float
  /// The largest intersection over union that two detections of a class may have.
  public var suppressionOverlap: Float
  /// How many detections of a picture are kept, the surest first.
  public var detectionLimit: Int
  /// Detections with a shorter side are dropped; in the unit of the regions.
  public var shortestSide: Float
  /// How the offsets are written.
  public var coder: OffsetCoder

  /// Makes options.
  public init(
    scoreAbove: Float = 0.05, suppressionOverlap: Float = 0.5, detectionLimit: Int = 100,
    shortestSide: Float = 0.01, coder: OffsetCoder = .regionHead
  ) {
    require(
      detectionLimit >= 0,
      "RegionDetectionOptions: detectionLimit is \(detectionLimit); it cannot be negative")
    self.scoreAbove = scoreAbove
    self.suppressionOverlap = suppressionOverlap
    self.detectionLimit = detectionLimit
    self.shortestSide = shortestSide
    self.coder = coder
  }
}

/// Turns what a second stage says about the regions of one picture into detections, the surest first.
///
/// Each region is a candidate for every class that passes the threshold, with the box that this class
/// refines it to.
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, section 2.4; steps and their order as in torchvision.
///
/// - Parameters:
///   - regions: The K regions, in pixels.
///   - probabilities: `[K, C + 1]` in row-major order; column 0 is background, column c + 1 class c.
///   - offsets: `[K, C, 4]` in row-major order.
///   - height: The picture's height, in pixels.
///   - width: Its width.
///   - options: Thresholds, limits and coder.
public func regionDetections(
  regions: [Box], probabilities: some RandomAccessCollection<Float>,
  offsets: some RandomAccessCollection<Float>, height: Float, width: Float,
  options: RegionDetectionOptions = RegionDetectionOptions()
) -> [ScoredBox] {
  let (probabilities, offsets) = (Array(probabilities), Array(offsets))
  let columns = regions.isEmpty ? 1 : probabilities.count / regions.count
  require(
    probabilities.count == regions.count * columns && columns >= 1
      && offsets.count == 4 * regions.count * (columns - 1),
    "regionDetections: \(probabilities.count) probabilities and \(offsets.count) offsets for "
      + "\(regions.count) regions; expected 1 + C and 4 · C for each")
  var candidates: [ScoredBox] = []
  for (index, region) in regions.enumerated() {
    for column in 1..<columns where probabilities[index * columns + column] > options.scoreAbove {
      let offset = BoxOffset(offsets, row: index * (columns - 1) + column - 1)
      let box = options.coder.box(offset, from: region).clipped(width: width, height: height)
      guard box.bothSidesAtLeast(options.shortestSide) else { continue }
      candidates.append(
        ScoredBox(
          box: box, classIndex: column - 1, score: probabilities[index * columns + column]))
    }
  }
  return suppressed(
    candidates.map(\.box), scores: candidates.map(\.score), classes: candidates.map(\.classIndex),
    overlapThreshold: options.suppressionOverlap
  ).prefix(options.detectionLimit).map { candidates[$0] }
}
