import Detection
import Foundation
import Testing

/// Reads `Tests/Goldens/<name>.json`; the script of the same name made it and its passport says how.
func golden<Contents: Decodable>(_ name: String, as _: Contents.Type = Contents.self) throws
  -> Contents
{
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Goldens/\(name).json")
  return try JSONDecoder().decode(Contents.self, from: Data(contentsOf: url))
}

extension Box {
  /// Four corners of a golden, where null stands for NaN.
  init(golden corners: [Double?]) {
    let values = corners.map { Float($0 ?? .nan) }
    self.init(values[0], values[1], values[2], values[3])
  }

  var corners: [Float] { [x0, y0, x1, y1] }
}

extension BoxOffset {
  var parts: [Float] { [x, y, width, height] }
}

/// Expects equal counts, and each pair within `absolute` + `relative` · |expected|; NaN only meets NaN.
func expectClose(
  _ actual: [Float], _ expected: [Double], absolute: Double = 0, relative: Double = 0,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(actual.count) numbers, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  for (index, (a, e)) in zip(actual, expected).enumerated() where !(a.isNaN && e.isNaN) {
    #expect(
      abs(Double(a) - e) <= absolute + relative * abs(e), comment ?? "number \(index)",
      sourceLocation: sourceLocation)
  }
}

/// The labels example of *Dive into Deep Learning* 14.4: a dog, a cat and five anchors.
enum DogAndCat {
  static let dog = Box(0.1, 0.08, 0.52, 0.92)
  static let cat = Box(0.55, 0.2, 0.9, 0.88)
  static let labels = [
    LabeledBox(box: dog, classIndex: 0), LabeledBox(box: cat, classIndex: 1),
  ]
  static let anchors = [
    Box(0, 0.1, 0.2, 0.3), Box(0.15, 0.2, 0.4, 0.4), Box(0.63, 0.05, 0.88, 0.98),
    Box(0.66, 0.45, 0.8, 0.8), Box(0.57, 0.3, 0.92, 0.9),
  ]
  /// The four anchors of its detection example; their predictions are in `MultiboxDetectionsTests`.
  static let candidates = [
    Box(0.1, 0.08, 0.52, 0.92), Box(0.08, 0.2, 0.56, 0.95), Box(0.15, 0.3, 0.62, 0.91),
    Box(0.55, 0.2, 0.9, 0.88),
  ]
}
