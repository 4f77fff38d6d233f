/// What became of an object that a two-stage detector was to find.
public enum ObjectFate: String, CaseIterable, Hashable, Sendable {
  case found = "found"
  case withoutProposal = "no proposal overlaps it by half"
  case wrongClass = "found as another class"
  case wrongBox = "its box is off"
  case takenForBackground = "taken for background"

  /// Judges by the best overlaps of the object with the boxes of its picture.
  ///
  /// The first that holds: a detection of its class overlaps it by half; no proposal does; a detection
  /// of another class does; one of its class overlaps it by a tenth; else it is background.
  ///
  /// - Parameters:
  ///   - detections: what was found with a score that counts.
  ///   - proposals: the boxes that the second stage looked at.
  public init(of object: LabeledBox, detections: [ScoredBox], proposals: [Box]) {
    func best(_ boxes: [Box]) -> Float {
      boxes.map { intersectionOverUnion($0, object.box) }.max() ?? 0
    }
    let own = best(detections.filter { $0.classIndex == object.classIndex }.map(\.box))
    let others = best(detections.filter { $0.classIndex != object.classIndex }.map(\.box))
    self =
      if own >= 0.5 {
        .found
      } else if best(proposals) < 0.5 {
        .withoutProposal
      } else if others >= 0.5 {
        .wrongClass
      } else if own >= 0.1 {
        .wrongBox
      } else {
        .takenForBackground
      }
  }
}
