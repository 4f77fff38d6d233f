import Detection
import Testing

struct PrecisionRecallCurveTests {
  /// Right (true) and wrong detections by falling score, and what the three conventions make of them.
  struct Vector: Sendable {
    var verdicts: [Bool]
    var groundTruthCount: Int
    var expected: [AveragePrecisionConvention: Double]
  }

  @Test(arguments: [
    Vector(
      verdicts: [true, false, true, false, false], groundTruthCount: 3,
      expected: [.voc07: 0.545455, .vocArea: 0.555556, .coco101: 0.554455]),
    Vector(
      verdicts: [true, true], groundTruthCount: 3,
      expected: [.voc07: 0.636364, .vocArea: 0.666667, .coco101: 0.663366]),
    Vector(
      verdicts: [false, true], groundTruthCount: 1,
      expected: [.voc07: 0.5, .vocArea: 0.5, .coco101: 0.5]),
    Vector(
      verdicts: [true, false, true, true, false], groundTruthCount: 5,
      expected: [.voc07: 0.477273, .vocArea: 0.5, .coco101: 0.504950]),
  ])
  func `three conventions read the same curve differently`(vector: Vector) throws {
    let curve = curve(vector.verdicts, of: vector.groundTruthCount)
    for convention in AveragePrecisionConvention.allCases {
      let expected = try #require(vector.expected[convention])
      // The table has six decimals.
      #expect(abs(curve.averagePrecision(convention) - expected) < 5.1e-7, "\(convention)")
    }
  }

  @Test func `recall rises, precision has teeth, the envelope has none`() {
    let curve = curve([true, false, true, false], of: 4)
    #expect(curve.recall == [0.25, 0.25, 0.5, 0.5])
    #expect(curve.precision == [1, 0.5, 2.0 / 3, 0.5])
    #expect(curve.envelope == [1, 2.0 / 3, 2.0 / 3, 0.5])
    #expect(curve.finalRecall == 0.5)
  }

  @Test func `no detections find nothing`() {
    let curve = curve([], of: 2)
    #expect(curve.finalRecall == 0)
    for convention in AveragePrecisionConvention.allCases {
      #expect(curve.averagePrecision(convention) == 0)
    }
  }

  @Test func `the best balance has the highest harmonic mean, of equals the highest score`() throws
  {
    // Harmonic means 2/5, 1/3, 4/7, 1/2.
    let best = try #require(curve([true, false, true, false], of: 4).bestBalance)
    #expect(best == (score: 1 - Float(2) / 10, precision: 2.0 / 3, recall: 0.5))
    let even = try #require(curve([true, false, false, true], of: 2).bestBalance)
    #expect(even.score == 1)
    #expect(curve([false, false], of: 1).bestBalance == nil)
    #expect(curve([], of: 1).bestBalance == nil)
  }

  @Test func `detections of one score are taken together`() throws {
    let curve = PrecisionRecallCurve(
      scores: [0.5, 0.5, 0.2], isTruePositive: [true, false, false], groundTruthCount: 1)
    #expect(try #require(curve.bestBalance) == (score: 0.5, precision: 0.5, recall: 1))
  }

  private func curve(_ verdicts: [Bool], of groundTruthCount: Int) -> PrecisionRecallCurve {
    PrecisionRecallCurve(
      scores: verdicts.indices.map { 1 - Float($0) / 10 }, isTruePositive: verdicts,
      groundTruthCount: groundTruthCount)
  }
}
