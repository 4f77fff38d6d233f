import Layers
import Models
import Tensors
import Testing

struct TinySSDTests {
  @Test func `five maps, each half as large as the one before, and one cell`() {
    let maps = TinySSD.maps(height: 256, width: 128)
    #expect(maps.map(\.rows) == [32, 16, 8, 4, 1])
    #expect(maps.map(\.columns) == [16, 8, 4, 2, 1])
  }

  @Test func `the detector of one class has d2l's numbers of weights, anchors and predictions`() {
    var random = SplitMix64(seed: 1)
    let model = TinySSD(classes: 1, using: &random)
    #expect(parameterCount(of: model) == 1_010_376)
    #expect(TinySSD.anchors(height: 256, width: 256).count == 5444)
    let predictions = model.predictions(.zeros([2, 3, 256, 256]))
    #expect(predictions.classLogits.shape == [2, 5444, 2])
    #expect(predictions.boxOffsets.shape == [2, 21776])
  }
}
