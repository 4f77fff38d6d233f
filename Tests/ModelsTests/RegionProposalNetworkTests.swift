import Detection
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct RegionProposalNetworkTests {
  private var random = SplitMix64(seed: 1)

  @Test mutating func `logits and offsets are torchvision's, in its order`() throws {
    let golden = try RegionNetworkGoldens().proposalNetwork
    let network = RegionProposalNetwork(channels: 6, anchorsPerCell: 3, using: &random)
    golden.copyWeights(to: network)
    let (logits, offsets) = network.predictions(golden.input.tensor)
    // 54 products of up to 3, then 6 of up to 4.
    let tolerance = Tolerance.dot(count: 60, magnitude: 4)
    expectClose(logits, golden.logits, tolerance)
    expectClose(offsets, golden.offsets, tolerance)
  }

  @Test mutating func `the numbers of an anchor stand where the generator puts the anchor`() {
    let generator = AnchorGenerator(sizes: [8, 16], heightOverWidth: [1])
    let network = RegionProposalNetwork(channels: 1, anchorsPerCell: 2, using: &random)
    // Objectness is the map itself for the smaller anchor, and 0 for the larger.
    for named in parameters(of: network) {
      named.parameter.value = .zeros(named.parameter.shape)
    }
    network.hidden.weight.value = Tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], shape: [1, 1, 3, 3])
    network.objectness.weight.value = Tensor([1, 0], shape: [2, 1, 1, 1])
    let logits = network(Tensor([0, 0, 0, 0, 0, 5], shape: [1, 1, 2, 3])).scalars
    let anchors = generator.anchors(mapHeight: 2, mapWidth: 3, strideY: 10, strideX: 10)
    #expect(logits.count == anchors.count)
    #expect(logits.firstIndex(of: 5) == anchors.firstIndex(of: Box(16, 6, 24, 14)))
  }

  @Test mutating func `fresh, it says about nothing about everything`() {
    let network = RegionProposalNetwork(channels: 16, anchorsPerCell: 3, using: &random)
    let map = Tensor.uniform([1, 16, 8, 8], in: 0..<2, using: &random)
    let (logits, offsets) = network.predictions(map)
    #expect((logits.scalars + offsets.scalars).allSatisfy { $0.magnitude < 0.5 })
  }
}
