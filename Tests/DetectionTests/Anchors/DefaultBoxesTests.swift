import Detection
import Testing

struct DefaultBoxesTests {
  // Sides are rounded once from double; centres are one division in Float.
  private let roundingOfFloat = 1e-7

  @Test func `SSD300 has 8732 boxes, torchvision's`() throws {
    let boxes = defaultBoxes(DefaultBoxLevel.ssd300, pictureHeight: 300, pictureWidth: 300)
    let expected = try golden("detection_anchors", as: AnchorsGolden.self).ssd300
    #expect(boxes.count == 8732)
    #expect(boxes.count == expected.count)
    expect(Array(boxes.prefix(4)), expected.first)
    expect(Array(boxes.suffix(4)), expected.last)
    expect(stride(from: 0, to: boxes.count, by: 97).map { boxes[$0] }, expected.every)
  }

  @Test func `SSD300's first and last cell in printed digits`() {
    let boxes = defaultBoxes(DefaultBoxLevel.ssd300, pictureHeight: 300, pictureWidth: 300)
    let half = 0.0133333
    expectClose(
      boxes.prefix(4).flatMap(parts),
      [
        half, half, 0.07, 0.07, half, half, 0.1024695, 0.1024695, half, half, 0.0989949, 0.0494975,
        half, half, 0.0494975, 0.0989949,
      ], absolute: 1e-7)
    expectClose(
      boxes.suffix(4).flatMap(parts),
      [
        0.5, 0.5, 0.87, 0.87, 0.5, 0.5, 0.9557719, 0.9557719, 0.5, 0.5, 1, 0.6151829, 0.5, 0.5,
        0.6151829, 1,
      ], absolute: 1e-7)
  }

  @Test func `random levels on pictures that are not square agree with torchvision`() throws {
    for vector in try golden("detection_anchors", as: AnchorsGolden.self).defaults {
      let levels = vector.maps.indices.map { level in
        DefaultBoxLevel(
          mapHeight: vector.maps[level][0], mapWidth: vector.maps[level][1],
          step: vector.steps[level], scale: vector.scales[level],
          nextScale: vector.scales[level + 1], ratios: vector.ratios[level])
      }
      expect(
        defaultBoxes(levels, pictureHeight: vector.picture[0], pictureWidth: vector.picture[1]),
        vector.boxes)
    }
  }

  @Test func `the paper's six scales`() {
    expectClose(
      levelScales(levels: 6).map(Float.init), [0.2, 0.34, 0.48, 0.62, 0.76, 0.9],
      absolute: roundingOfFloat)
  }

  @Test func `d2l's five levels cut 0.2 to 1.05 evenly, the end left out`() {
    expectClose(
      levelScales(levels: 6, from: 0.2, through: 1.05).dropLast().map(Float.init),
      [0.2, 0.37, 0.54, 0.71, 0.88], absolute: roundingOfFloat)
  }

  private func parts(_ box: CenterBox) -> [Float] { [box.x, box.y, box.width, box.height] }

  private func expect(_ boxes: [CenterBox], _ expected: [[Double]]) {
    expectClose(
      boxes.flatMap(parts), expected.flatMap(\.self), absolute: roundingOfFloat,
      relative: roundingOfFloat)
  }
}
