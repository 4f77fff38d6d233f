/// Non-maximum suppression: the indices of the boxes to keep, the best first.
///
/// Goes through the boxes from the highest score down, the lower index first among equals, and keeps a
/// box if its intersection over union with every kept box is at most `overlapThreshold`. An overlap of
/// NaN (a NaN coordinate, or two boxes without area) suppresses nothing; a NaN score ranks last.
///
/// - Parameters:
///   - boxes: The boxes, all of one picture.
///   - scores: One score for each box.
///   - classes: One class index for each box: boxes then compete only within their class. nil: all
///     boxes compete.
///   - overlapThreshold: The largest overlap two kept boxes may have, 0 or more.
public func suppressed(
  _ boxes: [Box], scores: [Float], classes: [Int]? = nil, overlapThreshold: Float
) -> [Int] {
  require(
    scores.count == boxes.count,
    "suppressed: \(boxes.count) boxes but \(scores.count) scores; give one score for each box")
  require(
    classes == nil || classes?.count == boxes.count,
    "suppressed: \(boxes.count) boxes but \(classes?.count ?? 0) classes; give one for each box")
  require(
    overlapThreshold >= 0,
    "suppressed: overlapThreshold is \(overlapThreshold); an overlap is never below 0")

  let ranking = rankedByScore(scores)
  var kept = KeptBoxes(capacity: boxes.count, threshold: overlapThreshold)
  guard let classes else {
    return ranking.filter { kept.admits(boxes[$0]) }
  }
  // One class after the other through the same buffer, then back into one ranking.
  var isKept = [Bool](repeating: false, count: boxes.count)
  let ranks = ranking.indices.sorted {
    (classes[ranking[$0]], $0) < (classes[ranking[$1]], $1)
  }
  var current: Int?
  for rank in ranks {
    let index = ranking[rank]
    if classes[index] != current {
      kept.removeAll()
      current = classes[index]
    }
    isKept[index] = kept.admits(boxes[index])
  }
  return ranking.filter { isKept[$0] }
}
