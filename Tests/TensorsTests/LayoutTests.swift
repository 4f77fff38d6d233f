import Tensors
import TestSupport
import Testing

/// Blocked and row-major order give one result.
struct LayoutTests {
  /// Channel counts that fill a vector register and that do not, maps of one pixel and more.
  static let shapes: [[Int]] = {
    var generator = SplitMix64(seed: 5)
    let channels = [1, 3, 5, 8, 10, 16, 24, 33]
    let drawn = (0..<17).map { _ in
      [
        .random(in: 1...3, using: &generator), channels.randomElement(using: &generator)!,
        .random(in: 2...9, using: &generator), .random(in: 2...9, using: &generator),
      ]
    }
    return drawn + [[2, 8, 1, 1], [3, 5, 1, 1], [1, 16, 1, 3]]
  }()

  @Test(arguments: shapes)
  func `convolution in blocked and in plain order agree`(shape: [Int]) {
    var generator = SplitMix64(seed: 6)
    let outputs = [4, 7, 16, 32][shape[2] % 4]
    let input = Tensor.normal(shape, using: &generator)
    let weights = Tensor.normal([outputs, shape[1], 3, 3], using: &generator)
    let bias = Tensor.normal([outputs], using: &generator)
    let count = max(shape[1], outputs) * 9 + shape[0] * shape[2] * shape[3]
    expectSame([input, weights, bias], .dot(count: count, magnitude: 4)) {
      convolution($0[0], $0[1], bias: $0[2], padding: [1, 1])
    }
  }

  @Test(arguments: shapes)
  func `a blocked map through pooling and relu agrees with a plain one`(shape: [Int]) {
    var generator = SplitMix64(seed: 7)
    let input = Tensor.normal(shape, using: &generator)
    let weights = Tensor.normal([shape[1], shape[1], 1, 1], using: &generator)
    let kernel = [min(2, shape[2]), min(2, shape[3])]
    let window = Window(kernel: kernel, stride: kernel, padding: [0, 0])
    let count = 2 * shape[1] + shape[0] * shape[2] * shape[3]
    expectSame([input, weights], .dot(count: count, magnitude: 4)) {
      convolution($0[0], $0[1]).relu.maxPooled(window)
    }
    expectSame([input, weights], .dot(count: count, magnitude: 4)) {
      (convolution($0[0], $0[1]) + $0[0]).averagePooled(window)
    }
  }

  @Test(arguments: shapes)
  func `a blocked map through batch normalisation agrees with a plain one`(shape: [Int]) {
    guard shape[0] * shape[2] * shape[3] > 3 else { return }  // too few values to have a variance
    var generator = SplitMix64(seed: 8)
    let input = Tensor.normal(shape, using: &generator)
    let weights = Tensor.normal([shape[1], shape[1], 1, 1], using: &generator)
    let (scale, shift) = (Tensor.ones([shape[1]]), Tensor.zeros([shape[1]]))
    expectSame([input, weights, scale, shift], .normalisedConvolution) {
      batchNorm(convolution($0[0], $0[1]), scale: $0[2], shift: $0[3])
    }
  }

  @Test(arguments: shapes)
  func `a blocked map through a transposed convolution and resizing agrees with a plain one`(
    shape: [Int]
  ) {
    var generator = SplitMix64(seed: 10)
    let input = Tensor.normal(shape, using: &generator)
    let weights = Tensor.normal([shape[1], shape[1], 2, 2], using: &generator)
    let bias = Tensor.normal([shape[1]], using: &generator)
    let count = 8 * shape[1] + 4 * shape[0] * shape[2] * shape[3]
    for interpolation in [Interpolation.nearest, .bilinear] {
      expectSame([input, weights, bias], .dot(count: count, magnitude: 4)) {
        let wide = transposedConvolution($0[0], $0[1], bias: $0[2], stride: [2, 2])
        return wide.resized(rows: 3 * shape[2], columns: shape[3] + 1, interpolation)
      }
    }
  }

  @Test(arguments: shapes)
  func `a frozen normalisation of a blocked map agrees with that of a plain one`(shape: [Int]) {
    var generator = SplitMix64(seed: 11)
    let input = Tensor.normal(shape, using: &generator)
    let weights = Tensor.normal([shape[1], shape[1], 1, 1], using: &generator)
    let statistics = (0..<2).map { _ in
      Tensor.uniform([shape[1]], in: 0.5..<1.5, using: &generator)
    }
    expectSame([input, weights] + statistics, .normalisedConvolution) {
      batchNorm(
        convolution($0[0], $0[1]), scale: $0[2], shift: $0[3], mean: statistics[1],
        variance: statistics[0])
    }
  }

  /// The result and all gradients of `function`, in blocked and in plain order.
  private func expectSame(
    _ inputs: [Tensor], _ tolerance: Tolerance, sourceLocation: SourceLocation = #_sourceLocation,
    _ function: ([Tensor]) -> Tensor
  ) {
    func run() -> (result: Tensor, gradients: [Tensor?]) {
      let parameters = inputs.map { Parameter($0) }
      let result = training { function(parameters.map(\.value)) }
      var generator = SplitMix64(seed: 9)
      result.backward(from: .normal(result.shape, using: &generator))
      return (result, parameters.map(\.gradient))
    }
    let blocked = run()
    let plain = LayoutPolicy.$current.withValue(.plain) { run() }
    expectClose(
      blocked.result, plain.result, tolerance, "result", sourceLocation: sourceLocation)
    for (index, pair) in zip(blocked.gradients, plain.gradients).enumerated() {
      guard let a = pair.0, let b = pair.1 else {
        Issue.record("no gradient of input \(index)", sourceLocation: sourceLocation)
        continue
      }
      expectClose(a, b, tolerance, "gradient \(index)", sourceLocation: sourceLocation)
    }
  }

  @Test func `the elements of a blocked map are given in row-major order`() {
    // A 1×1 convolution by the identity matrix leaves every number in its place.
    let channels = 19
    let numbers = (0..<2 * channels * 6).map(Float.init)
    let identity = (0..<channels * channels).map { $0 % (channels + 1) == 0 ? Float(1) : 0 }
    let map = convolution(
      Tensor(numbers, shape: [2, channels, 2, 3]),
      Tensor(identity, shape: [channels, channels, 1, 1]))
    #expect(map.scalars == numbers)
    #expect(map.permuted([0, 2, 3, 1]).permuted([0, 3, 1, 2]).scalars == numbers)
    let channelsLast = map.permuted([0, 2, 3, 1])
    #expect(channelsLast.shape == [2, 2, 3, channels])
    #expect(Array(channelsLast.scalars.prefix(3)) == [0, 6, 12])
  }

  @Test func `operations read a permuted view as the tensor it shows`() {
    let columns = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).permuted([1, 0])
    #expect(columns.scalars == [1, 4, 2, 5, 3, 6])
    #expect((columns + columns).scalars == [2, 8, 4, 10, 6, 12])
    #expect((columns * Tensor([1, 10], shape: [2])).scalars == [1, 40, 2, 50, 3, 60])
    #expect(columns.relu.scalars == columns.scalars)
    #expect(columns.sum(along: [0]).scalars == [6, 15])
    #expect(columns.reshaped([6]).scalars == [1, 4, 2, 5, 3, 6])
    #expect(columns.slice(1..<3, along: 0).scalars == [2, 5, 3, 6])
    #expect(concatenated([columns, columns], along: 1).scalars[..<4] == [1, 4, 1, 4])
    #expect(columns.picked([1, 0, 1]).scalars == [4, 2, 6])
    #expect((columns - Tensor([1, 4, 2, 5, 3, 6], shape: [3, 2])).scalars == [0, 0, 0, 0, 0, 0])
  }

  @Test func `a view of a view is permuted twice`() {
    let cube = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
    let twice = cube.permuted([2, 0, 1]).permuted([1, 0, 2])  // axes 0, 2, 1 of the cube
    #expect(twice.shape == [2, 4, 3])
    #expect(twice.scalars == cube.permuted([0, 2, 1]).scalars)
    #expect(Array(twice.scalars.prefix(4)) == [0, 4, 8, 1])
  }
}

extension Tolerance {
  /// A convolution of up to 33 products, divided by a deviation that may be a tenth of its values;
  /// the gradients of weights add up to 243 of them.
  fileprivate static let normalisedConvolution = Tolerance(
    "normalised convolution", absolute: 256 * rounding, relative: 64 * rounding)
}
