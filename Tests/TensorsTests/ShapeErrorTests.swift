import Tensors
import TestSupport
import Testing

/// What is said, in every build, when shapes are wrong.
struct ShapeErrorTests {
  @Test func `convolution with other channels than its weights expect`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = convolution(.zeros([1, 3, 8, 8]), .zeros([4, 5, 3, 3]))
    }
    expectStopped(
      result,
      saying: "convolution: the input [1, 3, 8, 8] has 3 channels, the weights [4, 5, 3, 3] "
        + "expect 5")
  }

  @Test func `convolution, pooling and normalisation of maps without cells`() async {
    let convolved = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = convolution(.zeros([2, 3, 0, 8]), .zeros([4, 3, 1, 1]))
    }
    expectStopped(convolved, saying: "convolution: there is nothing to multiply in [2, 3, 0, 8]")
    let pooled = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3, 0, 8]).maxPooled(Window(2))
    }
    expectStopped(pooled, saying: "maxPooled: the maps of [2, 3, 0, 8] have no cells")
    let normalised = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = batchNorm(.zeros([2, 3, 0, 8]), scale: .ones([3]), shift: .zeros([3]))
    }
    expectStopped(normalised, saying: "batchNorm: the maps of [2, 3, 0, 8] have no cells")
  }

  @Test func `a window larger than its map`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([1, 3, 2, 2]).maxPooled(Window(3))
    }
    expectStopped(result, saying: "a window of [3, 3] does not fit into 2×2 cells")
  }

  @Test func `shapes that cannot be broadcast`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]) + Tensor.zeros([2])
    }
    expectStopped(
      result,
      saying: "+: the shapes [2, 3] and [2] do not match; aligned at the last axis, extents must "
        + "be equal or 1")
  }

  @Test func `a reshape to another count`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).reshaped([4, 2])
    }
    expectStopped(result, saying: "reshaped: [2, 3] has 6 elements and cannot become [4, 2]")
  }

  @Test func `a reshape whose rest is no whole number`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).reshaped([4, -1])
    }
    expectStopped(result, saying: "reshaped: [2, 3] has 6 elements and cannot become [4, -1]")
  }

  @Test func `joining tensors that differ elsewhere`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = concatenated([.zeros([2, 3]), .zeros([3, 3])], along: 1)
    }
    expectStopped(
      result, saying: "concatenated: [2, 3] and [3, 3] differ in an axis other than 1")
  }

  @Test func `numbers that do not fill the shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2, 3], shape: [2, 2])
    }
    expectStopped(result, saying: "Tensor: 3 numbers do not fill the shape [2, 2]")
  }

  @Test func `a class index outside of the row`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).picked([0, 3])
    }
    expectStopped(
      result, saying: "picked: index 3 is outside of 0 ..< 3, the last axis of [2, 3]")
  }

  @Test func `matrices whose inner sizes differ`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = matmul(.zeros([2, 3]), .zeros([4, 5]))
    }
    expectStopped(result, saying: "matmul: [2, 3] × [4, 5]; the last axis of the first must be")
  }

  @Test func `rows that a fully connected layer does not take`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = linear(.zeros([2, 3]), .zeros([5, 4]))
    }
    expectStopped(
      result, saying: "linear: the input [2, 3] does not end in the 4 inputs of the weights [5, 4]")
  }

  @Test func `groups that do not divide the channels`() async {
    let convolved = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = convolution(.zeros([1, 5, 4, 4]), .zeros([4, 2, 3, 3]), groups: 2)
    }
    expectStopped(
      convolved,
      saying: "convolution: the input [1, 5, 4, 4] has 5 channels, the weights [4, 2, 3, 3] expect "
        + "4 in 2 groups")
    let normalised = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = groupNorm(.zeros([1, 5, 4, 4]), groups: 2, scale: .ones([5]), shift: .zeros([5]))
    }
    expectStopped(
      normalised, saying: "groupNorm: 2 groups do not divide the 5 channels of [1, 5, 4, 4]")
  }

  @Test func `a transposed convolution that would leave nothing`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = transposedConvolution(.zeros([1, 2, 1, 1]), .zeros([2, 3, 2, 2]), padding: [1, 1])
    }
    expectStopped(
      result, saying: "transposedConvolution: padding [1, 1] leaves nothing of the map")
  }

  @Test func `a place that an axis has not`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).selected([0, -1], along: 0)
    }
    expectStopped(result, saying: "selected: index -1 is outside of 0 ..< 2, axis 0 of [2, 3]")
  }

  @Test func `a choice from nothing`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 0]).max(along: [1])
    }
    expectStopped(
      result, saying: "max: there is nothing to choose from along axes [1] of [2, 0]")
  }

  @Test func `predictions and targets of different shapes`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = LossCurve.absolute.losses(.zeros([2, 3]), .zeros([3]), name: "l1Loss")
    }
    expectStopped(
      result, saying: "l1Loss: the predictions [2, 3] and targets [3] must have one shape")
  }
}
