import Detection
import Testing

struct BoxTests {
  @Test func `centre form holds the middle and the sides`() {
    #expect(
      CenterBox(Box(60, 45, 378, 516)) == CenterBox(x: 219, y: 280.5, width: 318, height: 471))
    #expect(
      CenterBox(Box(400, 112, 655, 493)) == CenterBox(x: 527.5, y: 302.5, width: 255, height: 381))
  }

  @Test func `corners to centre and back is the same box`() {
    for box in [Box(60, 45, 378, 516), Box(400, 112, 655, 493), Box(-3, 0.25, -1.5, 8)] {
      #expect(Box(CenterBox(box)) == box)
    }
  }

  // Quarters stay exact in Float through sums and halves, so equality is asked for.
  @Test func `conversion and clipping agree with torchvision`() throws {
    let forms = try golden("detection_boxes", as: BoxesGolden.self).forms
    for (index, corners) in forms.corners.enumerated() {
      let box = Box(golden: corners)
      let center = CenterBox(box)
      #expect(
        [center.x, center.y, center.width, center.height].map(Double.init) == forms.centers[index])
      #expect(
        box.clipped(width: forms.clipWidth, height: forms.clipHeight)
          == Box(golden: forms.clipped[index]))
    }
  }

  @Test func `clipping stops at the sides themselves, not one pixel before`() {
    #expect(Box(-5, -5, 20, 20).clipped(width: 100, height: 50) == Box(0, 0, 20, 20))
    #expect(Box(90, 40, 130, 70).clipped(width: 100, height: 50) == Box(90, 40, 100, 50))
  }

  @Test func `a box outside the picture is clipped to nothing`() {
    let clipped = Box(120, 10, 130, 20).clipped(width: 100, height: 50)
    #expect(clipped == Box(100, 10, 100, 20))
    #expect(!clipped.hasArea)
  }

  @Test func `fractions of the sides scale to pixels`() {
    #expect(Box(0.25, 0.5, 0.75, 1).scaled(x: 200, y: 100) == Box(50, 50, 150, 100))
  }

  @Test(arguments: [
    Box(3, 3, 3, 9), Box(3, 3, 9, 3), Box(8, 8, 2, 2), Box(2, 8, 8, 2), Box(.nan, 0, 4, 4),
    Box(0, 0, 4, .nan),
  ])
  func `empty, inside-out and NaN boxes have no area`(box: Box) {
    #expect(!box.hasArea)
  }
}

struct BoxesGolden: Decodable {
  struct Forms: Decodable {
    var corners, centers, clipped: [[Double]]
    var clipWidth, clipHeight: Float
  }
  struct Overlaps: Decodable {
    var name: String
    var rows, columns: [[Double?]]
    var overlaps: [[Double?]]
  }
  struct Coded: Decodable {
    var encoded, decoded: [[Double]]
  }
  struct Offsets: Decodable {
    var anchors, boxes, deltas: [[Double]]
    var regionHead, regionProposal: Coded
  }
  struct Suppression: Decodable {
    var name: String
    var boxes: [[Double?]]
    var scores: [Float]
    var classes: [Int]?
    var threshold: Float
    var kept: [Int]
  }
  var forms: Forms
  var overlaps: [Overlaps]
  var offsets: Offsets
  var suppressions: [Suppression]
}
