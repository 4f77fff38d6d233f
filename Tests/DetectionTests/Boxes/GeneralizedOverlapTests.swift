import Detection
import Testing

struct GeneralizedOverlapTests {
  // Float against double: a few quotients and a square of two arctangents.
  private let roundingOfFloat = 2e-6

  @Test func `two boxes that meet`() {
    let (a, b) = (Box(10, 10, 50, 30), Box(14, 12, 44, 36))
    expectClose(
      [
        intersectionOverUnion(a, b), GeneralizedOverlap.giou(a, b), GeneralizedOverlap.diou(a, b),
        GeneralizedOverlap.ciou(a, b),
      ], [0.5510204, 0.4933281, 0.5435511, 0.5428528], absolute: roundingOfFloat)
  }

  @Test func `two boxes apart have a negative overlap`() {
    let (a, b) = (Box(0, 0, 1, 1), Box(2, 0, 3, 1))
    expectClose([GeneralizedOverlap.giou(a, b)], [-1.0 / 3], absolute: roundingOfFloat)
    #expect(GeneralizedOverlap.diou(a, b) < 0)
  }

  @Test func `a box overlaps itself entirely by every measure`() {
    let box = Box(1, 2, 5, 4)
    #expect(GeneralizedOverlap.giou(box, box) == 1)
    #expect(GeneralizedOverlap.diou(box, box) == 1)
    #expect(GeneralizedOverlap.ciou(box, box) == 1)
  }

  @Test func `NaN in a box is NaN in every measure`() {
    let (a, b) = (Box(.nan, 0, 1, 1), Box(0, 0, 1, 1))
    for value in [
      GeneralizedOverlap.giou(a, b), GeneralizedOverlap.giou(b, a), GeneralizedOverlap.diou(a, b),
      GeneralizedOverlap.ciou(a, b),
    ] { #expect(value.isNaN) }
  }

  @Test func `random boxes agree with torchvision`() throws {
    for vector in try golden("detection_boxes", as: BoxesGolden.self).pairs {
      let pairs = zip(vector.rows.map(Box.init(golden:)), vector.columns.map(Box.init(golden:)))
      expectClose(
        pairs.map(GeneralizedOverlap.giou), vector.generalized, absolute: roundingOfFloat)
      expectClose(pairs.map(GeneralizedOverlap.diou), vector.distance, absolute: roundingOfFloat)
      expectClose(pairs.map(GeneralizedOverlap.ciou), vector.complete, absolute: roundingOfFloat)
    }
  }
}
