import Detection
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct RegionHeadTests {
  private var random = SplitMix64(seed: 1)

  @Test mutating func `logits and offsets are torchvision's`() throws {
    let golden = try RegionNetworkGoldens().regionHead
    let head = RegionHead(channels: 4, cells: 2, hidden: 10, classes: 3, using: &random)
    golden.copyWeights(to: head)
    let (logits, offsets) = head.predictions(golden.input.tensor)
    // Sums of 16, 10 and 10 products of up to 4.
    let tolerance = Tolerance.dot(count: 36, magnitude: 4)
    expectClose(logits, golden.logits, tolerance)
    expectClose(offsets, golden.offsets, tolerance)
  }

  @Test mutating func `without regions there are no predictions, and gradients of zeros`() {
    let head = RegionHead(channels: 4, cells: 2, hidden: 10, classes: 3, using: &random)
    training {
      let (logits, offsets) = head.predictions(.zeros([0, 4, 2, 2]))
      #expect(logits.shape == [0, 4])
      #expect(offsets.shape == [0, 3, 4])
      (logits.sum() + offsets.sum()).backward()
    }
    #expect(
      parameters(of: head).allSatisfy {
        $0.parameter.gradient?.scalars.allSatisfy { $0 == 0 } ?? true
      })
  }

  @Test mutating func `where no proposal survives, nothing is found and nothing breaks`() {
    let head = RegionHead(channels: 4, cells: 2, hidden: 10, classes: 3, using: &random)
    let map = Tensor.uniform([2, 4, 5, 5], in: 0..<1, using: &random)
    let regions = roiAlign(map, [], height: 2, width: 2, cellsPerPixel: 1 / 8)
    let (logits, offsets) = head.predictions(regions)
    #expect(meanCrossEntropy(logits, []).scalar == 0)
    let found = regionDetections(
      regions: [], probabilities: logits.softmax.scalars, offsets: offsets.scalars, height: 40,
      width: 40)
    #expect(found.isEmpty)
  }

  @Test mutating func `its numbers are counted by hand`() {
    let head = RegionHead(channels: 128, classes: 5, using: &random)
    #expect(
      parameterCount(of: head)
        == 128 * 49 * 256 + 256 + 256 * 256 + 256 + 256 * 6 + 6 + 256 * 20 + 20)
  }
}
