import Detection
import Testing

struct IntersectionOverUnionTests {
  // Float keeps 24 bits; a quotient of sums of products of quarters is off by a few units at most.
  private let roundingOfFloat = 1e-6

  @Test func `a box overlaps itself entirely`() {
    #expect(intersectionOverUnion(Box(1, 2, 5, 4), Box(1, 2, 5, 4)) == 1)
  }

  @Test func `equal boxes a third of their width apart overlap by half`() {
    #expect(intersectionOverUnion(Box(0, 0, 3, 3), Box(1, 0, 4, 3)) == 0.5)
  }

  @Test func `boxes that only touch do not overlap`() {
    #expect(intersectionOverUnion(Box(0, 0, 1, 1), Box(1, 0, 2, 1)) == 0)
  }

  @Test func `no pixel is added: half of two 10 px boxes gives two sevenths`() {
    let overlap = intersectionOverUnion(Box(10, 10, 20, 20), Box(15, 10, 25, 20))
    #expect(abs(overlap - 1.0 / 3) < 1e-6)
    let inclusive = intersectionOverUnion(Box(10, 10, 19, 19), Box(15, 10, 24, 19))
    #expect(abs(inclusive - 2.0 / 7) < 1e-6)
  }

  @Test func `five anchors with the dog and the cat`() {
    let expected = [
      [0.0536481, 0], [0.1417233, 0], [0, 0.5657238], [0, 0.2058824], [0, 0.7459080],
    ]
    let overlaps = intersectionOverUnion(DogAndCat.anchors, [DogAndCat.dog, DogAndCat.cat])
    // The vectors are printed with seven digits.
    expectClose(overlaps.flatMap(\.self), expected.flatMap(\.self), absolute: 1e-6)
  }

  @Test func `random, degenerate, NaN and no boxes agree with torchvision`() throws {
    for vector in try golden("detection_boxes", as: BoxesGolden.self).overlaps {
      let overlaps = intersectionOverUnion(
        vector.rows.map(Box.init(golden:)), vector.columns.map(Box.init(golden:)))
      #expect(overlaps.count == vector.overlaps.count)
      expectClose(
        overlaps.flatMap(\.self), vector.overlaps.flatMap { $0.map { $0 ?? .nan } },
        absolute: roundingOfFloat, "\(vector.name)")
    }
  }

  @Test func `two empty boxes have no overlap that passes a threshold`() {
    let overlap = intersectionOverUnion(Box(1, 1, 1, 1), Box(1, 1, 1, 1))
    #expect(overlap.isNaN && !(overlap >= 0))
  }
}
