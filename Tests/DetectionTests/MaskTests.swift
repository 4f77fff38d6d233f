import Detection
import Testing

struct MaskTests {
  @Test func `areas and boxes agree with pycocotools`() throws {
    for vector in try golden("detection_masks", as: MasksGolden.self).masks {
      let box = vector.mask.boundingBox
      #expect(vector.mask.area == vector.area)
      #expect(
        [box?.x0 ?? 0, box?.y0 ?? 0, box?.width ?? 0, box?.height ?? 0] == vector.boundingBox)
    }
  }

  @Test func `a mask without pixels has no box`() {
    #expect(Mask(width: 3, height: 2).boundingBox == nil)
    #expect(Mask(width: 0, height: 0).boundingBox == nil)
  }

  @Test func `the box of one pixel is one pixel wide`() {
    var mask = Mask(width: 5, height: 4)
    mask[3, 2] = true
    #expect(mask.boundingBox == Box(3, 2, 4, 3))
    #expect(mask.bits[2 * 5 + 3])
  }

  @Test func `the intersection holds the pixels of both`() {
    let left = Mask(width: 2, height: 2, bits: [true, false, true, false])
    let top = Mask(width: 2, height: 2, bits: [true, true, false, false])
    #expect(left.intersection(top).bits == [true, false, false, false])
    #expect(left.sharedArea(with: top) == 1)
  }
}

struct MasksGolden: Decodable {
  struct Described: Decodable {
    var width, height: Int
    var bits: String
    var area: Int
    /// x, y, width, height; zeros for an empty mask.
    var boundingBox: [Float]
    var counts: [Int]
    var compressed: String

    var mask: Mask { Mask(width: width, height: height, bits: bits.map { $0 == "#" }) }
  }
  struct Pair: Decodable {
    var first, second: Described
    var overlap, shareInside: Double
  }
  var masks: [Described]
  var pairs: [Pair]
}
