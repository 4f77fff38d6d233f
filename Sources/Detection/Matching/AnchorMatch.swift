/// What an anchor or a proposal is trained to be.
public enum AnchorMatch: Hashable, Sendable {
  /// It is to find the ground truth of this index.
  case object(Int)
  /// It is to find nothing.
  case background
  /// It is neither, and takes no part in the loss.
  case ignored

  /// The index of its ground truth; nil if it has none.
  public var groundTruth: Int? {
    if case .object(let index) = self { index } else { nil }
  }
}

/// The best ground truth of each anchor, the first of equals.
struct BestGroundTruths {
  /// For each anchor the row of its largest overlap; 0 where no overlap is a number.
  private(set) var index: [Int]
  /// The largest overlap of each anchor; −∞ where none is a number.
  private(set) var overlap: [Float]

  /// - Parameter overlaps: `[ground truths, anchors]`.
  init(_ overlaps: OverlapMatrix) {
    index = Array(repeating: 0, count: overlaps.columnCount)
    overlap = Array(repeating: -.infinity, count: overlaps.columnCount)
    for row in 0..<overlaps.rowCount {
      let values = overlaps[row: row]
      for anchor in 0..<overlaps.columnCount {
        let value = values[values.startIndex + anchor]
        if value > overlap[anchor] {
          overlap[anchor] = value
          index[anchor] = row
        }
      }
    }
  }
}
