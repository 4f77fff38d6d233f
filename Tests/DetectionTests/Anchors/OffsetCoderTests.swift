import Detection
import Testing

struct OffsetCoderTests {
  // Float through a subtraction, a division and a logarithm or exponential.
  private let relativeTolerance = 1e-5
  private let absoluteTolerance = 1e-5

  @Test func `three anchors of the dog and the cat`() {
    let expected: [(anchor: Int, truth: Box, offset: [Double])] = [
      (1, DogAndCat.dog, [1.3999999, 9.9999990, 2.5939717, 7.1754241]),
      (2, DogAndCat.cat, [-1.1999989, 0.2688176, 1.6823640, -1.5654519]),
      (4, DogAndCat.cat, [-0.5714280, -1.0000001, 0.0000042, 0.6258204]),
    ]
    for (anchor, truth, offset) in expected {
      // 2e-6: the fourth number is mostly the rounding of two sides that ought to be equal.
      expectClose(
        OffsetCoder.multibox.offset(of: truth, from: DogAndCat.anchors[anchor]).parts, offset,
        absolute: 2e-6, relative: relativeTolerance)
    }
  }

  @Test func `decoding leads back to the box`() {
    let anchor = DogAndCat.anchors[1]
    let offset = OffsetCoder.multibox.offset(of: DogAndCat.dog, from: anchor)
    expectClose(
      OffsetCoder.multibox.box(offset, from: anchor).corners,
      [0.0999999, 0.0799999, 0.5200001, 0.9200001], absolute: 1e-6)
  }

  @Test func `epsilon keeps the logarithm of a box without sides finite`() {
    let point = Box(0.5, 0.5, 0.5, 0.5)
    let anchor = Box(0, 0, 1, 1)
    expectClose(
      OffsetCoder.multibox.offset(of: point, from: anchor).parts, [0, 0, -69.0775528, -69.0775528],
      relative: 1e-6)
    #expect(OffsetCoder.regionHead.offset(of: point, from: anchor).width == -.infinity)
  }

  @Test func `weights multiply the plain offset`() {
    let (anchor, truth) = (Box(10, 10, 50, 30), Box(14, 12, 44, 36))
    expectClose(
      OffsetCoder.regionProposal.offset(of: truth, from: anchor).parts,
      [-0.025, 0.2, -0.2876821, 0.1823216], absolute: 1e-6)
    expectClose(
      OffsetCoder.regionHead.offset(of: truth, from: anchor).parts,
      [-0.25, 2, -1.4384104, 0.9116080], absolute: 1e-6)
  }

  @Test func `a side grows by 1000 over 16 at most, and shrinks without limit`() {
    let anchor = Box(10, 10, 50, 30)
    let grown = OffsetCoder.regionProposal.box(
      BoxOffset(x: 0, y: 0, width: 10, height: 10), from: anchor)
    expectClose(grown.corners, [-1220, -605, 1280, 645], relative: relativeTolerance)
    let shrunk = OffsetCoder.regionProposal.box(
      BoxOffset(x: 0, y: 0, width: -10, height: -10), from: anchor)
    expectClose([shrunk.width], [0.001816], absolute: 1e-5)
    let unlimited = OffsetCoder.multibox.box(
      BoxOffset(x: 0, y: 0, width: 50, height: 0), from: anchor)
    expectClose([unlimited.width], [881_058.6], relative: relativeTolerance)
  }

  @Test func `random boxes agree with torchvision both ways`() throws {
    let offsets = try golden("detection_boxes", as: BoxesGolden.self).offsets
    for (coder, expected) in [
      (OffsetCoder.regionHead, offsets.regionHead),
      (OffsetCoder.regionProposal, offsets.regionProposal),
    ] {
      for (index, corners) in offsets.anchors.enumerated() {
        let anchor = Box(golden: corners)
        expectClose(
          coder.offset(of: Box(golden: offsets.boxes[index]), from: anchor).parts,
          expected.encoded[index], absolute: absoluteTolerance, relative: relativeTolerance)
        let delta = offsets.deltas[index].map(Float.init)
        expectClose(
          coder.box(
            BoxOffset(x: delta[0], y: delta[1], width: delta[2], height: delta[3]), from: anchor
          ).corners,
          expected.decoded[index], absolute: absoluteTolerance, relative: relativeTolerance)
      }
    }
  }
}
