/// Precision and recall of one class as the score threshold falls from detection to detection.
public struct PrecisionRecallCurve: Hashable, Sendable {
  /// The scores of the detections, falling.
  public let scores: [Float]
  /// The share of ground truths found with detections down to each score.
  public let recall: [Double]
  /// The share of right ones among the detections down to each score.
  public let precision: [Double]

  /// Makes the curve of detections in order of falling score, right or wrong.
  ///
  /// - Parameters:
  ///   - scores: The score of each detection.
  ///   - isTruePositive: Whether each detection found a ground truth.
  ///   - groundTruthCount: Ground truths there are to find; above 0.
  public init(scores: [Float], isTruePositive: [Bool], groundTruthCount: Int) {
    require(
      scores.count == isTruePositive.count,
      "PrecisionRecallCurve: \(scores.count) scores but \(isTruePositive.count) verdicts")
    require(groundTruthCount > 0, "PrecisionRecallCurve: without ground truths there is no recall")
    self.scores = scores
    var found = 0
    let foundSoFar = isTruePositive.map { isRight in
      found += isRight ? 1 : 0
      return Double(found)
    }
    recall = foundSoFar.map { $0 / Double(groundTruthCount) }
    precision = foundSoFar.enumerated().map { $1 / Double($0 + 1) }
  }

  /// The best precision at each recall or beyond it: the curve without its teeth.
  public var envelope: [Double] {
    var best = 0.0
    var envelope = precision
    for index in envelope.indices.reversed() {
      best = max(best, envelope[index])
      envelope[index] = best
    }
    return envelope
  }

  /// The score down to which detections are best taken, if what is found and what is right weigh the
  /// same: the highest harmonic mean of precision and recall (F₁), at the highest of equals; nil where
  /// nothing is right.
  public var bestBalance: (score: Float, precision: Double, recall: Double)? {
    var best: (index: Int, mean: Double)?
    for (index, score) in scores.enumerated() {
      // Detections of one score are taken together.
      guard index + 1 == scores.count || scores[index + 1] < score else { continue }
      let (p, r) = (precision[index], recall[index])
      let mean = p + r > 0 ? 2 * p * r / (p + r) : 0
      if mean > best?.mean ?? 0 { best = (index, mean) }
    }
    return best.map { (scores[$0.index], precision[$0.index], recall[$0.index]) }
  }

  /// The share of ground truths found by all detections together.
  public var finalRecall: Double { recall.last ?? 0 }

  /// The average precision the convention reads off the curve, 0 to 1.
  public func averagePrecision(_ convention: AveragePrecisionConvention) -> Double {
    let envelope = envelope
    guard let sampledRecalls = convention.sampledRecalls else {
      let steps = zip(recall, [0] + recall.dropLast()).map(-)
      return zip(steps, envelope).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var index = 0
    var sum = 0.0
    for wanted in sampledRecalls {
      while index < recall.count && recall[index] < wanted { index += 1 }
      guard index < recall.count else { break }
      sum += envelope[index]
    }
    return sum / Double(sampledRecalls.count)
  }
}
