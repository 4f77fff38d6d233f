import Tensors
import TestSupport
import Testing

/// Every differentiable operation against the slope of its own forward pass: agrees with itself
/// where a golden could share a mistake with its reader.
struct GradientTests {
  @Test func `sum, difference, product and quotient`() {
    let (a, b, row) = (normal([3, 4]), positive([3, 4]), positive([4]))
    checkGradient([a, b]) { $0[0] + $0[1] }
    checkGradient([a, row]) { $0[0] - $0[1] }
    checkGradient([a, row]) { $0[0] * $0[1] }
    checkGradient([a, b]) { $0[0] / $0[1] }
    checkGradient([row, b]) { $0[0] / $0[1] }
    checkGradient([a]) { 2 - $0[0] * 3 / 4 + -$0[0] }
  }

  @Test func `matrix products`() {
    checkGradient([normal([3, 4]), normal([4, 5])]) { matmul($0[0], $0[1]) }
    checkGradient([normal([2, 3, 4]), normal([2, 4, 5])]) { matmul($0[0], $0[1]) }
    checkGradient([normal([2, 3, 4]), normal([4, 2])]) { matmul($0[0], $0[1]) }
    checkGradient([normal([3, 4]), normal([3, 5])]) { matmul($0[0].permuted([1, 0]), $0[1]) }
    checkGradient([normal([2, 3, 4]), normal([5, 4]), normal([5])]) {
      linear($0[0], $0[1], bias: $0[2])
    }
  }

  @Test func `functions of one element`() {
    checkGradient([normal([3, 5])]) { $0[0].exponential }
    checkGradient([positive([3, 5])]) { $0[0].logarithm }
    checkGradient([positive([3, 5])]) { $0[0].squareRoot }
    checkGradient([normal([3, 5])]) { $0[0].tanh }
    checkGradient([normal([3, 5])]) { $0[0].sigmoid }
    checkGradient([positive([3, 5])]) { $0[0].power(1.5) }
    checkGradient([positive([3, 5])]) { $0[0].magnitude }
    checkGradient([-positive([3, 5])]) { $0[0].magnitude }
    checkGradient([positive([3, 5])]) { $0[0].relu }
    checkGradient([-positive([3, 5])]) { $0[0].leakyReLU(slope: 0.25) }
    checkGradient([positive([3, 5])]) { $0[0].clamped(to: 0...3) }
    checkGradient([normal([3, 5])]) { $0[0].softplus }
  }

  @Test func `dropout drops the same elements on the way back`() {
    checkGradient([normal([3, 40])]) { inputs in
      var generator = SplitMix64(seed: 5)
      return training { inputs[0].dropout(rate: 0.25, using: &generator) }
    }
  }

  @Test func `reductions`() {
    checkGradient([normal([2, 3, 4])]) { $0[0].sum() }
    checkGradient([normal([2, 3, 4])]) { $0[0].mean() }
    checkGradient([normal([2, 3, 4])]) { $0[0].sum(along: [1]) }
    checkGradient([normal([2, 3, 4])]) { $0[0].mean(along: [0, 2], keepingAxes: true) }
    checkGradient([normal([2, 3, 4])]) { $0[0].variance(along: [0, 2], unbiased: true) }
    checkGradient([spread([2, 3, 4])]) { $0[0].max(along: [1]) }
    checkGradient([spread([2, 3, 4])]) { $0[0].min(along: [0, 2]) }
  }

  @Test func `changes of shape`() {
    checkGradient([normal([2, 3, 4])]) { $0[0].reshaped([6, -1]) }
    checkGradient([normal([2, 3, 4])]) { $0[0].permuted([2, 0, 1]) }
    checkGradient([normal([2, 5, 4])]) { $0[0].slice(1..<3, along: 1) }
    checkGradient([normal([2, 3]), normal([2, 1])]) { concatenated($0, along: 1) }
    checkGradient([normal([2, 3]), normal([2, 3])]) { stacked($0, along: 1) }
    checkGradient([normal([2, 3])]) { $0[0].padded(before: [1, 0], after: [0, 2], with: 3) }
    checkGradient([normal([2, 3, 4])]) { $0[0].flipped(along: [0, 2]) }
    checkGradient([normal([4, 3])]) { $0[0].selected([3, 0, 3, 3], along: 0) }
    checkGradient([normal([2, 3])]) { $0[0].gathered([2, 0, 1, 2, 2, 2, 0, 1], along: 1) }
  }

  @Test func `softmax and picking`() {
    checkGradient([normal([3, 4])]) { $0[0].softmax }
    checkGradient([normal([3, 4])]) { $0[0].logSoftmax }
    checkGradient([normal([3, 4])]) { $0[0].picked([3, 0, 1]) }
  }

  @Test func `convolution, pooling and batch normalisation`() {
    let map = normal([2, 3, 5, 4])
    checkGradient([map, normal([4, 3, 3, 3]), normal([4])]) {
      convolution($0[0], $0[1], bias: $0[2], padding: [1, 1])
    }
    checkGradient([map, normal([4, 1, 3, 3])]) {
      convolution($0[0].slice(0..<2, along: 1), $0[1], dilation: [2, 1], groups: 2)
    }
    checkGradient([map, normal([3, 2, 2, 2]), normal([2])]) {
      transposedConvolution($0[0], $0[1], bias: $0[2], stride: [2, 2])
    }
    checkGradient([map]) { $0[0].averagePooled(Window(2, stride: 2)) }
    checkGradient([map]) { $0[0].adaptiveAveragePooled(rows: 2, columns: 3) }
    checkGradient([spread([2, 3, 5, 4])]) { $0[0].adaptiveMaxPooled(rows: 2, columns: 3) }
    checkGradient([map]) { $0[0].resized(rows: 7, columns: 6, .bilinear) }
    checkGradient([map]) { $0[0].resized(rows: 3, columns: 7, .nearest) }
    checkGradient([normal([2, 4, 3, 2]), normal([4]), normal([4])]) {
      groupNorm($0[0], groups: 2, scale: $0[1], shift: $0[2])
    }
    checkGradient([spread([2, 3, 4, 4])]) { $0[0].maxPooled(Window(2, stride: 2)) }
    checkGradient([map, normal([3]), normal([3])]) {
      batchNorm($0[0], scale: $0[1], shift: $0[2])
    }
    checkGradient([map, normal([3]), normal([3])]) {
      batchNorm(
        $0[0], scale: $0[1], shift: $0[2], mean: normal([3]), variance: positive([3]))
    }
  }

  @Test func `a convolution's bias has a gradient though its weights are constant`() {
    let (map, weights) = (normal([2, 3, 5, 4]), normal([4, 3, 3, 3]))
    checkGradient([normal([4])]) { convolution(map, weights, bias: $0[0]) }
    checkGradient([weights]) { convolution(map, $0[0]) }
    checkGradient([map]) { convolution($0[0], weights) }
  }
}

private func normal(_ shape: [Int]) -> Tensor {
  var generator = SplitMix64(seed: UInt64(shape.reduce(7, +)))
  return .normal(shape, using: &generator)
}

/// Away from zero, where logarithms and quotients are steep and relu has its kink.
private func positive(_ shape: [Int]) -> Tensor {
  var generator = SplitMix64(seed: UInt64(shape.reduce(11, +)))
  return .uniform(shape, in: 0.75..<2, using: &generator)
}

/// No two elements closer than the step of the check, so that no other one wins.
private func spread(_ shape: [Int]) -> Tensor {
  let count = shape.reduce(1, *)
  return Tensor((0..<count).map { Float($0 * 37 % count) / 4 }, shape: shape)
}
