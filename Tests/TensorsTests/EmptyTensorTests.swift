import Tensors
import TestSupport
import Testing

/// No pictures, no regions, no boxes: nothing goes in, nothing comes out, and zeros flow back.
struct EmptyTensorTests {
  private let rows = Tensor.zeros([0, 3])
  private let maps = Tensor.zeros([0, 4, 5, 6])

  /// Computes `function` of no elements and expects an empty result of `shape`, gradients of zeros.
  private func expectEmpty(
    _ inputs: [Tensor], _ shape: [Int], sourceLocation: SourceLocation = #_sourceLocation,
    _ function: ([Tensor]) -> Tensor
  ) {
    let parameters = inputs.map { Parameter($0) }
    training {
      let result = function(parameters.map(\.value))
      #expect(result.shape == shape, sourceLocation: sourceLocation)
      #expect(result.scalars == [], sourceLocation: sourceLocation)
      result.sum().backward()
    }
    for parameter in parameters {
      #expect(parameter.gradient?.shape == parameter.shape, sourceLocation: sourceLocation)
      #expect(
        parameter.gradient?.scalars.allSatisfy { $0 == 0 } == true, sourceLocation: sourceLocation)
    }
  }

  @Test func `layers of maps take a batch of no pictures`() {
    let (scale, shift) = (Tensor.ones([4]), Tensor.zeros([4]))
    expectEmpty([maps, .ones([2, 4, 3, 3]), .ones([2])], [0, 2, 3, 4]) {
      convolution($0[0], $0[1], bias: $0[2])
    }
    expectEmpty([maps, .ones([4, 2, 2, 2]), .ones([2])], [0, 2, 10, 12]) {
      transposedConvolution($0[0], $0[1], bias: $0[2], stride: [2, 2])
    }
    expectEmpty([maps], [0, 4, 2, 3]) { $0[0].maxPooled(Window(2, stride: 2)) }
    expectEmpty([maps], [0, 4, 2, 3]) { $0[0].averagePooled(Window(2, stride: 2)) }
    expectEmpty([maps], [0, 4, 2, 2]) { $0[0].adaptiveAveragePooled(rows: 2, columns: 2) }
    expectEmpty([maps], [0, 4, 2, 2]) { $0[0].adaptiveMaxPooled(rows: 2, columns: 2) }
    expectEmpty([maps], [0, 4, 1, 9]) { $0[0].resized(rows: 1, columns: 9, .bilinear) }
    expectEmpty([maps, scale, shift], [0, 4, 5, 6]) {
      batchNorm($0[0], scale: $0[1], shift: $0[2])
    }
    expectEmpty([maps, scale, shift], [0, 4, 5, 6]) {
      batchNorm($0[0], scale: $0[1], shift: $0[2], mean: shift, variance: scale)
    }
    expectEmpty([maps, scale, shift], [0, 4, 5, 6]) {
      groupNorm($0[0], groups: 2, scale: $0[1], shift: $0[2])
    }
  }

  @Test func `products take no rows`() {
    expectEmpty([rows, .ones([2, 3]), .ones([2])], [0, 2]) {
      linear($0[0], $0[1], bias: $0[2])
    }
    expectEmpty([rows, .ones([3, 2])], [0, 2]) { matmul($0[0], $0[1]) }
    expectEmpty([.zeros([0, 2, 3]), .zeros([0, 3, 4])], [0, 2, 4]) { matmul($0[0], $0[1]) }
    #expect(matmul(.ones([2, 0]), .ones([0, 3])).scalars == [0, 0, 0, 0, 0, 0])
  }

  @Test func `functions of elements and rows take none`() {
    for function: (Tensor) -> Tensor in [
      \.exponential, \.logarithm, \.squareRoot, \.magnitude, \.tanh, \.sigmoid, \.relu, \.softplus,
      \.softmax, \.logSoftmax, { $0.power(2) }, { $0.leakyReLU() }, { $0.clamped(to: 1...2) },
      { $0 + $0 }, { $0 * Tensor([1, 2, 3], shape: [3]) }, { $0 - 1 }, { $0 / 2 },
    ] {
      expectEmpty([rows], [0, 3]) { function($0[0]) }
    }
    expectEmpty([rows], [0]) { $0[0].picked([]) }
    expectEmpty([rows], [0]) { $0[0].max(along: [1]) }
    #expect(rows.argmax(along: 1) == [])
  }

  @Test func `moves take nothing, and nothing may be taken`() {
    expectEmpty([rows], [3, 0]) { $0[0].permuted([1, 0]) }
    expectEmpty([rows], [3, 0]) { $0[0].reshaped([3, 0]) }
    expectEmpty([rows], [0, 2]) { $0[0].slice(1..<3, along: 1) }
    expectEmpty([.ones([2, 3])], [2, 0]) { $0[0].slice(1..<1, along: 1) }
    expectEmpty([rows], [0, 3]) { $0[0].flipped(along: [0, 1]) }
    expectEmpty([rows], [0, 2, 3]) { stacked([$0[0], $0[0]], along: 1) }
    expectEmpty([.ones([2, 3])], [0, 3]) { $0[0].selected([], along: 0) }
    expectEmpty([rows], [0, 2]) { $0[0].selected([2, 2], along: 1) }
    expectEmpty([.ones([2, 3])], [2, 0]) { $0[0].gathered([], along: 1) }
    #expect(rows.padded(before: [1, 0], after: [0, 0], with: 7).scalars == [7, 7, 7])
    #expect(concatenated([rows, .ones([1, 3])], along: 0).scalars == [1, 1, 1])
  }

  @Test func `sums of nothing are zero`() {
    #expect(rows.sum(along: [0]).scalars == [0, 0, 0])
    #expect(rows.sum().scalar == 0)
    expectEmpty([rows], [0]) { $0[0].sum(along: [1]) }
  }
}
