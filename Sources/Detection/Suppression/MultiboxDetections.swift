/// How predictions become detections.
public struct DetectionOptions: Hashable, Sendable {
  /// The largest intersection over union that two kept boxes may have.
  public var suppressionOverlap: Float
  /// Candidates with a lower score are dropped before suppression.
  public var scoreThreshold: Float
  /// Whether boxes compete only within their class.
  ///
  /// If true, an anchor is a candidate for every class that reaches the threshold, as in the SSD paper.
  /// If false, it stands for its best class alone, and boxes of all classes compete.
  public var perClass: Bool
  /// How many of the best candidates enter suppression; nil for all.
  public var candidateLimit: Int?
  /// How the offsets are written.
  public var coder: OffsetCoder

  /// Makes options; the defaults of suppression and threshold are those of *Dive into Deep Learning*.
  public init(
    suppressionOverlap: Float = 0.5, scoreThreshold: Float = 0.01, perClass: Bool = true,
    candidateLimit: Int? = nil, coder: OffsetCoder = .multibox
  ) {
    self.suppressionOverlap = suppressionOverlap
    self.scoreThreshold = scoreThreshold
    self.perClass = perClass
    self.candidateLimit = candidateLimit
    self.coder = coder
  }
}

/// Turns the predictions for one picture into detections, the surest first.
///
/// Decodes the anchors whose score reaches the threshold and suppresses overlapping ones. Boxes are not
/// clipped to the picture. Unlike `multibox_detection` of *Dive into Deep Learning* 14.4:
/// - the class axis comes last, as softmax over the last axis of a predictor leaves it;
/// - low scores and suppressed boxes are left out, rather than returned as rows of class −1 (there a low
///   score also turns into one minus itself);
/// - low scores are dropped before suppression, not after it: the result is the same, at a fraction of
///   the work;
/// - boxes compete within their class, unless `perClass` is false.
///
/// - Parameters:
///   - probabilities: `[A, C + 1]` in row-major order; column 0 is background, column c + 1 class c.
///   - offsets: `[A, 4]` in row-major order.
///   - anchors: The A anchors.
///   - options: Thresholds, competition and coder.
public func multiboxDetections(
  probabilities: [Float], offsets: [Float], anchors: [Box],
  options: DetectionOptions = DetectionOptions()
) -> [ScoredBox] {
  guard !anchors.isEmpty else {
    require(
      probabilities.isEmpty && offsets.isEmpty,
      "multiboxDetections: there are predictions but no anchors")
    return []
  }
  require(
    probabilities.count.isMultiple(of: anchors.count) && probabilities.count >= 2 * anchors.count,
    "multiboxDetections: \(probabilities.count) probabilities for \(anchors.count) anchors;"
      + " expected anchors × (1 + classes)")
  require(
    offsets.count == 4 * anchors.count,
    "multiboxDetections: \(offsets.count) offsets for \(anchors.count) anchors; expected 4 for each"
  )
  require(
    options.candidateLimit ?? 0 >= 0, "multiboxDetections: candidateLimit must not be negative")

  var candidates = candidates(in: probabilities, anchorCount: anchors.count, options: options)
  if let limit = options.candidateLimit, limit < candidates.count {
    candidates = rankedByScore(candidates.map(\.score)).prefix(limit).map { candidates[$0] }
  }
  let boxes = candidates.map { candidate in
    let first = 4 * candidate.anchor
    let offset = BoxOffset(
      x: offsets[first], y: offsets[first + 1],
      width: offsets[first + 2], height: offsets[first + 3])
    return options.coder.box(offset, from: anchors[candidate.anchor])
  }
  let kept = suppressed(
    boxes, scores: candidates.map(\.score),
    classes: options.perClass ? candidates.map(\.classIndex) : nil,
    overlapThreshold: options.suppressionOverlap)
  return kept.map {
    ScoredBox(box: boxes[$0], classIndex: candidates[$0].classIndex, score: candidates[$0].score)
  }
}

private struct Candidate {
  var anchor: Int
  var classIndex: Int
  var score: Float
}

/// The pairs of anchor and class that reach the score threshold, in the order of the anchors.
private func candidates(
  in probabilities: [Float], anchorCount: Int, options: DetectionOptions
) -> [Candidate] {
  let columns = probabilities.count / anchorCount
  var candidates: [Candidate] = []
  for anchor in 0..<anchorCount {
    var best: Candidate?
    for column in 1..<columns {
      let score = probabilities[anchor * columns + column]
      guard score >= options.scoreThreshold else { continue }
      let candidate = Candidate(anchor: anchor, classIndex: column - 1, score: score)
      if options.perClass {
        candidates.append(candidate)
      } else if best.map({ score > $0.score }) ?? true {
        best = candidate
      }
    }
    if let best { candidates.append(best) }
  }
  return candidates
}
