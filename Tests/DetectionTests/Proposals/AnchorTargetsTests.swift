import Detection
import Tensors
import Testing

struct AnchorTargetsTests {
  private var generator = SplitMix64(seed: 1)

  @Test mutating func `a picture without objects trains background alone`() {
    let anchors = (0..<40).map { Box(Float($0), 0, Float($0) + 10, 10) }
    let targets = AnchorTargets(anchors: anchors, groundTruths: [], count: 16, using: &generator)
    #expect(targets.sample.positives.isEmpty && targets.offsets.isEmpty)
    #expect(targets.sample.negatives.count == 16)
  }

  @Test mutating func `without anchors there is nothing to train`() {
    let targets = AnchorTargets(anchors: [], groundTruths: [Box(0, 0, 9, 9)], using: &generator)
    #expect(targets.sample.positives.isEmpty && targets.sample.negatives.isEmpty)
  }

  @Test mutating func `an object that no anchor covers well still trains its best one`() {
    let anchors = [Box(0, 0, 10, 10), Box(50, 50, 60, 60)]
    let object = Box(8, 8, 20, 20)
    let targets = AnchorTargets(anchors: anchors, groundTruths: [object], using: &generator)
    #expect(targets.sample.positives == [0] && targets.sample.negatives == [1])
    #expect(OffsetCoder.regionProposal.box(targets.offsets[0], from: anchors[0]) == object)
  }

  @Test mutating func `an object of one pixel, and one outside of every anchor, are borne`() {
    let anchors = [Box(0, 0, 16, 16), Box(16, 0, 32, 16)]
    let targets = AnchorTargets(
      anchors: anchors, groundTruths: [Box(3, 4, 4, 5), Box(99, 99, 110, 110)], using: &generator)
    #expect(targets.sample.positives == [0])
    #expect(targets.offsets.count == 1)
    #expect(targets.offsets.flatMap(\.parts).allSatisfy { $0.isFinite })
  }

  @Test mutating func `labels and offsets are torchvision's`() throws {
    for vector in try golden("detection_proposals", as: ProposalsGolden.self).anchors {
      let anchors = vector.anchors.map { Box(golden: $0) }
      let targets = AnchorTargets(
        anchors: anchors, groundTruths: vector.objects.map { Box(golden: $0) },
        count: 2 * anchors.count, positiveShare: 0.5, using: &generator)
      let indices = vector.labels.indices
      #expect(targets.sample.positives == indices.filter { vector.labels[$0] == 1 })
      #expect(targets.sample.negatives == indices.filter { vector.labels[$0] == 0 })
      #expect(targets.offsets.count == vector.offsets.count)
      expectClose(
        targets.offsets.flatMap(\.parts), vector.offsets.joined().map { $0 },
        absolute: ProposalsGolden.offsetTolerance)
    }
  }
}
