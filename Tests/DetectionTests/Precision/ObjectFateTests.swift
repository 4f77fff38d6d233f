import Detection
import Testing

struct ObjectFateTests {
  private let object = LabeledBox(box: Box(0, 0, 10, 10), classIndex: 1)

  private func fate(_ detections: [(Box, Int)], proposals: [Box]) -> ObjectFate {
    ObjectFate(
      of: object,
      detections: detections.map { ScoredBox(box: $0.0, classIndex: $0.1, score: 0.9) },
      proposals: proposals)
  }

  private let half = Box(0, 0, 10, 5)
  private let less = Box(0, 0, 10, 4)
  private let hardly = Box(0, 0, 10, 0.5)

  @Test func `half an overlap with a box of its class is found`() {
    #expect(fate([(half, 1), (half, 0)], proposals: []) == .found)
  }

  @Test func `a proposal that overlaps less than half is none`() {
    #expect(fate([(less, 1)], proposals: [less]) == .withoutProposal)
    #expect(fate([(half, 0)], proposals: []) == .withoutProposal)
  }

  @Test func `another class where the object is comes before a box that is off`() {
    #expect(fate([(less, 1), (half, 0)], proposals: [half]) == .wrongClass)
  }

  @Test func `a box of its class that is off overlaps by a tenth`() {
    #expect(fate([(less, 1)], proposals: [half]) == .wrongBox)
    #expect(fate([(hardly, 1)], proposals: [half]) == .takenForBackground)
  }

  @Test func `nothing found is background`() {
    #expect(fate([], proposals: [half]) == .takenForBackground)
  }
}
