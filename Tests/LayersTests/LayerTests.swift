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

  @Test func `a mean of channels, of parts, and of windows`() {
    #expect(AdaptiveAveragePool2D()(map).shape == [1, 2, 1, 1])
    #expect(AdaptiveAveragePool2D(rows: 2, columns: 3)(map).shape == [1, 2, 2, 3])
    let ones = Tensor.ones([1, 2, 4, 4])
    #expect(AveragePool2D(2)(ones).scalars == Array(repeating: 1, count: 8))
  }

  @Test func `layers that change the shape`() {
    #expect(Flatten()(map).shape == [1, 24])
    #expect(Flatten()(.zeros([0, 2, 3])).shape == [0, 6])
    #expect(Upsample2D(2)(map).shape == [1, 2, 6, 8])
    #expect(Upsample2D(3, .bilinear)(map).shape == [1, 2, 9, 12])
    var generator = SplitMix64(seed: 1)
    let doubling = TransposedConv2D(2, 5, kernel: 2, stride: 2, using: &generator)
    #expect(doubling(map).shape == [1, 5, 6, 8])
    #expect(Linear(4, 7, using: &generator)(map).shape == [1, 2, 3, 7])
    let grouped = Conv2D(2, 6, kernel: 3, padding: 1, groups: 2, using: &generator)
    #expect(grouped.weight.shape == [6, 1, 3, 3] && grouped(map).shape == [1, 6, 3, 4])
  }

  @Test func `layers of one function of each element`() {
    let input = Tensor([-2, 3], shape: [2])
    #expect(LeakyReLU(slope: 0.5)(input).scalars == [-1, 3])
    #expect(Sigmoid()(input).scalars == input.sigmoid.scalars)
    #expect(Tanh()(input).scalars == input.tanh.scalars)
  }

  @Test func `dropout drops while training only, and differently each time`() {
    var generator = SplitMix64(seed: 1)
    let (layer, ones) = (Dropout(0.5, using: &generator), Tensor.ones([64]))
    #expect(layer(ones).scalars == ones.scalars)
    let (first, second) = training { (layer(ones).scalars, layer(ones).scalars) }
    #expect(Set(first) == [0, 2] && first != second)
  }

  @Test func `a frozen normalisation does not change in training`() {
    let norm = BatchNorm2D(2)
    norm.isFrozen = true
    norm.runningMean.value = Tensor([1, 2], shape: [2])
    let used = norm(map)
    let input = Parameter(map)
    training {
      let trained = norm(input.value)
      #expect(trained.scalars == used.scalars)
      trained.sum().backward()
    }
    #expect(input.gradient != nil)
    #expect(norm.scale.gradient == nil && norm.shift.gradient == nil)
    #expect(norm.runningMean.value.scalars == [1, 2])
  }

  @Test func `a batch of no pictures leaves running statistics alone`() {
    let norm = BatchNorm2D(2)
    #expect(training { norm(.zeros([0, 2, 3, 4])) }.shape == [0, 2, 3, 4])
    #expect(norm.runningMean.value.scalars == [0, 0])
    #expect(norm.runningVariance.value.scalars == [1, 1])
  }

  @Test func `a whole network takes a batch of no pictures`() {
    var generator = SplitMix64(seed: 1)
    let model = Sequential(
      ResidualBlock(3, 8, stride: 2, using: &generator), GroupNorm(groups: 2, 8), MaxPool2D(2),
      AdaptiveAveragePool2D(), Flatten(), Dropout(0.5, using: &generator),
      Linear(8, 4, using: &generator))
    #expect(model(.zeros([0, 3, 8, 8])).shape == [0, 4])
    training { meanCrossEntropy(model(.zeros([0, 3, 8, 8])), []).backward() }
    for named in parameters(of: model) {
      #expect(
        named.parameter.gradient?.scalars.allSatisfy { $0 == 0 } == true, "\(named.path)")
    }
  }

  @Test func `layers describe themselves`() {
    var generator = SplitMix64(seed: 1)
    let model = Sequential(
      Conv2D(3, 8, kernel: 3, stride: 2, padding: 1, using: &generator), BatchNorm2D(8), ReLU(),
      Sequential(MaxPool2D(2), GlobalMaxPool2D()),
      ResidualBlock(8, 8, using: &generator), GroupNorm(groups: 2, 8), LeakyReLU(slope: 0.1),
      TransposedConv2D(8, 4, kernel: 2, stride: 2, using: &generator), Upsample2D(2, .bilinear),
      Conv2D(4, 4, kernel: 1, groups: 2, using: &generator), AveragePool2D(2),
      AdaptiveAveragePool2D(), Flatten(), Dropout(0.5, using: &generator),
      Linear(4, 2, using: &generator), Sigmoid(), Tanh())
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
          ResidualBlock(
            body: Sequential(
              Conv2D(8 → 8, 3×3, padding 1)
              BatchNorm2D(8)
              ReLU()
              Conv2D(8 → 8, 3×3, padding 1)
              BatchNorm2D(8)
            )
          )
          GroupNorm(groups 2, 8)
          LeakyReLU(slope 0.1)
          TransposedConv2D(8 → 4, 2×2, stride 2)
          Upsample2D(2, bilinear)
          Conv2D(4 → 4, 1×1, groups 2)
          AveragePool2D(2, stride 2)
          AdaptiveAveragePool2D(1×1)
          Flatten()
          Dropout(0.5)
          Linear(4 → 2)
          Sigmoid()
          Tanh()
        )
        """)
  }
}
