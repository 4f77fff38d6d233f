import Detection

/// `Tests/Goldens/detection_evaluation.json`: whole data sets and what they are worth.
struct EvaluationGolden: Decodable {
  /// Corners of a box, or COCO's string of a mask in pictures of 48 × 48.
  enum Shape: Decodable {
    case box([Float])
    case mask(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self =
        if let corners = try? container.decode([Float].self) {
          .box(corners)
        } else {
          .mask(try container.decode(String.self))
        }
    }

    var box: Box? {
      guard case .box(let corners) = self else { return nil }
      return Box(corners[0], corners[1], corners[2], corners[3])
    }

    var mask: Mask? {
      guard case .mask(let text) = self else { return nil }
      return (try? RunLengths(width: 48, height: 48, compressed: text)).map(Mask.init)
    }
  }

  struct Truth: Decodable {
    var classIndex: Int
    var standing: Int
    var area: Double
    var shape: Shape

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      classIndex = try row.decode(Int.self)
      standing = try row.decode(Int.self)
      area = try row.decode(Double.self)
      shape = try row.decode(Shape.self)
    }

    func groundTruth<S>(_ shape: S) -> GroundTruth<S> {
      let standings: [GroundTruth<S>.Standing] = [.counted, .ignored, .crowd]
      return GroundTruth(
        shape: shape, classIndex: classIndex, standing: standings[standing], area: area)
    }
  }

  struct Found: Decodable {
    var classIndex: Int
    /// null stands for NaN.
    var score: Float?
    var shape: Shape

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      classIndex = try row.decode(Int.self)
      score = try row.decodeIfPresent(Float.self)
      shape = try row.decode(Shape.self)
    }

    func scored<S>(_ shape: S) -> ScoredShape<S> {
      ScoredShape(shape: shape, classIndex: classIndex, score: score ?? .nan)
    }
  }

  struct COCO: Decodable {
    var name: String
    var mediumFrom, largeFrom: Double
    var detections: [[Found]]
    var groundTruths: [[Truth]]
    /// null where there is nothing to find.
    var twelve: [Double?]
  }

  struct VOC: Decodable {
    var detections: [[Found]]
    var groundTruths: [[Truth]]
    /// For each class the area under the envelope, and the mean at eleven recalls.
    var areaAndElevenPoint: [[Double]]
  }

  var coco: [COCO]
  var voc: [VOC]
}
