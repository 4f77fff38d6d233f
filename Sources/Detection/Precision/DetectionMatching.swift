/// What a detection turned out to be.
enum Verdict {
  /// It found an object.
  case right
  /// It found none.
  case wrong
  /// It does not count: it lies on an object that does not, or on nothing and outside of the areas asked
  /// for.
  case ignored
}

extension ClassTable {
  /// The precision-recall curve at one overlap threshold, of objects whose area lies in a range.
  ///
  /// - Parameter limit: Detections of each picture that count, the best.
  func curve(
    threshold: Double, convention: AveragePrecisionConvention, areas: ClosedRange<Double>,
    limit: Int
  ) -> PrecisionRecallCurve {
    var scores: [Float] = []
    var isRight: [Bool] = []
    for picture in pictures {
      let verdicts =
        switch convention {
        case .vocArea, .voc07:
          picture.verdictsByVOC(threshold: threshold, areas: areas, limit: limit)
        case .coco101: picture.verdictsByCOCO(threshold: threshold, areas: areas, limit: limit)
        }
      for (score, verdict) in zip(picture.scores, verdicts) where verdict != .ignored {
        scores.append(score)
        isRight.append(verdict == .right)
      }
    }
    let ranking = rankedByScore(scores)
    return PrecisionRecallCurve(
      scores: ranking.map { scores[$0] }, isTruePositive: ranking.map { isRight[$0] },
      groundTruthCount: groundTruthCount(in: areas))
  }
}

extension ClassTable.Picture {
  /// Right is a detection whose best ground truth is overlapped enough, and still free.
  fileprivate func verdictsByVOC(
    threshold: Double, areas: ClosedRange<Double>, limit: Int
  ) -> [Verdict] {
    var isFound = [Bool](repeating: false, count: truths.count)
    return scores.indices.prefix(limit).map { detection in
      var best: Int?
      for truth in truths.indices
      where overlap(detection, truth) > (best.map { overlap(detection, $0) } ?? threshold) {
        best = truth
      }
      guard let best else { return verdictOfUnmatched(detection, areas: areas) }
      guard truths[best].counts(in: areas) else { return .ignored }
      defer { isFound[best] = true }
      return isFound[best] ? .wrong : .right
    }
  }

  /// Right is a detection that overlaps some free ground truth enough; it takes the one it overlaps most,
  /// the last of equals, and one that does not count only if none is left that does.
  fileprivate func verdictsByCOCO(
    threshold: Double, areas: ClosedRange<Double>, limit: Int
  ) -> [Verdict] {
    let counts = truths.map { $0.counts(in: areas) }
    let order = truths.indices.filter { counts[$0] } + truths.indices.filter { !counts[$0] }
    // Even a threshold of 1 must let an overlap through that rounding has left just below.
    let threshold = min(threshold, 1 - 1e-10)
    var isFound = [Bool](repeating: false, count: truths.count)
    return scores.indices.prefix(limit).map { detection in
      var best: Int?
      for truth in order where !isFound[truth] || truths[truth].isCrowd {
        if let best, counts[best], !counts[truth] { break }
        if overlap(detection, truth) >= (best.map { overlap(detection, $0) } ?? threshold) {
          best = truth
        }
      }
      guard let best else { return verdictOfUnmatched(detection, areas: areas) }
      isFound[best] = true
      return counts[best] ? .right : .ignored
    }
  }

  private func verdictOfUnmatched(_ detection: Int, areas: ClosedRange<Double>) -> Verdict {
    isOutside(detectionAreas[detection], of: areas) ? .ignored : .wrong
  }
}
