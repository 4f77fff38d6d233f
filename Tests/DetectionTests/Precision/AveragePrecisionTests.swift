import Detection
import Testing

struct AveragePrecisionTests {
  // The same sums in double, in another order; COCO adds 2.2e-16 to every denominator.
  private let roundingOfDouble = 1e-12

  @Test func `the ten thresholds are COCO's to the last bit`() throws {
    for vector in try golden("detection_average_precision", as: Golden.self).cases {
      #expect(AveragePrecision.cocoOverlapThresholds == vector.coco.overlapThresholds)
    }
  }

  @Test func `random data sets agree with pycocotools`() throws {
    for vector in try golden("detection_average_precision", as: Golden.self).cases {
      let result = AveragePrecision(
        detections: vector.scoredBoxes, groundTruths: vector.labeledBoxes)
      #expect(result.classes.map(\.classIndex) == [0, 1, 2])
      let coco = vector.coco
      for (index, measured) in result.classes.enumerated() {
        expect(measured.averagePrecisions, coco.averagePrecisions[index], vector.name)
        expect(measured.curves.map(\.finalRecall), coco.finalRecalls[index], vector.name)
      }
      let all = coco.averagePrecisions.flatMap(\.self)
      expect([result.mean], [all.reduce(0, +) / Double(all.count)], vector.name)
      expect(
        [result.ap50, result.ap75],
        [0, 5].map { index in coco.averagePrecisions.reduce(0) { $0 + $1[index] } / 3 },
        vector.name)
    }
  }

  @Test(arguments: [AveragePrecisionConvention.vocArea, .voc07])
  func `random data sets agree with VOC's rules`(convention: AveragePrecisionConvention) throws {
    for vector in try golden("detection_average_precision", as: Golden.self).cases {
      let result = AveragePrecision(
        detections: vector.scoredBoxes, groundTruths: vector.labeledBoxes,
        overlapThresholds: vector.vocThresholds, convention: convention)
      let expected = convention == .vocArea ? vector.vocArea : vector.voc07
      for (measured, expected) in zip(result.classes, expected) {
        expect(measured.averagePrecisions, expected, vector.name)
      }
    }
  }

  @Test func `difficult objects and pixels counted inclusively agree with VOC's rules`() throws {
    for vector in try golden("detection_evaluation", as: EvaluationGolden.self).voc {
      let detections = vector.detections.map {
        $0.compactMap { row in row.shape.box.map { row.scored($0.includingLastPixel) } }
      }
      let truths = vector.groundTruths.map {
        $0.compactMap { row in row.shape.box.map { row.groundTruth($0.includingLastPixel) } }
      }
      for (column, convention) in [AveragePrecisionConvention.vocArea, .voc07].enumerated() {
        let result = AveragePrecision(
          detections: detections, groundTruths: truths, overlapThresholds: [0.5],
          convention: convention)
        expect(
          result.classes.map(\.mean), vector.areaAndElevenPoint.map { $0[column] },
          "\(convention)")
      }
    }
  }

  @Test func `a difficult object is neither missed nor found`() {
    let box = Box(0, 0, 10, 10)
    for convention in AveragePrecisionConvention.allCases {
      let result = AveragePrecision(
        detections: [[ScoredShape(shape: box, classIndex: 0, score: 0.9)], []],
        groundTruths: [
          [GroundTruth(shape: box, classIndex: 0, standing: .ignored)],
          [GroundTruth(shape: box, classIndex: 0)],
        ], overlapThresholds: [0.5], convention: convention)
      #expect(result.classes.map(\.groundTruthCount) == [1])
      #expect(result.classes[0].curves[0].scores.isEmpty)
    }
  }

  @Test func `a class whose objects are all difficult does not count`() {
    let truth = GroundTruth(shape: Box(0, 0, 1, 1), classIndex: 0, standing: .ignored)
    let result = AveragePrecision(
      detections: [[ScoredShape<Box>]()], groundTruths: [[truth]], convention: .vocArea)
    #expect(result.classes.isEmpty && result.mean.isNaN)
  }

  @Test func `only the best detections of a picture count`() {
    let object = GroundTruth(shape: Box(0, 0, 10, 10), classIndex: 0)
    let detections = [
      ScoredShape(shape: Box(50, 50, 60, 60), classIndex: 0, score: 0.9),
      ScoredShape(shape: object.shape, classIndex: 0, score: 0.8),
    ]
    func recall(limit: Int?) -> Double {
      AveragePrecision(
        detections: [detections], groundTruths: [[object]], detectionsPerPicture: limit
      ).meanRecall
    }
    #expect(recall(limit: nil) == 1)
    #expect(recall(limit: 1) == 0)
  }

  @Test func `an inside-out detection is wrong, not ignored`() {
    let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)
    let inverted = ScoredBox(box: Box(10, 0, 0, 10), classIndex: 0, score: 0.9)
    let right = ScoredBox(box: object.box, classIndex: 0, score: 0.8)
    #expect(evaluate([inverted, right], [object], 0.5, .coco101).mean == 0.5)
  }

  @Test func `a second detection of the same object is wrong`() {
    let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)
    let twice = [Float(0.9), 0.8].map { ScoredBox(box: object.box, classIndex: 0, score: $0) }
    for convention in AveragePrecisionConvention.allCases {
      let result = evaluate(twice, [object], 0.5, convention)
      #expect(result.classes[0].curves[0].precision == [1, 0.5])
    }
  }

  @Test func `COCO turns to the next best object that is free, VOC does not`() {
    let objects = [Box(0, 0, 10, 10), Box(0, 2, 10, 12)].map { LabeledBox(box: $0, classIndex: 0) }
    let detections = [
      ScoredBox(box: Box(0, 0, 10, 10), classIndex: 0, score: 0.9),
      ScoredBox(box: Box(0, 0.5, 10, 10.5), classIndex: 0, score: 0.8),
    ]
    #expect(evaluate(detections, objects, 0.5, .coco101).mean == 1)
    #expect(evaluate(detections, objects, 0.5, .vocArea).mean == 0.5)
  }

  @Test func `an overlap equal to the threshold is enough for COCO, not for VOC`() {
    let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)
    let detection = ScoredBox(box: Box(0, 0, 10, 7), classIndex: 0, score: 0.5)
    #expect(evaluate([detection], [object], 0.7, .coco101).mean == 1)
    #expect(evaluate([detection], [object], 0.7, .vocArea).mean == 0)
  }

  @Test func `an exact detection passes a threshold of one`() {
    let object = LabeledBox(box: Box(0.1, 0.1, 0.7, 0.3), classIndex: 0)
    let detection = ScoredBox(box: object.box, classIndex: 0, score: 0.5)
    #expect(evaluate([detection], [object], 1, .coco101).mean == 1)
  }

  @Test func `classes without objects and padding rows do not count`() {
    let box = Box(0, 0, 10, 10)
    let result = evaluate(
      [
        ScoredBox(box: box, classIndex: 0, score: 0.9),
        ScoredBox(box: box, classIndex: 5, score: 0.9),
        ScoredBox(box: box, classIndex: -1, score: 0.9),
      ],
      [LabeledBox(box: box, classIndex: 0), LabeledBox(box: box, classIndex: -1)], 0.5, .coco101)
    #expect(result.classes.map(\.classIndex) == [0])
    #expect(result.classes.map(\.groundTruthCount) == [1])
    #expect(result.mean == 1)
  }

  @Test func `NaN boxes and scores are wrong detections, not crashes`() {
    let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)
    let detections = [
      ScoredBox(box: Box(.nan, 0, 10, 10), classIndex: 0, score: 0.9),
      ScoredBox(box: object.box, classIndex: 0, score: 0.5),
      ScoredBox(box: object.box, classIndex: 0, score: .nan),
    ]
    for convention in AveragePrecisionConvention.allCases {
      let curve = evaluate(detections, [object], 0.5, convention).classes[0].curves[0]
      #expect(curve.recall == [0, 1, 1])
    }
  }

  @Test func `without ground truths the mean is NaN, without detections 0`() {
    #expect(evaluate([], [], 0.5, .coco101).mean.isNaN)
    #expect(
      evaluate([], [LabeledBox(box: Box(0, 0, 1, 1), classIndex: 2)], 0.5, .coco101).mean == 0)
  }

  private func evaluate(
    _ detections: [ScoredBox], _ groundTruths: [LabeledBox], _ threshold: Double,
    _ convention: AveragePrecisionConvention
  ) -> AveragePrecision {
    AveragePrecision(
      detections: [detections], groundTruths: [groundTruths], overlapThresholds: [threshold],
      convention: convention)
  }

  private func expect(_ actual: [Double], _ expected: [Double], _ name: String) {
    #expect(actual.count == expected.count)
    #expect(
      zip(actual, expected).allSatisfy { abs($0 - $1) <= roundingOfDouble },
      "\(name): \(actual), expected \(expected)")
  }

  private struct Golden: Decodable {
    struct COCO: Decodable {
      var overlapThresholds: [Double]
      var averagePrecisions, finalRecalls: [[Double]]
    }
    struct Case: Decodable {
      var name: String
      /// [picture][detection]: class, score, corners.
      var detections: [[[Double]]]
      /// [picture][ground truth]: class, corners.
      var groundTruths: [[[Double]]]
      var coco: COCO
      var vocThresholds: [Double]
      var vocArea, voc07: [[Double]]

      var scoredBoxes: [[ScoredBox]] {
        detections.map { rows in
          rows.map { row in
            ScoredBox(
              box: Box(golden: Array(row.dropFirst(2))), classIndex: Int(row[0]),
              score: Float(row[1]))
          }
        }
      }

      var labeledBoxes: [[LabeledBox]] {
        groundTruths.map { $0.map(LabeledBox.init(golden:)) }
      }
    }
    var cases: [Case]
  }
}
