import Detection
import Testing

@testable import Book

struct RecordFatesTests {
  @Test func `shares are of all objects`() {
    let fates: [ObjectFate] = [
      .found, .wrongBox, .takenForBackground, .takenForBackground, .withoutProposal, .wrongClass,
      .found, .found,
    ]
    let records = fateRecords(of: fates)
    #expect(
      records.map(\.key) == [
        "without_proposal_share", "wrong_class_share", "taken_for_background_share",
      ])
    #expect(records.map(\.value) == [0.125, 0.125, 0.25])
  }

  @Test func `without objects all shares are zero`() {
    #expect(fateRecords(of: []).allSatisfy { $0.value == 0 })
  }
}
