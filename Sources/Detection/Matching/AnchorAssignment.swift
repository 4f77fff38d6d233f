/// Which ground truth each anchor is to find: its index in `groundTruths`, or nil for background.
///
/// Two rules, the first before the second:
/// 1. The anchor and the ground truth with the largest overlap of all belong together; both are crossed
///    out, and so on, until every ground truth has an anchor of its own (or no anchor is left).
///    Ties go to the first anchor, then to the first ground truth.
/// 2. Every other anchor takes the ground truth it overlaps most, the first of equals, if their
///    intersection over union is at least `overlapThreshold`.
///
/// Unlike `assign_anchor_to_bbox` of *Dive into Deep Learning* 14.4, padding rows (class −1) and boxes
/// without area take no anchor, nor do ground truths beyond the number of anchors overwrite anchor 0.
/// A ground truth that no anchor overlaps still takes one, the first that is free.
public func assignedGroundTruths(
  anchors: [Box], groundTruths: [LabeledBox], overlapThreshold: Float = 0.5
) -> [Int?] {
  var assignment = AnchorAssignment(anchors: anchors, overlapThreshold: overlapThreshold)
  assignment.assign(groundTruths)
  return assignment.groundTruthOfAnchor.map { $0 < 0 ? nil : Int($0) }
}

/// The assignment of one picture's ground truths, with buffers that serve picture after picture.
struct AnchorAssignment {
  /// For each anchor the index of its ground truth in the last call of ``assign(_:)``, −1 for none.
  private(set) var groundTruthOfAnchor: [Int32]

  private let anchors: BoxColumns
  private let overlapThreshold: Float
  /// The largest overlap of each anchor so far.
  private var bestOverlap: [Float]
  /// Overlaps [ground truth][anchor]; grows to the largest number of ground truths seen.
  private var overlaps: [Float] = []
  private var rows: [Row] = []

  /// A ground truth that waits for its anchor.
  private struct Row {
    var groundTruth: Int
    /// The first free anchor of largest overlap.
    var peak: Int
    var peakOverlap: Float
  }

  init(anchors: [Box], overlapThreshold: Float) {
    require(
      overlapThreshold > 0,
      "overlapThreshold is \(overlapThreshold); it must be above 0, or every anchor is an object")
    var columns = BoxColumns(anchors)
    columns.disregardBoxesWithoutArea()
    self.anchors = columns
    self.overlapThreshold = overlapThreshold
    groundTruthOfAnchor = Array(repeating: -1, count: anchors.count)
    bestOverlap = Array(repeating: 0, count: anchors.count)
  }

  mutating func assign(_ groundTruths: [LabeledBox]) {
    takeByThreshold(groundTruths)
    takeOneEach(groundTruths)
  }

  /// Computes the overlaps, and gives each anchor its best ground truth at or above the threshold.
  ///
  /// Invariant: `best` and `chosen` have one element for each anchor, as made in the initializer, and
  /// `overlaps` one row of that length for each ground truth, as grown here.
  private mutating func takeByThreshold(_ groundTruths: [LabeledBox]) {
    let count = anchors.count
    if overlaps.count < groundTruths.count * count {
      overlaps = Array(repeating: 0, count: groundTruths.count * count)
    }
    // "Greater than the number just below" is "at least", and later equals do not replace.
    let justBelow = overlapThreshold.nextDown
    overlaps.withUnsafeMutableBufferPointer { overlaps in
      bestOverlap.withUnsafeMutableBufferPointer { best in
        groundTruthOfAnchor.withUnsafeMutableBufferPointer { chosen in
          best.update(repeating: justBelow)
          chosen.update(repeating: -1)
          for (index, truth) in groundTruths.enumerated() where truth.isObject {
            let row = UnsafeMutableBufferPointer(
              rebasing: overlaps[index * count..<(index + 1) * count])
            anchors.writeOverlaps(with: truth.box, into: row)
            for anchor in 0..<count {
              let isBetter = row[anchor] > best[anchor]
              best[anchor] = isBetter ? row[anchor] : best[anchor]
              chosen[anchor] = isBetter ? Int32(truncatingIfNeeded: index) : chosen[anchor]
            }
          }
        }
      }
    }
  }

  /// Gives every ground truth one anchor of its own, in the order of falling overlap.
  private mutating func takeOneEach(_ groundTruths: [LabeledBox]) {
    rows.removeAll(keepingCapacity: true)
    for (index, truth) in groundTruths.enumerated() where truth.isObject {
      rows.append(row(of: index))
    }
    while let next = indexOfHighestRow() {
      let taken = rows[next]
      rows.remove(at: next)
      groundTruthOfAnchor[taken.peak] = Int32(taken.groundTruth)
      for index in rows.indices {
        let groundTruth = rows[index].groundTruth
        overlaps[groundTruth * anchors.count + taken.peak] = -1
        if rows[index].peak == taken.peak { rows[index] = row(of: groundTruth) }
      }
    }
  }

  /// Looks for the ground truth's best free anchor; its overlap stays −1 where there is none.
  private func row(of groundTruth: Int) -> Row {
    overlaps.withUnsafeBufferPointer { overlaps in
      let start = groundTruth * anchors.count
      var row = Row(groundTruth: groundTruth, peak: 0, peakOverlap: -1)
      for anchor in 0..<anchors.count where overlaps[start + anchor] > row.peakOverlap {
        row.peak = anchor
        row.peakOverlap = overlaps[start + anchor]
      }
      return row
    }
  }

  /// The first row of largest overlap; which of two equal rows with different peaks goes first does not
  /// matter, because the other keeps its peak.
  private func indexOfHighestRow() -> Int? {
    var highest: Int?
    for index in rows.indices
    where rows[index].peakOverlap > (highest.map { rows[$0].peakOverlap } ?? -1) {
      highest = index
    }
    return highest
  }
}

extension LabeledBox {
  /// Whether the row can be looked for at all: not padding, and of some area.
  fileprivate var isObject: Bool { classIndex >= 0 && box.hasArea }
}
