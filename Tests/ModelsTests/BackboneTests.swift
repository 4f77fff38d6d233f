import Layers
import Models
import Tensors
import Testing

struct BackboneTests {
  private let model: Backbone

  init() {
    var random = SplitMix64(seed: 1)
    model = Backbone(using: &random)
  }

  @Test func `a map has an eighth of the picture's sides, rounded up`() {
    #expect(model(.zeros([2, 3, 128, 128])).shape == [2, 128, 16, 16])
    #expect(model(.zeros([1, 3, 65, 24])).shape == [1, 128, 9, 3])
  }

  @Test func `the map halfway has a quarter of the sides, and the last one is the result`() {
    var random = SplitMix64(seed: 3)
    let pictures = Tensor.uniform([2, 3, 64, 32], in: 0..<255, using: &random)
    let (middle, last) = model.maps(pictures)
    #expect(middle.shape == [2, Backbone.middleChannels, 16, 8])
    #expect(last.scalars == model(pictures).scalars)
    #expect(last.scalars == model.blocks(model.stem((pictures - 127) * (1 / 64))).scalars)
  }

  @Test func `parameters are named by their way through the network`() {
    let paths = parameters(of: model).map(\.path)
    #expect(paths.count == 33)
    #expect(paths.first == "stem.layers.0.weight")
    #expect(paths.contains("blocks.layers.1.shortcut.layers.0.weight"))
    #expect(paths.last == "blocks.layers.3.body.layers.4.shift")
    // By hand: the stem, then each block's convolutions, scales, shifts and shortcut.
    #expect(parameterCount(of: model) == 928 + 18_560 + 57_728 + 230_144 + 295_424)
  }

  @Test func `the first map of noise has neither vanished nor grown without bounds`() {
    var random = SplitMix64(seed: 2)
    let noise = Tensor.uniform([4, 3, 64, 64], in: 0..<255, using: &random)
    let map = training { model(noise) }.scalars
    let mean = map.reduce(0, +) / Float(map.count)
    #expect(0.1 < mean && mean < 10)
  }
}
