import Detection

/// `Tests/Goldens/detection_proposals.json`: what torchvision's network and heads do with such numbers.
struct ProposalsGolden: Decodable {
  struct Filter: Decodable {
    var height, width, shortestSide: Float
    var candidateLimit, proposalLimit: Int
    var anchors: [[Double]]
    var offsets, logits: [Float]
    var boxes: [[Double]]
    /// After the sigmoid.
    var scores: [Double]
  }
  struct Sample: Decodable {
    /// 1 for an object, 0 for background, −1 for ignored.
    var labels: [Int]
    var count: Int
    var positiveShare: Float
    var positives, negatives: Int
  }
  struct Anchors: Decodable {
    var anchors, objects: [[Double]]
    /// As those of a sample.
    var labels: [Int]
    /// Of the anchors with an object.
    var offsets: [[Double]]
  }
  struct Regions: Decodable {
    var proposals, objects: [[Double]]
    var classes: [Int]
    /// Proposals, then objects; 0 is background.
    var regions: [[Double]]
    var regionClasses, groundTruths: [Int]
    /// Of the regions with an object.
    var offsets: [[Double]]
  }
  struct Detections: Decodable {
    var height, width: Float
    var regions: [[Double]]
    var probabilities, offsets: [Float]
    var boxes: [[Double]]
    var scores: [Double]
    var classes: [Int]
  }
  var filters: [Filter]
  var samples: [Sample]
  var anchors: [Anchors]
  var regions: [Regions]
  var detections: [Detections]

  /// An exponential and four sums in Float, of numbers up to some hundreds.
  static let pixelTolerance = 1e-3
  /// Differences of coordinates of about 100 in Float, divided by sides of 10 and times 10.
  static let offsetTolerance = 2e-4
  /// The sigmoid or the softmax was computed in double precision.
  static let scoreTolerance = 1e-6
}
