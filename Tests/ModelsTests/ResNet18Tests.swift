import Layers
import Models
import Tensors
import Testing

struct ResNet18Tests {
  @Test func `it has as many parameters as torchvision's resnet18`() {
    var random = SplitMix64(seed: 0)
    #expect(parameterCount(of: ResNet18(classes: 1000, using: &random)) == 11_689_512)
  }

  @Test func `a picture of odd sides has a score for each class`() {
    var random = SplitMix64(seed: 0)
    let model = ResNet18(classes: 7, using: &random)
    let scores = model(.uniform([2, 3, 65, 33], in: 0..<1, using: &random))
    #expect(scores.shape == [2, 7])
    #expect(scores.scalars.allSatisfy { $0.isFinite })
  }
}
