import Detection
import Testing

struct MaskOverlapTests {
  // Both divide the same two whole numbers in double, so equality is asked for.
  @Test func `overlaps agree with pycocotools`() throws {
    for pair in try golden("detection_masks", as: MasksGolden.self).pairs {
      #expect(intersectionOverUnion(pair.first.mask, pair.second.mask) == pair.overlap)
      #expect(shareInside(pair.first.mask, crowd: pair.second.mask) == pair.shareInside)
    }
  }

  @Test func `a detection inside a crowd overlaps it fully`() {
    let crowd = Mask(width: 2, height: 2, bits: [true, true, true, true])
    let one = Mask(width: 2, height: 2, bits: [true, false, false, false])
    #expect(shareInside(one, crowd: crowd) == 1)
    #expect(intersectionOverUnion(one, crowd) == 0.25)
  }

  @Test func `empty masks share nothing`() {
    let empty = Mask(width: 2, height: 2)
    #expect(intersectionOverUnion(empty, empty) == 0)
    #expect(shareInside(empty, crowd: empty) == 0)
  }
}
