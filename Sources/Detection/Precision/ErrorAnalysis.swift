/// Where a detector loses average precision: each wrong detection and each object it overlooks is of one
/// kind, and for every kind it is known how much precision its absence would bring.
///
/// The kinds and remedies are those of TIDE (Bolya et al., 2020, sections 2.2 and 2.3), at an overlap of
/// 0.5 and COCO's average precision.
public struct ErrorAnalysis: Sendable {
  /// What can be wrong.
  public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    /// The box fits an object of another class. Remedy: the object's class.
    case classification
    /// The box overlaps an object of its class, too little. Remedy: the object's box.
    case localization
    /// The box overlaps an object of another class, too little. Remedy: none of it.
    case both
    /// The box fits an object that a surer one has found. Remedy: none of it.
    case duplicate
    /// The box overlaps nothing. Remedy: none of it.
    case background
    /// An object that no detection found nor would find with its class or its box put right. Remedy: one
    /// object less.
    case missed
  }

  /// The overlap from which on a box fits an object.
  public static let fittingOverlap = 0.5
  /// The overlap below which a box has nothing to do with an object.
  public static let backgroundOverlap = 0.1

  /// A detection that counts.
  struct Judged {
    /// Its place among those given for its picture.
    var place: Int
    var classIndex: Int
    var score: Float
    /// What is wrong with it; nil where it found its object.
    var error: Kind?
    /// The object that it found, or would find with its class or its box put right; nil for the rest.
    var object: Int?
  }

  /// What is wrong with each detection of each picture, in the order given; nil where it is right or
  /// does not count.
  public private(set) var errors: [[Kind?]] = []

  /// Picture by picture, the surest of a picture first.
  private var detections: [Judged] = []
  private var objectClasses: [Int] = []
  /// Objects of the kind `missed`.
  private var missedObjects: Set<Int> = []

  /// Judges detections, picture by picture; padding rows (class −1) do not count, and of each picture
  /// and class the 100 surest detections do.
  ///
  /// - Parameters:
  ///   - detections: the detections in each picture, in any order.
  ///   - groundTruths: the objects of the same pictures, in the same unit.
  public init(detections: [[ScoredBox]], groundTruths: [[LabeledBox]]) {
    require(
      detections.count == groundTruths.count,
      "ErrorAnalysis: detections of \(detections.count) pictures but ground truths of"
        + " \(groundTruths.count); give an empty list for a picture without any")
    for (found, truths) in zip(detections, groundTruths) {
      let objects = truths.filter { $0.classIndex >= 0 }
      let judged = judgedDetections(found, objects, firstObject: objectClasses.count)
      var errors = [Kind?](repeating: nil, count: found.count)
      for detection in judged { errors[detection.place] = detection.error }
      self.errors.append(errors)
      self.detections += judged
      objectClasses += objects.map(\.classIndex)
    }
    missedObjects = Set(objectClasses.indices).subtracting(self.detections.compactMap(\.object))
  }

  /// How many errors are of a kind.
  public func count(of kind: Kind) -> Int {
    kind == .missed ? missedObjects.count : detections.count { $0.error == kind }
  }

  /// Precision and recall of all classes' detections together, by score; stops without objects.
  public var curve: PrecisionRecallCurve {
    let ranking = rankedByScore(detections.map(\.score))
    return PrecisionRecallCurve(
      scores: ranking.map { detections[$0].score },
      isTruePositive: ranking.map { detections[$0].error == nil },
      groundTruthCount: objectClasses.count)
  }

  /// The average precision at an overlap of 0.5, as ``AveragePrecision`` computes it; NaN without
  /// objects.
  public var ap50: Double { ap50(without: []) }

  /// What the average precision would gain, 0 to 1, without the errors of one kind.
  ///
  /// Gains of several kinds do not add up: a wrong detection less costs nothing where a worse one stays.
  public func gain(without kind: Kind) -> Double { ap50(without: [kind]) - ap50 }

  /// The average precision at an overlap of 0.5 with the errors of these kinds remedied; 1 without all
  /// of them.
  ///
  /// Where several detections then find one object, the surest stays and the others go: so says the
  /// paper; the authors' program keeps the one that had found it. A class of which no object is left is
  /// perfect if nothing was detected of it, and worth nothing otherwise.
  public func ap50(without kinds: Set<Kind>) -> Double {
    let ranking = rankedByScore(detections.map(\.score))
    var isTaken: Set<Int> = []
    var curves: [Int: (scores: [Float], isRight: [Bool])] = [:]
    for detection in ranking.map({ detections[$0] }) {
      let isRemedied = detection.error.map(kinds.contains) ?? true
      if !isRemedied {
        curves[detection.classIndex, default: ([], [])].scores.append(detection.score)
        curves[detection.classIndex]?.isRight.append(false)
      } else if let object = detection.object, isTaken.insert(object).inserted {
        curves[objectClasses[object], default: ([], [])].scores.append(detection.score)
        curves[objectClasses[object]]?.isRight.append(true)
      }
    }
    let left =
      kinds.contains(.missed)
      ? objectClasses.indices.filter { !missedObjects.contains($0) } : Array(objectClasses.indices)
    let counts = Dictionary(grouping: left.map { objectClasses[$0] }, by: \.self)
      .mapValues(\.count)
    let precisions = Set(objectClasses).sorted().map { classIndex -> Double in
      let (scores, isRight) = curves[classIndex] ?? ([], [])
      guard let count = counts[classIndex] else { return scores.isEmpty ? 1 : 0 }
      return PrecisionRecallCurve(
        scores: scores, isTruePositive: isRight, groundTruthCount: count
      ).averagePrecision(.coco101)
    }
    return precisions.reduce(0, +) / Double(precisions.count)
  }
}

/// The verdict on each detection of a picture, the surest first.
///
/// - Parameter firstObject: the number of the picture's first object.
private func judgedDetections(
  _ detections: [ScoredBox], _ objects: [LabeledBox], firstObject: Int
) -> [ErrorAnalysis.Judged] {
  var isFound = [Bool](repeating: false, count: objects.count)
  var countOfClass: [Int: Int] = [:]
  let limit = AveragePrecisionConvention.coco101.detectionsPerPicture
  return rankedByScore(detections.map(\.score)).compactMap { number in
    let detection = detections[number]
    guard detection.classIndex >= 0, countOfClass[detection.classIndex, default: 0] < limit else {
      return nil
    }
    countOfClass[detection.classIndex, default: 0] += 1
    let overlaps = objects.map { detection.box.overlap(with: $0.box) }
    /// The object that it overlaps most of some, the last of equals as in COCO's matching.
    func best(where isMeant: (Int) -> Bool) -> (object: Int, overlap: Double)? {
      var best: (object: Int, overlap: Double)?
      for object in objects.indices where isMeant(object) {
        if overlaps[object] >= best?.overlap ?? ErrorAnalysis.backgroundOverlap {
          best = (object, overlaps[object])
        }
      }
      return best
    }
    func judged(_ error: ErrorAnalysis.Kind?, _ object: Int? = nil) -> ErrorAnalysis.Judged {
      .init(
        place: number, classIndex: detection.classIndex, score: detection.score, error: error,
        object: object.map { firstObject + $0 })
    }
    let fitting = ErrorAnalysis.fittingOverlap
    let isOfClass = { objects[$0].classIndex == detection.classIndex }
    if let free = best(where: { isOfClass($0) && !isFound[$0] }), free.overlap >= fitting {
      isFound[free.object] = true
      return judged(nil, free.object)
    }
    // Where several hold, the order is that of the authors' program.
    let (own, other) = (best(where: isOfClass), best { !isOfClass($0) })
    if let own, own.overlap < fitting { return judged(.localization, own.object) }
    if let other, other.overlap >= fitting { return judged(.classification, other.object) }
    return judged(own != nil ? .duplicate : other != nil ? .both : .background)
  }
}
