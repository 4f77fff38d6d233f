import Detection
import Testing

struct COCOSummaryTests {
  // The same sums in double, in another order; COCO adds 2.2e-16 to every denominator.
  private let roundingOfDouble = 1e-12

  @Test func `boxes and masks with crowds, ties and empty pictures agree with pycocotools`() throws
  {
    for vector in try golden("detection_evaluation", as: EvaluationGolden.self).coco {
      let sizes = ObjectSizes(mediumFrom: vector.mediumFrom, largeFrom: vector.largeFrom)
      let isMask = vector.groundTruths.joined().contains { $0.shape.mask != nil }
      let summary =
        isMask
        ? try COCOSummary(
          detections: vector.detections.map {
            try $0.map { $0.scored(try #require($0.shape.mask)) }
          },
          groundTruths: vector.groundTruths.map {
            try $0.map { $0.groundTruth(try #require($0.shape.mask)) }
          }, sizes: sizes)
        : try COCOSummary(
          detections: vector.detections.map {
            try $0.map { $0.scored(try #require($0.shape.box)) }
          },
          groundTruths: vector.groundTruths.map {
            try $0.map { $0.groundTruth(try #require($0.shape.box)) }
          }, sizes: sizes)
      #expect(summary.rows.count == vector.twelve.count)
      for (row, expected) in zip(summary.rows, vector.twelve) {
        if let expected {
          #expect(abs(row.value - expected) <= roundingOfDouble, "\(vector.name): \(row.name)")
        } else {
          #expect(row.value.isNaN, "\(vector.name): \(row.name)")
        }
      }
    }
  }

  @Test func `the rows have COCO's names and order`() {
    let rows = COCOSummary(detections: [[ScoredBox]](), groundTruths: [[LabeledBox]]()).rows
    #expect(
      rows.map(\.name) == [
        "AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl",
      ])
    #expect(rows.allSatisfy { $0.value.isNaN })
  }

  @Test func `sizes are measured by the area given, and their limits belong to both`() {
    let box = Box(0, 0, 10, 10)
    let found = [[ScoredShape(shape: box, classIndex: 0, score: 0.9)]]
    func summary(area: Double?) -> COCOSummary {
      COCOSummary(
        detections: found,
        groundTruths: [[GroundTruth(shape: box, classIndex: 0, area: area)]],
        sizes: ObjectSizes(mediumFrom: 50, largeFrom: 100))
    }
    let ofBox = summary(area: nil)
    #expect(ofBox.small.precision.isNaN && ofBox.medium.precision == 1 && ofBox.large.recall == 1)
    #expect(summary(area: 50).small.recall == 1)
  }

  @Test func `COCO's sizes scale with the picture's side`() {
    let fifth = ObjectSizes.coco(scaledBy: 0.2)
    #expect(abs(fifth.mediumFrom - 6.4 * 6.4) < 1e-9)
    #expect(abs(fifth.largeFrom - 19.2 * 19.2) < 1e-9)
  }

  @Test func `a crowd takes many detections, and none of them counts`() {
    let crowd = GroundTruth(shape: Box(0, 0, 100, 100), classIndex: 0, standing: .crowd)
    let single = GroundTruth(shape: Box(200, 0, 210, 10), classIndex: 0)
    let inside = (0..<5).map {
      ScoredShape(shape: Box(Float($0) * 10, 0, Float($0) * 10 + 10, 10), classIndex: 0, score: 0.9)
    }
    let right = ScoredShape(shape: single.shape, classIndex: 0, score: 0.1)
    #expect(
      COCOSummary(detections: [inside + [right]], groundTruths: [[crowd, single]]).all.precision
        == 1)
  }
}
