public import Detection
import Layers
public import Tensors

/// What a region proposal network is trained to reduce: whether there is an object, and where.
///
/// Cross-entropy over the sampled anchors, and smooth L1 with β = 1/9 over the offsets of those with an
/// object, both divided by the size of the sample. Without positives the second is 0.
///
/// ## Shapes
/// - `logits`: `[N, A]`; `offsets`: `[N, A, 4]`; results: scalars
///
/// Source: Ren et al., "Faster R-CNN", NIPS 2015, eq. 1, with both terms divided as in torchvision.
///
/// - Parameter targets: one for each picture.
public func proposalLosses(
  _ logits: Tensor, _ offsets: Tensor, _ targets: [AnchorTargets]
) -> (objectness: Tensor, boxes: Tensor) {
  require(
    logits.shape.first == targets.count && offsets.shape == logits.shape + [4],
    "proposalLosses: logits \(logits.shape) and offsets \(offsets.shape) for \(targets.count) "
      + "pictures; expected [N, A] and [N, A, 4]")
  var (positives, negatives): ([Int32], [Int32]) = ([], [])
  for (picture, target) in targets.enumerated() {
    let first = picture * logits.shape[1]
    positives += target.sample.positives.map { Int32(first + $0) }
    negatives += target.sample.negatives.map { Int32(first + $0) }
  }
  let sampled = logits.reshaped([-1]).selected(positives + negatives, along: 0)
  let isObject = positives.map { _ in Float(1) } + negatives.map { _ in 0 }
  guard !isObject.isEmpty else { return (Tensor(0), Tensor(0)) }
  let objectness = binaryCrossEntropy(sampled, Tensor(isObject, shape: [isObject.count])).mean()
  guard !positives.isEmpty else { return (objectness, Tensor(0)) }
  let errors = smoothL1Loss(
    offsets.reshaped([-1, 4]).selected(positives, along: 0), Tensor(targets.flatMap(\.offsets)),
    beta: 1 / 9)
  return (objectness, errors.sum() / Float(isObject.count))
}

/// What a second stage is trained to reduce: what its regions show, and where the objects are.
///
/// Cross-entropy over all regions, and smooth L1 over the offsets of each region's own class, divided by
/// the number of all regions. Without regions that hold an object the second is 0.
///
/// ## Shapes
/// - `logits`: `[K, C + 1]`, background first; `offsets`: `[K, C, 4]`; results: scalars
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015, eq. 1–3.
///
/// - Parameter targets: one for each picture, with K regions in all.
public func regionLosses(
  _ logits: Tensor, _ offsets: Tensor, _ targets: [RegionTargets]
) -> (classes: Tensor, boxes: Tensor) {
  let classes = targets.flatMap(\.classes)
  require(
    logits.rank == 2 && offsets.shape == [classes.count, logits.shape[1] - 1, 4],
    "regionLosses: logits \(logits.shape) and offsets \(offsets.shape) for \(classes.count) regions; "
      + "expected [K, C + 1] and [K, C, 4]")
  let classLoss = meanCrossEntropy(logits, classes)
  // A region with an object is moved by the offsets of its own class only.
  let rows = classes.enumerated().compactMap { region, outcome in
    outcome > 0 ? Int32(region * offsets.shape[1]) + outcome - 1 : nil
  }
  guard !rows.isEmpty else { return (classLoss, Tensor(0)) }
  let errors = smoothL1Loss(
    offsets.reshaped([-1, 4]).selected(rows, along: 0), Tensor(targets.flatMap(\.offsets)))
  return (classLoss, errors.sum() / Float(classes.count))
}
