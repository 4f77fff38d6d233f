import Detection
import Testing

struct IntersectionOverUnionTests {
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

  @Test func `two empty boxes have no overlap that passes a threshold`() {
    let overlap = intersectionOverUnion(Box(1, 1, 1, 1), Box(1, 1, 1, 1))
    #expect(overlap.isNaN && !(overlap >= 0))
  }
}
