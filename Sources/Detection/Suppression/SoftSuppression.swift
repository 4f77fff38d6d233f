import Foundation

/// How much a box's score falls when a better box overlaps it (Bodla and others 2017, section 3).
public enum ScoreDecay: Hashable, Sendable, Codable {
  /// From `overlap` on, the score is multiplied by one minus the intersection over union.
  case linear(from: Float)
  /// The score is multiplied by exp(−IoU²/σ): no threshold, no jump.
  case gaussian(sigma: Float)

  /// What the score of a box is multiplied by at the given intersection over union.
  ///
  /// 1 for an overlap of NaN, that of two boxes without area.
  public func factor(atOverlap overlap: Float) -> Float {
    if overlap.isNaN { return 1 }
    switch self {
    case .linear(let threshold): return overlap >= threshold ? 1 - overlap : 1
    case .gaussian(let sigma): return exp(-overlap * overlap / sigma)
    }
  }
}

/// A box that soft suppression let through.
public struct SoftlyKept: Hashable, Sendable {
  /// Its index among the boxes given.
  public let index: Int
  /// The score that is left to it.
  public let score: Float
}

/// Soft non-maximum suppression: instead of dropping a box that overlaps a better one, lowers its score.
///
/// Takes the box of highest score (the lowest index among equals), multiplies the scores of all others
/// by ``ScoreDecay/factor(atOverlap:)``, and goes on with the rest. Boxes whose score falls below
/// `scoreThreshold` are dropped, as are those whose score is NaN.
///
/// - Parameters:
///   - boxes: The boxes, all of one picture.
///   - scores: One score for each box, 0 or more.
///   - classes: One class index for each box: boxes then compete only within their class. nil: all
///     boxes compete.
///   - decay: How scores fall.
///   - scoreThreshold: The lowest score that is kept.
/// - Returns: The kept boxes with their lowered scores, the highest first.
public func softlySuppressed(
  _ boxes: [Box], scores: [Float], classes: [Int]? = nil, decay: ScoreDecay,
  scoreThreshold: Float = 0.001
) -> [SoftlyKept] {
  require(
    scores.count == boxes.count,
    "softlySuppressed: \(boxes.count) boxes but \(scores.count) scores; give one for each box")
  require(
    classes == nil || classes?.count == boxes.count,
    "softlySuppressed: \(boxes.count) boxes but \(classes?.count ?? 0) classes; give one for each")
  if case .gaussian(let sigma) = decay {
    require(sigma > 0, "softlySuppressed: sigma is \(sigma); it must be above 0")
  }
  var waiting = boxes.indices.filter { scores[$0] >= scoreThreshold }
    .map { SoftlyKept(index: $0, score: scores[$0]) }
  var kept: [SoftlyKept] = []
  while let best = waiting.indices.max(by: { waiting[$0].score < waiting[$1].score }) {
    let taken = waiting.remove(at: best)
    kept.append(taken)
    // The rest closes ranks in place.
    var count = 0
    for position in waiting.indices {
      let other = waiting[position]
      var score = other.score
      if classes == nil || classes?[other.index] == classes?[taken.index] {
        let overlap = intersectionOverUnion(boxes[taken.index], boxes[other.index])
        score *= decay.factor(atOverlap: overlap)
      }
      if score >= scoreThreshold {
        waiting[count] = SoftlyKept(index: other.index, score: score)
        count += 1
      }
    }
    waiting.removeLast(waiting.count - count)
  }
  return kept
}
