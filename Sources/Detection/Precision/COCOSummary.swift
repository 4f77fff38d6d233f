/// From which area on an object is medium, and from which it is large.
public struct ObjectSizes: Hashable, Sendable, Codable {
  /// The area where small ends and medium begins; itself both.
  public let mediumFrom: Double
  /// The area where medium ends and large begins; itself both.
  public let largeFrom: Double

  /// Makes limits, in the unit of the ground truths' areas.
  public init(mediumFrom: Double, largeFrom: Double) {
    require(
      0 <= mediumFrom && mediumFrom <= largeFrom,
      "ObjectSizes: medium from \(mediumFrom), large from \(largeFrom); expected 0 ≤ medium ≤ large"
    )
    self.mediumFrom = mediumFrom
    self.largeFrom = largeFrom
  }

  /// COCO's: 32 × 32 and 96 × 96 pixels, in pictures of about 640 × 480.
  public static let coco = ObjectSizes(mediumFrom: 32 * 32, largeFrom: 96 * 96)

  /// COCO's limits for pictures whose side is `scale` times that of COCO's: a fifth for 128 pixels.
  public static func coco(scaledBy scale: Double) -> ObjectSizes {
    ObjectSizes(
      mediumFrom: coco.mediumFrom * scale * scale, largeFrom: coco.largeFrom * scale * scale)
  }
}

/// The twelve numbers of a COCO evaluation, each from 0 to 1; NaN where there is nothing to find.
///
/// As pycocotools computes them: means over the classes present and over the overlap thresholds 0.5 to
/// 0.95.
public struct COCOSummary: Hashable, Sendable {
  /// The averages over objects of a range of areas.
  public struct Averages: Hashable, Sendable {
    /// Mean average precision.
    public let precision: Double
    /// Mean recall at 100 detections a picture and class.
    public let recall: Double
  }

  /// Objects of every size: COCO's AP and AR.
  public let all: Averages
  /// AP at an overlap of 0.5.
  public let ap50: Double
  /// AP at an overlap of 0.75.
  public let ap75: Double
  /// Small objects.
  public let small: Averages
  /// Medium objects.
  public let medium: Averages
  /// Large objects.
  public let large: Averages
  /// Mean recall at one detection a picture and class.
  public let recallAt1: Double
  /// Mean recall at ten detections a picture and class.
  public let recallAt10: Double

  /// Evaluates detections; see ``AveragePrecision`` for the rules.
  public init<Shape>(
    detections: [[ScoredShape<Shape>]], groundTruths: [[GroundTruth<Shape>]],
    sizes: ObjectSizes = .coco
  ) {
    let tables = ClassTable.tables(
      detections: detections, groundTruths: groundTruths, limit: 100)
    func result(_ areas: ClosedRange<Double>, limit: Int = 100) -> AveragePrecision {
      AveragePrecision(
        tables, overlapThresholds: AveragePrecision.cocoOverlapThresholds, convention: .coco101,
        areas: areas, limit: limit)
    }
    func averages(_ result: AveragePrecision) -> Averages {
      Averages(precision: result.mean, recall: result.meanRecall)
    }
    let everything = AveragePrecision.allAreas
    let all = result(everything)
    self.all = averages(all)
    ap50 = all.ap50
    ap75 = all.ap75
    small = averages(result(everything.lowerBound...sizes.mediumFrom))
    medium = averages(result(sizes.mediumFrom...sizes.largeFrom))
    large = averages(result(sizes.largeFrom...everything.upperBound))
    recallAt1 = result(everything, limit: 1).meanRecall
    recallAt10 = result(everything, limit: 10).meanRecall
  }

  /// Evaluates boxes against ground truths that all count.
  public init(
    detections: [[ScoredBox]], groundTruths: [[LabeledBox]], sizes: ObjectSizes = .coco
  ) {
    self.init(
      detections: detections.map { $0.map(ScoredShape.init) },
      groundTruths: groundTruths.map { $0.map(GroundTruth.init) }, sizes: sizes)
  }

  /// The twelve numbers in COCO's order, with COCO's names.
  public var rows: [(name: String, value: Double)] {
    [
      ("AP", all.precision), ("AP50", ap50), ("AP75", ap75), ("APs", small.precision),
      ("APm", medium.precision), ("APl", large.precision), ("AR1", recallAt1),
      ("AR10", recallAt10), ("AR100", all.recall), ("ARs", small.recall), ("ARm", medium.recall),
      ("ARl", large.recall),
    ]
  }
}
