import Detection
import Testing

struct ErrorAnalysisTests {
  // The same sums in double, in another order; COCO adds 2.2e-16 to every denominator.
  private let roundingOfDouble = 1e-12

  private let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)
  private let elsewhere = LabeledBox(box: Box(100, 0, 110, 10), classIndex: 1)
  private let whole = Box(0, 0, 10, 10)
  private let half = Box(0, 0, 10, 5)
  private let third = Box(0, 0, 10, 10 / 3)
  private let twentieth = Box(0, 0, 10, 0.5)

  private func found(_ box: Box, _ classIndex: Int, _ score: Float = 0.5) -> ScoredBox {
    ScoredBox(box: box, classIndex: classIndex, score: score)
  }

  private func analysis(_ detections: [ScoredBox], _ objects: [LabeledBox]? = nil) -> ErrorAnalysis
  {
    ErrorAnalysis(detections: [detections], groundTruths: [objects ?? [object, elsewhere]])
  }

  /// The kinds of error there are, without the object elsewhere, which nothing finds.
  private func kinds(_ detections: [ScoredBox]) -> [ErrorAnalysis.Kind: Int] {
    let analysis = analysis(detections)
    var counts = Dictionary(
      uniqueKeysWithValues: ErrorAnalysis.Kind.allCases.map { ($0, analysis.count(of: $0)) })
    counts[.missed]? -= 1
    return counts.filter { $0.value > 0 }
  }

  // MARK: Kinds

  @Test func `a box that fits an object of its class is no error`() {
    #expect(kinds([found(half, 0)]) == [:])
  }

  @Test func `a box that fits an object of another class has the wrong class`() {
    #expect(kinds([found(half, 1)]) == [.classification: 1])
  }

  @Test func `a box that overlaps an object of its class too little is off`() {
    #expect(kinds([found(third, 0)]) == [.localization: 1])
  }

  @Test func `a box that overlaps an object of another class too little has both wrong`() {
    #expect(kinds([found(third, 1)]) == [.both: 1, .missed: 1])
  }

  @Test func `a second box on an object is a duplicate, whichever comes first in the list`() {
    #expect(kinds([found(half, 0, 0.4), found(whole, 0, 0.6)]) == [.duplicate: 1])
    #expect(kinds([found(half, 0, 0.6), found(whole, 0, 0.4)]) == [.duplicate: 1])
  }

  @Test func `a box that hardly overlaps anything is background`() {
    #expect(kinds([found(twentieth, 0)]) == [.background: 1, .missed: 1])
    #expect(kinds([found(Box(50, 50, 60, 60), 1)]) == [.background: 1, .missed: 1])
  }

  @Test func `an object without any box is missed`() {
    #expect(kinds([]) == [.missed: 1])
  }

  @Test func `overlaps of a tenth and of half belong to the better side`() {
    #expect(kinds([found(Box(0, 0, 10, 1), 0)])[.background] == nil)
    #expect(kinds([found(half, 0)])[.localization] == nil)
  }

  @Test func `of two objects that it may mean, the one of its class goes first`() {
    let both = [object, LabeledBox(box: third, classIndex: 1)]
    let analysis = analysis([found(third, 0)], both)
    #expect(analysis.count(of: .localization) == 1 && analysis.count(of: .classification) == 0)
  }

  @Test func `errors stand at the places of the detections given`() {
    let analysis = ErrorAnalysis(
      detections: [
        [],
        [found(twentieth, 0, 0.1), found(whole, -1), found(half, 0, 0.4), found(whole, 0, 0.6)],
      ], groundTruths: [[], [object]])
    #expect(analysis.errors == [[], [.background, nil, .duplicate, nil]])
  }

  // MARK: Gains

  @Test func `putting the class right finds the object`() {
    // Of two classes one is found whole, which the other lacks.
    let wrong = analysis([found(whole, 1)])
    #expect(wrong.ap50 == 0)
    #expect(wrong.gain(without: .classification) == 0.5)
    #expect(wrong.gain(without: .localization) == 0)
  }

  @Test func `putting the box right finds the object`() {
    #expect(analysis([found(third, 0)]).gain(without: .localization) == 0.5)
  }

  @Test func `a remedied box on an object that a surer one has found goes`() {
    let analysis = analysis([found(whole, 0, 0.9), found(third, 0, 0.8)])
    #expect(analysis.ap50 == 0.5)
    #expect(analysis.ap50(without: [.localization]) == 0.5)
  }

  @Test func `a remedied box that is surer takes the place of the one that found the object`() {
    // The object is found at rank 3 of 3, and with the surest box put right at rank 1 of 2.
    let alarm = found(Box(50, 50, 60, 60), 0, 0.8)
    let analysis = analysis([found(third, 0, 0.9), alarm, found(whole, 0, 0.7)], [object])
    #expect(abs(analysis.ap50 - 1.0 / 3) < roundingOfDouble)
    #expect(analysis.ap50(without: [.localization]) == 1)
  }

  @Test func `wrong detections cost only what stands behind them`() {
    let alarm = Box(50, 50, 60, 60)
    #expect(
      analysis([found(alarm, 0, 0.9), found(whole, 0, 0.5)], [object]).gain(without: .background)
        == 0.5)
    #expect(
      analysis([found(alarm, 0, 0.1), found(whole, 0, 0.5)], [object]).gain(without: .background)
        == 0)
  }

  @Test func `without those missed, the other objects count alone`() {
    let second = LabeledBox(box: elsewhere.box, classIndex: 0)
    let analysis = analysis([found(whole, 0)], [object, second])
    #expect(analysis.count(of: .missed) == 1)
    #expect(analysis.ap50(without: [.missed]) == 1)
  }

  @Test
  func `a class with nothing left is perfect, and worthless where something is detected of it`() {
    #expect(analysis([], [object]).ap50(without: [.missed]) == 1)
    #expect(analysis([found(twentieth, 0)], [object]).ap50(without: [.missed]) == 0)
  }

  @Test func `the common curve takes all classes by score`() {
    let curve = analysis([
      found(whole, 0, 0.3), found(elsewhere.box, 1, 0.9), found(whole, 1, 0.6),
    ]).curve
    #expect(curve.scores == [0.9, 0.6, 0.3])
    #expect(curve.recall == [0.5, 0.5, 1])
    #expect(curve.precision == [1, 0.5, 2.0 / 3])
  }

  // MARK: Whole data sets

  @Test func `counts and gains agree with pycocotools' matching and the paper's definitions`()
    throws
  {
    for vector in try golden("detection_errors", as: ErrorGolden.self).cases {
      let analysis = ErrorAnalysis(detections: vector.boxes, groundTruths: vector.objects)
      #expect(abs(analysis.ap50 - vector.ap50) <= roundingOfDouble, "\(vector.name)")
      for kind in ErrorAnalysis.Kind.allCases {
        let comment: Comment = "\(vector.name): \(kind)"
        #expect(analysis.count(of: kind) == vector.counts[kind.rawValue], comment)
        let expected = try #require(vector.ap50Without[kind.rawValue])
        #expect(abs(analysis.ap50(without: [kind]) - expected) <= roundingOfDouble, comment)
        #expect(
          abs(analysis.gain(without: kind) - (expected - vector.ap50)) <= 2 * roundingOfDouble,
          comment)
      }
      let detected = Set(ErrorAnalysis.Kind.allCases).subtracting([.missed])
      #expect(
        abs(analysis.ap50(without: detected) - vector.ap50WithoutFalseDetections)
          <= roundingOfDouble)
      #expect(analysis.ap50(without: Set(ErrorAnalysis.Kind.allCases)) == 1, "\(vector.name)")
      #expect(
        analysis.ap50
          == AveragePrecision(
            detections: vector.boxes, groundTruths: vector.objects, overlapThresholds: [0.5]
          ).ap50)
    }
  }

  @Test func `without objects there is no precision, and what is detected is background`() {
    let analysis = ErrorAnalysis(detections: [[found(whole, 0)]], groundTruths: [[]])
    #expect(analysis.ap50.isNaN && analysis.gain(without: .background).isNaN)
    #expect(analysis.count(of: .background) == 1)
    #expect(ErrorAnalysis(detections: [], groundTruths: []).ap50.isNaN)
  }

  @Test func `padding rows, boxes that are no numbers, and scores that are none stop nothing`() {
    let padding = LabeledBox(box: whole, classIndex: -1)
    let nothing = Box(.nan, 0, 10, 10)
    let analysis = analysis(
      [found(whole, -1), found(nothing, 0), found(whole, 0, .nan)], [object, padding])
    #expect(analysis.count(of: .background) == 1)
    #expect(analysis.count(of: .missed) == 0 && analysis.count(of: .duplicate) == 0)
  }

  @Test func `of a picture and class a hundred detections count`() {
    let many = [ScoredBox](repeating: found(twentieth, 0), count: 130)
    #expect(analysis(many).count(of: .background) == 100)
  }

  @Test func `detections of fewer pictures than there are stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = ErrorAnalysis(detections: [[]], groundTruths: [])
    }
  }
}

/// `Tests/Goldens/detection_errors.json`.
private struct ErrorGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let detections: [[Row]]
    let groundTruths: [[Row]]
    let ap50: Double
    let counts: [String: Int]
    let ap50Without: [String: Double]
    let ap50WithoutFalseDetections: Double

    var boxes: [[ScoredBox]] {
      detections.map {
        $0.map { ScoredBox(box: $0.box, classIndex: $0.classIndex, score: Float($0.score ?? 0)) }
      }
    }

    var objects: [[LabeledBox]] {
      groundTruths.map { $0.map { LabeledBox(box: $0.box, classIndex: $0.classIndex) } }
    }
  }

  /// Class, score of a detection, corners.
  struct Row: Decodable {
    let classIndex: Int
    let score: Double?
    let box: Box

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      classIndex = try row.decode(Int.self)
      score = row.count == 3 ? try row.decode(Double.self) : nil
      box = Box(golden: try row.decode([Double?].self))
    }
  }

  let cases: [Case]
}
