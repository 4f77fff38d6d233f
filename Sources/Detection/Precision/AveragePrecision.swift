/// How well a detector finds the objects of a data set: average precision by class and overlap.
public struct AveragePrecision: Hashable, Sendable {
  /// The results for one class.
  public struct ClassResult: Hashable, Sendable {
    /// The class, counted from 0.
    public let classIndex: Int
    /// Ground truths of the class in the data set.
    public let groundTruthCount: Int
    /// The precision-recall curve at each overlap threshold.
    public let curves: [PrecisionRecallCurve]
    /// The average precision at each overlap threshold.
    public let averagePrecisions: [Double]

    /// The mean over the overlap thresholds.
    public var mean: Double { meanOf(averagePrecisions) }
  }

  /// The overlaps from which on a detection counts as right.
  public let overlapThresholds: [Double]
  /// The rules used.
  public let convention: AveragePrecisionConvention
  /// One result for each class that has ground truths, by rising class index.
  public let classes: [ClassResult]

  /// Every area, in COCO's words.
  public static let allAreas: ClosedRange<Double> = 0...1e10

  /// COCO's ten thresholds 0.5, 0.55 … 0.95, rounded as its own program rounds them.
  public static let cocoOverlapThresholds: [Double] =
    (0..<9).map { (step: Int) -> Double in 0.5 + Double(step) * ((0.95 - 0.5) / 9) } + [0.95]

  /// Evaluates detections against ground truths, picture by picture and class by class.
  ///
  /// Classes without ground truths are left out, detections of them included; padding rows (class −1)
  /// are no ground truths. Of equal scores, the earlier picture comes first, then the order given; a
  /// score of NaN comes last. Overlaps are computed in double precision; one that is no number (of two
  /// shapes without area, say) matches nothing.
  ///
  /// - Parameters:
  ///   - detections: The detections in each picture, in any order.
  ///   - groundTruths: The ground truths of the same pictures, in the same unit.
  ///   - overlapThresholds: The overlaps from which on a detection is right; at least one.
  ///   - convention: The rules of matching and of reading the curve.
  ///   - areas: Only objects whose area lies in this range are to be found; others do not count, nor do
  ///     detections outside of it that match nothing.
  ///   - detectionsPerPicture: How many detections of one picture and class count, the best first; nil
  ///     for what the convention says.
  public init<Shape>(
    detections: [[ScoredShape<Shape>]], groundTruths: [[GroundTruth<Shape>]],
    overlapThresholds: [Double] = AveragePrecision.cocoOverlapThresholds,
    convention: AveragePrecisionConvention = .coco101,
    areas: ClosedRange<Double> = AveragePrecision.allAreas, detectionsPerPicture: Int? = nil
  ) {
    let limit = detectionsPerPicture ?? convention.detectionsPerPicture
    self.init(
      ClassTable.tables(detections: detections, groundTruths: groundTruths, limit: limit),
      overlapThresholds: overlapThresholds, convention: convention, areas: areas, limit: limit)
  }

  /// Evaluates boxes against ground truths that all count.
  public init(
    detections: [[ScoredBox]], groundTruths: [[LabeledBox]],
    overlapThresholds: [Double] = AveragePrecision.cocoOverlapThresholds,
    convention: AveragePrecisionConvention = .coco101
  ) {
    self.init(
      detections: detections.map { $0.map(ScoredShape.init) },
      groundTruths: groundTruths.map { $0.map(GroundTruth.init) },
      overlapThresholds: overlapThresholds, convention: convention)
  }

  init(
    _ tables: [ClassTable], overlapThresholds: [Double], convention: AveragePrecisionConvention,
    areas: ClosedRange<Double>, limit: Int
  ) {
    require(!overlapThresholds.isEmpty, "AveragePrecision: give at least one overlap threshold")
    require(limit >= 0, "AveragePrecision: detectionsPerPicture is \(limit); it cannot be negative")
    self.overlapThresholds = overlapThresholds
    self.convention = convention
    classes = tables.compactMap { table in
      let count = table.groundTruthCount(in: areas)
      guard count > 0 else { return nil }
      let curves = overlapThresholds.map {
        table.curve(threshold: $0, convention: convention, areas: areas, limit: limit)
      }
      return ClassResult(
        classIndex: table.classIndex, groundTruthCount: count, curves: curves,
        averagePrecisions: curves.map { $0.averagePrecision(convention) })
    }
  }

  /// The mean over classes and overlap thresholds; NaN if there are no ground truths at all.
  public var mean: Double { meanOf(classes.map(\.mean)) }

  /// The share of objects found, as a mean over classes and overlap thresholds; NaN without objects.
  public var meanRecall: Double {
    meanOf(classes.map { meanOf($0.curves.map(\.finalRecall)) })
  }

  /// The mean over classes at one of the overlap thresholds evaluated.
  public func mean(atOverlap threshold: Double) -> Double {
    guard let index = overlapThresholds.firstIndex(where: { abs($0 - threshold) < 1e-9 }) else {
      fatalError(
        "AveragePrecision: overlap \(threshold) was not evaluated; \(overlapThresholds) were")
    }
    return meanOf(classes.map { $0.averagePrecisions[index] })
  }

  /// The mean over classes where half of the joint area must be shared: an object is found.
  public var ap50: Double { mean(atOverlap: 0.5) }
  /// The mean over classes where three quarters must be shared: an object is also well framed.
  public var ap75: Double { mean(atOverlap: 0.75) }
}

private func meanOf(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}
