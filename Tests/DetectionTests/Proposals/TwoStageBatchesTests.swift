import Detection
import Tensors
import TestSupport
import Testing

struct TwoStageBatchesTests {
  private var random = SplitMix64(seed: 5)
  private let anchors = (0..<6).map { Box(Float(8 * $0), 4, Float(8 * $0 + 12), 20) }

  @Test mutating func `a batch's proposals are those of its pictures`() {
    let logits = Tensor.normal([3, 6], using: &random)
    let offsets = Tensor.normal([3, 6, 4], using: &random) * 0.2
    let filter = ProposalFilter(candidateLimit: 5, proposalLimit: 3)
    let batch = filter.proposals(
      anchors: anchors, logits: logits, offsets: offsets, height: 24, width: 40)
    let alone = (0..<3).map { picture in
      filter(
        anchors: anchors, logits: logits.scalars[6 * picture..<6 * (picture + 1)],
        offsets: offsets.scalars[24 * picture..<24 * (picture + 1)], height: 24, width: 40)
    }
    #expect(batch == alone)
    #expect(batch.joined().count > 3)
  }

  @Test mutating func `a batch's detections are those of its pictures, empty ones too`() {
    let regions = [Array(anchors[..<4]), [], Array(anchors[4...])]
    let logits = Tensor.normal([6, 3], using: &random)
    let offsets = Tensor.normal([6, 2, 4], using: &random) * 0.2
    let batch = regionDetections(
      regions: regions, logits: logits, offsets: offsets, height: 24, width: 60)
    let probabilities = logits.softmax.scalars
    let alone = [
      regionDetections(
        regions: regions[0], probabilities: probabilities[..<12], offsets: offsets.scalars[..<32],
        height: 24, width: 60),
      [],
      regionDetections(
        regions: regions[2], probabilities: probabilities[12...], offsets: offsets.scalars[32...],
        height: 24, width: 60),
    ]
    #expect(batch == alone)
    #expect(batch.map { !$0.isEmpty } == [true, false, true])
  }

  @Test func `regions know their picture`() {
    let found = regions([[anchors[0]], [], [anchors[1], anchors[2]]])
    #expect(found.map(\.picture) == [0, 2, 2])
    #expect(found.map(\.box) == Array(anchors[..<3]))
  }

  @Test func `offsets are rows`() {
    let rows = Tensor([
      BoxOffset(x: 1, y: 2, width: 3, height: 4), BoxOffset(x: 5, y: 6, width: 7, height: 8),
    ])
    #expect(rows.shape == [2, 4])
    #expect(rows.scalars == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(Tensor([BoxOffset]()).shape == [0, 4])
  }
}
