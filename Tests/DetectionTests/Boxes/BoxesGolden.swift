/// `Tests/Goldens/detection_boxes.json`; null stands for NaN.
struct BoxesGolden: Decodable {
  struct Forms: Decodable {
    var corners, centers, topLefts, clipped: [[Double]]
    var areas: [Double]
    var clipWidth, clipHeight, leastSide: Float
    /// Indices of the boxes whose sides reach the least.
    var largeEnough: [Int]
  }
  struct Overlaps: Decodable {
    var name: String
    var rows, columns: [[Double?]]
    var overlaps: [[Double?]]
  }
  struct Pairs: Decodable {
    var rows, columns: [[Double]]
    var generalized, distance, complete: [Double]
  }
  struct Coded: Decodable {
    var encoded, decoded: [[Double]]
  }
  struct Offsets: Decodable {
    var anchors, boxes, deltas: [[Double]]
    var regionHead, regionProposal: Coded
  }
  var forms: [Forms]
  var pairs: [Pairs]
  var overlaps: [Overlaps]
  var offsets: Offsets
}
