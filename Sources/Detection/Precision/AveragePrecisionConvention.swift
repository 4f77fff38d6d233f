/// Whose rules turn detections into an average precision.
///
/// All take boxes as half-open. The official VOC program counts pixels inclusively and adds one to each
/// side, which changes overlaps of small boxes (two 10 px boxes half apart: 0.333 there, 0.286 here): give
/// it ``Box/includingLastPixel``.
public enum AveragePrecisionConvention: String, Hashable, Sendable, Codable, CaseIterable {
  /// PASCAL VOC from 2010 on: the area under the precision envelope.
  ///
  /// A detection stands or falls with the ground truth it overlaps most: overlap above the threshold,
  /// and not already found by a better detection.
  case vocArea
  /// PASCAL VOC 2007: the mean of the envelope at the eleven recalls 0, 0.1 … 1; matched as `vocArea`.
  case voc07
  /// COCO: the mean of the envelope at the 101 recalls 0, 0.01 … 1.
  ///
  /// A detection takes the ground truth it overlaps most among those still free, the last of equals, if
  /// the overlap is at least the threshold. The best 100 detections of a picture and class count.
  case coco101

  /// How many detections of one picture and class count, the best first.
  var detectionsPerPicture: Int {
    switch self {
    case .vocArea, .voc07: .max
    case .coco101: 100
    }
  }

  /// The recalls at which precision is read off; nil where the area under the envelope is taken.
  var sampledRecalls: [Double]? {
    switch self {
    case .vocArea: nil
    // Both lists are rounded as NumPy's arange and linspace round them: a recall of 0.6 is found at
    // COCO's 61st point, but lies just below the official VOC code's seventh.
    case .voc07: (0...10).map { Double($0) * 0.1 }
    case .coco101: (0..<100).map { Double($0) * 0.01 } + [1]
    }
  }
}
