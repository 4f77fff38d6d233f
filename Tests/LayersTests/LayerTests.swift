import Layers
import Tensors
import TestSupport
import Testing

struct LayerTests {
  private let map = Tensor((0..<24).map { Float(($0 * 7) % 24) }, shape: [1, 2, 3, 4])

  @Test func `a global pooling gives the largest value of each channel`() {
    let result = GlobalMaxPool2D()(map)
    #expect(result.shape == [1, 2, 1, 1])
    #expect(result.scalars == [map.scalars[..<12].max()!, map.scalars[12...].max()!])
  }

  @Test func `windows of a pooling touch without overlap`() {
    #expect(MaxPool2D(2)(map).shape == [1, 2, 1, 2])
    #expect(MaxPool2D(3, stride: 1, padding: 1)(map).shape == map.shape)
  }

  @Test func `running statistics gather the unbiased variance`() {
    let norm = BatchNorm2D(2, newStatisticShare: 0.25)
    _ = training { norm(map) }
    let channels = [map.scalars[..<12], map.scalars[12...]].map { $0.map(Double.init) }
    for (channel, values) in channels.enumerated() {
      let mean = values.reduce(0, +) / 12
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
      let (foundMean, foundVariance) = (
        Double(norm.runningMean.value.scalars[channel]),
        Double(norm.runningVariance.value.scalars[channel])
      )
      #expect(Tolerance.normalised.allows(foundMean, 0.25 * mean))
      #expect(Tolerance.normalised.allows(foundVariance, 0.75 + 0.25 * variance))
    }
  }

  @Test func `inference leaves running statistics alone`() {
    let norm = BatchNorm2D(2)
    _ = norm(map)
    #expect(norm.runningMean.value.scalars == [0, 0])
    #expect(norm.runningVariance.value.scalars == [1, 1])
  }

  @Test func `layers describe themselves`() {
    var generator = SplitMix64(seed: 1)
    let model = Sequential(
      Conv2D(3, 8, kernel: 3, stride: 2, padding: 1, using: &generator), BatchNorm2D(8), ReLU(),
      Sequential(MaxPool2D(2), GlobalMaxPool2D()))
    #expect(
      "\(model)" == """
        Sequential(
          Conv2D(3 → 8, 3×3, stride 2, padding 1)
          BatchNorm2D(8)
          ReLU()
          Sequential(
            MaxPool2D(2, stride 2)
            GlobalMaxPool2D()
          )
        )
        """)
  }
}
