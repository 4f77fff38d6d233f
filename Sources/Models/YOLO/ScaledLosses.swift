public import Detection
import Layers
public import Tensors

/// The four parts of the loss of anchors on several grids, summed over a batch.
///
/// Source: Redmon and Farhadi, "YOLOv3: An incremental improvement", 2018, section 2; which errors are
/// squared and which are entropies, and the weight of small boxes, as in the paper's program.
public struct ScaledLosses {
  /// Places of centres in their cells: binary cross-entropy.
  public let centers: Tensor
  /// Logarithms of sides: squared errors.
  public let sides: Tensor
  /// Whether there is an object, for every slot that is not ignored: binary cross-entropy.
  public let objectness: Tensor
  /// Each class by itself, yes or no: binary cross-entropy.
  public let classes: Tensor
  /// Slots with an object; at least 1, so that one can divide by it.
  public let positiveCount: Int

  /// The loss itself, for each slot with an object.
  public var mean: Tensor { (centers + sides + objectness + classes) / Float(positiveCount) }

  /// Computes the parts.
  ///
  /// A slot without an object whose box overlaps some object by more than `ignoredAbove` is left out of
  /// `objectness`: it would be unfair to call it empty. The errors of a box of area a, as a share of the
  /// picture, are weighted by 2 − a. Boxes that decide who is ignored are constants.
  ///
  /// - Parameters:
  ///   - predictions: `[N, slots, 5 + classes]`, of each slot four numbers of the box, objectness, classes.
  ///   - labels: The objects of each of the N pictures, in fractions of its sides; there may be none.
  ///   - anchors: The slots.
  ///   - sharedFrom: See ``ScaledAssignment``.
  ///   - ignoredAbove: From which overlap on a box without an object is left alone.
  public init(
    _ predictions: Tensor, _ labels: [[LabeledBox]], anchors: ScaledAnchors,
    sharedFrom: Float = .infinity, ignoredAbove: Float = 0.5
  ) {
    let columns = predictions.shape.last ?? 0
    require(
      predictions.shape == [labels.count, anchors.count, columns] && columns > 5,
      "ScaledLosses: predictions \(predictions.shape), expected "
        + "[\(labels.count), \(anchors.count), 5 + classes]")
    let goals = ScaledGoals(
      predictions.detached.scalars, columns: columns, labels, anchors, sharedFrom: sharedFrom,
      ignoredAbove: ignoredAbove)
    let count = goals.positives.count
    positiveCount = max(count, 1)

    let rows = predictions.reshaped([-1, columns])
    objectness = binaryCrossEntropy(
      rows.slice(4..<5, along: 1), Tensor(goals.hasObject, shape: [goals.hasObject.count, 1]),
      weights: Tensor(goals.counts, shape: [goals.counts.count, 1])
    ).sum()
    let own = rows.selected(goals.positives, along: 0)
    let wanted = Tensor(goals.boxes, shape: [count, 4])
    let weights = Tensor(goals.weights, shape: [count, 1])
    centers = binaryCrossEntropy(
      own.slice(0..<2, along: 1), wanted.slice(0..<2, along: 1), weights: weights
    ).sum()
    sides = (l2Loss(own.slice(2..<4, along: 1), wanted.slice(2..<4, along: 1)) * weights).sum()
    classes = binaryCrossEntropy(
      own.slice(5..<columns, along: 1), Tensor(goals.classes, shape: [count, columns - 5])
    ).sum()
  }
}

/// What the slots of a batch should say; slots are numbered through the batch.
private struct ScaledGoals {
  /// Slots with an object.
  var positives: [Int32] = []
  /// Four numbers for each of them.
  var boxes: [Float] = []
  /// How much the box of each of them counts.
  var weights: [Float] = []
  /// For each of them a one for its class and zeros.
  var classes: [Float] = []
  /// For every slot 1 if it has an object, else 0.
  var hasObject: [Float]
  /// For every slot 0 if it is ignored, else 1.
  var counts: [Float]

  init(
    _ numbers: [Float], columns: Int, _ labels: [[LabeledBox]], _ anchors: ScaledAnchors,
    sharedFrom: Float, ignoredAbove: Float
  ) {
    let slots = anchors.slots
    hasObject = Array(repeating: 0, count: labels.count * slots.count)
    counts = Array(repeating: 1, count: labels.count * slots.count)
    for (picture, labels) in labels.enumerated() {
      let first = picture * slots.count
      let predicted = slots.indices.map { slot in
        slots[slot].box(numbers[(first + slot) * columns..<(first + slot) * columns + 4])
      }
      let objects = labels.filter { $0.classIndex >= 0 }.map(\.box)
      let overlaps = OverlapMatrix(objects, predicted)
      for object in 0..<overlaps.rowCount {
        for (slot, overlap) in overlaps[row: object].enumerated() where overlap > ignoredAbove {
          counts[first + slot] = 0
        }
      }
      for pair in ScaledAssignment(labels, anchors: anchors, sharedFrom: sharedFrom).pairs {
        let label = labels[pair.object]
        positives.append(Int32(first + pair.slot))
        boxes += slots[pair.slot].target(label.box)
        weights.append(2 - label.box.area)
        classes += (0..<columns - 5).map { $0 == label.classIndex ? 1 : 0 }
        hasObject[first + pair.slot] = 1
        counts[first + pair.slot] = 1
      }
    }
  }
}
