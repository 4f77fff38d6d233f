import Detection
import Testing

@testable import Book

struct RecordPrecisionTests {
  /// Two pictures with an object each, of which the first `found` are found exactly.
  private func summary(found: Int) -> COCOSummary {
    let object = LabeledBox(box: Box(0, 0, 20, 20), classIndex: 0)
    let detections = (0..<2).map {
      $0 < found ? [ScoredBox(box: object.box, classIndex: 0, score: 1)] : []
    }
    return COCOSummary(
      detections: detections, groundTruths: [[object], [object]],
      sizes: ObjectSizes(mediumFrom: 100, largeFrom: 1000))
  }

  @Test func `means and spread are over the seeds`() {
    let records = Dictionary(
      uniqueKeysWithValues: precisionRecords(of: [summary(found: 2), summary(found: 0)])
        .map { ($0.key, $0.value) })
    #expect(records["ap"] == 0.5)
    #expect(records["ap50"] == 0.5)
    #expect(records["ap50_lowest"] == 0)
    #expect(records["ap50_highest"] == 1)
    #expect(records["ap_medium"] == 0.5)
  }

  @Test func `a size without objects has no number`() {
    let records = precisionRecords(of: [summary(found: 2)])
    #expect(records.filter { !$0.value.isFinite }.map(\.key) == ["ap_small", "ap_large"])
  }

  @Test func `a trial says its numbers in one line, and survives a file`() {
    let trial = Trial("half", summary(found: 1))
    #expect(trial.ap50 > 0.5 && trial.ap50 < 0.51)  // 51 of 101 recalls
    #expect(trial.line == "half: AP50 0.505, AP75 0.505, AP 0.505")
  }
}
