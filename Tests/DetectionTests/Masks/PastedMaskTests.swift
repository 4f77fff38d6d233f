import Detection
import Testing

struct PastedMaskTests {
  /// The map of the two worked examples.
  private let map: [Float] = [0, 1, 0.5, 1]
  /// Four products and three sums of numbers up to 1 in Float.
  private let tolerance = 2e-6

  @Test func `a map is stretched over its box, with a soft edge around it`() {
    let pasted = pastedMask(map, side: 2, box: Box(1, 1, 4, 4), height: 6, width: 6)
    let expected: [Double] = [
      0, 0, 0, 0, 0, 0,
      0, 0, 0.0833334, 0.4166667, 0.25, 0,
      0, 0.0416667, 0.2361112, 0.8472223, 0.5, 0,
      0, 0.2083333, 0.5138890, 0.9027779, 0.5, 0,
      0, 0.125, 0.2916667, 0.4583333, 0.25, 0,
      0, 0, 0, 0, 0, 0,
    ]
    expectClose(pasted, expected, absolute: tolerance)
  }

  @Test func `what reaches out of the picture is cut off`() {
    let pasted = pastedMask(map, side: 2, box: Box(-1, 3, 2, 7), height: 6, width: 6)
    expectClose(
      Array(pasted[12..<18]), [0.0277778, 0.1388889, 0.0833333, 0, 0, 0], absolute: tolerance)
    expectClose(
      Array(pasted[30..<36]), [0.3750001, 0.8750000, 0.5, 0, 0, 0], absolute: tolerance)
  }

  @Test func `a box outside of the picture, and one of NaN, leave it empty`() {
    for box in [Box(-90, -90, -50, -50), Box(80, 0, 90, 5), Box(.nan, 0, 1, 1)] {
      let pasted = pastedMask(map, side: 2, box: box, height: 4, width: 5)
      #expect(pasted == [Float](repeating: 0, count: 20))
    }
  }

  @Test func `a box of one pixel marks one`() {
    let pasted = pastedMask([1], side: 1, box: Box(2.4, 1.4, 2.6, 1.6), height: 4, width: 5)
    #expect(pasted.count { $0 > 0 } == 1 && pasted[1 * 5 + 2] == 1)
  }

  @Test func `random maps and boxes agree with torchvision`() throws {
    for vector in try golden("detection_pasted_masks", as: PastedMasksGolden.self).cases {
      let pasted = pastedMask(
        vector.probabilities, side: vector.side, box: Box(golden: vector.box),
        height: vector.height, width: vector.width)
      expectClose(pasted, vector.pasted, absolute: tolerance)
    }
  }
}

struct PastedMasksGolden: Decodable {
  struct Case: Decodable {
    var side, height, width: Int
    var probabilities: [Float]
    var box: [Double?]
    var pasted: [Double]
  }
  var cases: [Case]
}
