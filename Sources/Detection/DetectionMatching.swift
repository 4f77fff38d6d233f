/// One picture's boxes by class, detections in order of falling score.
struct PictureByClass {
  let detections: [Int: [ScoredBox]]
  let groundTruths: [Int: [Box]]

  /// Groups the boxes, and drops padding rows and all but the best `limit` detections of each class.
  init(detections: [ScoredBox], groundTruths: [LabeledBox], limit: Int) {
    let ranked = rankedByScore(detections.map(\.score)).map { detections[$0] }
    self.detections = Dictionary(grouping: ranked, by: \.classIndex)
      .mapValues { Array($0.prefix(limit)) }
    self.groundTruths = Dictionary(
      grouping: groundTruths.filter { $0.classIndex >= 0 }, by: \.classIndex
    ).mapValues { $0.map(\.box) }
  }
}

/// The precision-recall curves of one class, one for each overlap threshold.
func curves(
  of classIndex: Int, in pictures: [PictureByClass], overlapThresholds: [Double],
  convention: AveragePrecisionConvention
) -> [PrecisionRecallCurve] {
  let detections = pictures.map { $0.detections[classIndex] ?? [] }
  let groundTruths = pictures.map { $0.groundTruths[classIndex] ?? [] }
  let groundTruthCount = groundTruths.reduce(0) { $0 + $1.count }
  // [picture][detection][ground truth], computed once for all thresholds.
  let overlaps = zip(detections, groundTruths).map { detections, groundTruths in
    detections.map { detection in
      groundTruths.map { intersectionOverUnion(detection.box, $0, in: Double.self) }
    }
  }
  let scores = detections.joined().map(\.score)
  let ranking = rankedByScore(scores)
  return overlapThresholds.map { threshold in
    let verdicts = overlaps.flatMap {
      switch convention {
      case .vocArea, .voc07: matchedAsVOC(overlaps: $0, threshold: threshold)
      case .coco101: matchedAsCOCO(overlaps: $0, threshold: threshold)
      }
    }
    return PrecisionRecallCurve(
      scores: ranking.map { scores[$0] }, isTruePositive: ranking.map { verdicts[$0] },
      groundTruthCount: groundTruthCount)
  }
}

/// Whether each detection is right: its best ground truth is overlapped enough, and still free.
private func matchedAsVOC(overlaps: [[Double]], threshold: Double) -> [Bool] {
  var isFound = [Bool](repeating: false, count: overlaps.first?.count ?? 0)
  return overlaps.map { row in
    var best: Int?
    for index in row.indices where row[index] > (best.map { row[$0] } ?? threshold) {
      best = index
    }
    guard let best, !isFound[best] else { return false }
    isFound[best] = true
    return true
  }
}

/// Whether each detection is right: some free ground truth is overlapped enough; it takes the best.
private func matchedAsCOCO(overlaps: [[Double]], threshold: Double) -> [Bool] {
  var isFound = [Bool](repeating: false, count: overlaps.first?.count ?? 0)
  // Even a threshold of 1 must let an overlap through that rounding has left just below.
  let threshold = min(threshold, 1 - 1e-10)
  return overlaps.map { row in
    var best: Int?
    for index in row.indices where !isFound[index] {
      if row[index] >= (best.map { row[$0] } ?? threshold) { best = index }
    }
    guard let best else { return false }
    isFound[best] = true
    return true
  }
}
