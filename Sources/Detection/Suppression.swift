/// Non-maximum suppression: the indices of the boxes to keep, the best first.
///
/// Goes through the boxes from the highest score down, the lower index first among equals, and keeps a
/// box if its intersection over union with every kept box is at most `overlapThreshold`. An overlap of
/// NaN (a NaN coordinate, or two boxes without area) suppresses nothing; a NaN score ranks last.
///
/// - Parameters:
///   - boxes: The boxes, all of one picture.
///   - scores: One score for each box.
///   - classes: One class index for each box, counted from 0: boxes then compete only within their
///     class. nil: all boxes compete.
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
    classes?.allSatisfy { $0 >= 0 } ?? true, "suppressed: classes are counted from 0, none below")
  require(
    overlapThreshold >= 0,
    "suppressed: overlapThreshold is \(overlapThreshold); an overlap is never below 0")

  var keptOfClass = [KeptBoxes](
    repeating: KeptBoxes(), count: classes.map { ($0.max() ?? 0) + 1 } ?? 1)
  var kept: [Int] = []
  for index in rankedByScore(scores) {
    let group = classes?[index] ?? 0
    if !keptOfClass[group].overlap(boxes[index], above: overlapThreshold) {
      keptOfClass[group].append(boxes[index])
      kept.append(index)
    }
  }
  return kept
}

/// Kept boxes in blocks of 16 columns, compared with a candidate one block at a time.
private struct KeptBoxes {
  private typealias Lanes = SIMD16<Float>

  /// Unused lanes hold NaN, which overlaps nothing.
  private struct Block {
    var x0 = Lanes(repeating: .nan)
    var y0 = Lanes(repeating: .nan)
    var x1 = Lanes(repeating: .nan)
    var y1 = Lanes(repeating: .nan)
    var area = Lanes(repeating: .nan)
  }

  private var blocks: [Block] = []
  private var count = 0

  mutating func append(_ box: Box) {
    let lane = count % Lanes.scalarCount
    if lane == 0 { blocks.append(Block()) }
    let last = blocks.count - 1
    blocks[last].x0[lane] = box.x0
    blocks[last].y0[lane] = box.y0
    blocks[last].x1[lane] = box.x1
    blocks[last].y1[lane] = box.y1
    blocks[last].area[lane] = box.area
    count += 1
  }

  func overlap(_ box: Box, above threshold: Float) -> Bool {
    let x0 = Lanes(repeating: box.x0)
    let y0 = Lanes(repeating: box.y0)
    let x1 = Lanes(repeating: box.x1)
    let y1 = Lanes(repeating: box.y1)
    for block in blocks {
      let width = Self.sharedLength(x0, x1, block.x0, block.x1)
      let height = Self.sharedLength(y0, y1, block.y0, block.y1)
      let shared = width * height
      // Most boxes are apart: leave before the division.
      guard any(shared .> 0) else { continue }
      let union = block.area + Lanes(repeating: box.area) - shared
      if any(shared / union .> Lanes(repeating: threshold)) { return true }
    }
    return false
  }

  @inline(__always)
  private static func sharedLength(_ a0: Lanes, _ a1: Lanes, _ b0: Lanes, _ b1: Lanes) -> Lanes {
    let start = a0.replacing(with: b0, where: b0 .> a0)
    let end = a1.replacing(with: b1, where: b1 .< a1)
    return (end - start).replacing(with: 0, where: end .< start)
  }
}
