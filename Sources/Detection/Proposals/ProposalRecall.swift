/// The share of objects that one of their picture's first proposals overlaps enough; 0 without objects.
///
/// - Parameters:
///   - proposals: the boxes of each picture, the likeliest first.
///   - objects: the objects of each picture, in the unit of the proposals.
///   - count: proposals of a picture that count.
///   - overlap: the least intersection over union.
///   - areas: objects of other areas are left out.
public func proposalRecall(
  _ proposals: [[Box]], objects: [[LabeledBox]], first count: Int, overlap: Float,
  areas: Range<Double> = 0..<(.infinity)
) -> Double {
  require(
    proposals.count == objects.count,
    "proposalRecall: proposals of \(proposals.count) pictures, but objects of \(objects.count)")
  var (objectCount, hits) = (0, 0)
  for (boxes, objects) in zip(proposals, objects) {
    for object in objects where areas.contains(Double(object.box.area)) {
      objectCount += 1
      if boxes.prefix(count).contains(where: { intersectionOverUnion($0, object.box) >= overlap }) {
        hits += 1
      }
    }
  }
  return Double(hits) / Double(max(objectCount, 1))
}

/// What a second stage without error would find: each object that a proposal overlaps by half, once.
///
/// Its average precision is the ceiling that proposals put over any second stage.
///
/// - Parameters:
///   - proposals: the boxes of each picture.
///   - objects: the objects of each picture, in the unit of the proposals.
///   - movesBoxes: gives the object's own box; else the proposal's that fits best.
public func faultlessDetections(
  _ proposals: [[Box]], objects: [[LabeledBox]], movesBoxes: Bool
) -> [[ScoredBox]] {
  zip(proposals, objects).map { boxes, objects in
    objects.compactMap { object in
      let best = boxes.max {
        intersectionOverUnion($0, object.box) < intersectionOverUnion($1, object.box)
      }
      guard let best, intersectionOverUnion(best, object.box) >= 0.5 else { return nil }
      return ScoredBox(
        box: movesBoxes ? object.box : best, classIndex: object.classIndex, score: 1)
    }
  }
}
