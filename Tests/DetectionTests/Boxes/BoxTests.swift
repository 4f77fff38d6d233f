import Detection
import Testing

struct BoxTests {
  // Quarters stay exact in Float through sums and products, so equality is asked for.
  @Test func `areas, clipping and the least side agree with torchvision`() throws {
    for vector in try golden("detection_boxes", as: BoxesGolden.self).forms {
      let boxes = vector.corners.map(Box.init(golden:))
      #expect(boxes.map(\.area).map(Double.init) == vector.areas)
      #expect(
        boxes.map { $0.clipped(width: vector.clipWidth, height: vector.clipHeight) }
          == vector.clipped.map(Box.init(golden:)))
      #expect(
        boxes.indices.filter { boxes[$0].bothSidesAtLeast(vector.leastSide) } == vector.largeEnough)
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
    #expect(!box.bothSidesAtLeast(0.001))
  }

  @Test func `a side of just the least length is enough`() {
    #expect(Box(0, 0, 4, 2).bothSidesAtLeast(2))
    #expect(!Box(0, 0, 4, 2).bothSidesAtLeast(2.5))
  }
}
