import Foundation
import Layers
import Tensors
import TestSupport
import Testing

struct LossTests {
  private func logits(_ seed: UInt64 = 31) -> Tensor {
    var generator = SplitMix64(seed: seed)
    return .normal([4, 3], using: &generator)
  }

  @Test func `losses have the slope their gradients say`() {
    let classes: [Int32] = [0, 2, 1, 2]
    let targets = logits() + 1.5  // away from the kinks at 0 and β
    checkGradient([logits()]) { crossEntropy($0[0], classes) }
    checkGradient([logits()]) { focalLoss($0[0], classes, gamma: 2) }
    checkGradient([logits()]) { focalLoss($0[0], classes, gamma: 0) }
    checkGradient([logits()]) { l1Loss($0[0], targets) }
    checkGradient([logits()]) { l2Loss($0[0], targets) }
    checkGradient([logits()]) { smoothL1Loss($0[0], targets, beta: 1) }
    checkGradient([logits()]) { smoothL1Loss($0[0], targets, beta: 4) }
    checkGradient([logits()]) { meanCrossEntropy($0[0], classes, classWeights: [1, 2, 0.5]) }
    checkGradient([logits()]) { crossEntropy($0[0], classes, ignoring: 2) }
    let shares = logits(32).sigmoid
    checkGradient([logits(), shares]) { binaryCrossEntropy($0[0], $0[1]) }
    checkGradient([logits()]) { sigmoidFocalLoss($0[0], shares) }
  }

  @Test func `losses have the values that the papers' code prints`() {
    // torchvision's sigmoid_focal_loss(alpha=0.25, gamma=2) and smooth_l1_loss(beta=1/9).
    let logits = Tensor([0, 2, -2, 2], shape: [4])
    let targets = Tensor([1, 1, 1, 0], shape: [4])
    expectClose(
      sigmoidFocalLoss(logits, targets),
      Tensor([0.043_321_7, 0.000_450_9, 0.412_519_6, 1.237_558_6], shape: [4]), .printed)
    expectClose(
      smoothL1Loss(Tensor([0, 0.05, 1.0 / 9, -0.5, 2], shape: [5]), .zeros([5]), beta: 1.0 / 9),
      Tensor([0, 0.011_25, 0.055_555_6, 0.444_444_4, 1.944_444_4], shape: [5]), .printed)
  }

  @Test func `smooth L1 and focal loss have the values of d2l's curves`() {
    let errors = Tensor([2, 1, 0.5, 0.1, 0.005], shape: [5])
    // d2l's σ is 1/√β.
    for (sigma, expected) in [
      (10, [1.995, 0.995, 0.495, 0.095, 0.001_25]), (1, [1.5, 0.5, 0.125, 0.005, 1.25e-5]),
      (0.5, [0.5, 0.125, 0.031_25, 0.001_25, 3.125e-6]),
    ] as [(Float, [Float])] {
      expectClose(
        smoothL1Loss(errors, .zeros([5]), beta: 1 / (sigma * sigma)), Tensor(expected, shape: [5]),
        .printed)
    }
    let probabilities: [Float] = [0.01, 0.1, 0.5, 0.9, 0.99]
    let logits = Tensor(
      probabilities.flatMap { [0, Float(log(Double($0) / (1 - Double($0))))] }, shape: [5, 2])
    for (gamma, expected) in [
      (0, [4.605_17, 2.302_585, 0.693_147, 0.105_361, 0.010_05]),
      (1, [4.559_118, 2.072_327, 0.346_574, 0.010_536, 0.000_101]),
      (5, [4.379_471, 1.359_653, 0.021_661, 0.000_001, 0]),
    ] as [(Float, [Float])] {
      expectClose(
        focalLoss(logits, [Int32](repeating: 1, count: 5), gamma: gamma),
        Tensor(expected, shape: [5]), .printedToSix)
    }
  }

  @Test func `d2l's loss of a detector, by hand`() {
    // Two anchors, the second an object: mean cross-entropy, and mean |offset| with the first masked.
    let logits = Tensor([2, 0, 0, 1], shape: [2, 2])
    expectClose(
      crossEntropy(logits, [0, 1]), Tensor([0.126_928_0, 0.313_261_7], shape: [2]), .printed)
    let mask = Tensor([0, 0, 0, 0, 1, 1, 1, 1], shape: [8])
    let boxLoss = l1Loss(
      Tensor([0.5, -0.5, 1, 2, 1, 1, 1, 1], shape: [8]) * mask,
      Tensor([0, 0, 0, 0, 2, 1, 0, 1], shape: [8]) * mask)
    let loss = crossEntropy(logits, [0, 1]).mean() + boxLoss.mean()
    expectClose(loss, Tensor([0.470_094_8], shape: []), .printed)
  }

  @Test func `losses of no rows have no elements, and their mean is 0`() throws {
    let logits = Parameter(.zeros([0, 3]))
    training {
      #expect(crossEntropy(logits.value, []).shape == [0])
      #expect(binaryCrossEntropy(logits.value, .zeros([0, 3])).shape == [0, 3])
      #expect(smoothL1Loss(logits.value, .zeros([0, 3])).sum().scalar == 0)
      let mean = meanCrossEntropy(logits.value, [])
      #expect(mean.scalar == 0)
      mean.backward()
    }
    #expect(try #require(logits.gradient).shape == [0, 3])
  }

  @Test func `where all rows are ignored the mean is 0, and so are the gradients`() throws {
    let logits = Parameter(.ones([2, 3]))
    training {
      let mean = meanCrossEntropy(logits.value, [-1, -1], ignoring: -1)
      #expect(mean.scalar == 0)
      mean.backward()
    }
    #expect(try #require(logits.gradient).scalars == [0, 0, 0, 0, 0, 0])
  }

  @Test func `a class outside of the row is named with its row`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = crossEntropy(.zeros([2, 3]), [0, 3])
    }
    expectStopped(result, saying: "crossEntropy: row 1 has class 3, outside of 0 ..< 3")
  }

  @Test func `a square loss is the square of the difference`() {
    let (predictions, targets) = (Tensor([1, 5], shape: [2]), Tensor([3, 4.5], shape: [2]))
    #expect(l2Loss(predictions, targets).scalars == [4, 0.25])
  }

  @Test(arguments: [0.5, 1.5, 2])
  func `a row that is surely right costs nothing and pulls at nothing`(gamma: Float) throws {
    let logits = Parameter(Tensor([100, 0, 0, 20, 0, 1], shape: [2, 3]))
    training { focalLoss(logits.value, [0, 0], gamma: gamma).sum().backward() }
    let gradient = try #require(logits.gradient).scalars
    #expect(gradient.allSatisfy { $0.isFinite && $0.magnitude < 1e-6 })
  }

  @Test func `a row that is surely wrong has a finite loss and gradient`() throws {
    let logits = Parameter(Tensor([100, 0, 0], shape: [1, 3]))
    let loss = training {
      let loss = focalLoss(logits.value, [1], gamma: 2).sum()
      loss.backward()
      return loss.scalar
    }
    #expect((loss - 100).magnitude < 1e-3)
    #expect(try #require(logits.gradient).isFinite)
  }
}

extension Tolerance {
  /// Seven digits after the point, as printed.
  fileprivate static let printed = Tolerance("printed", absolute: 1e-7, relative: 4 * rounding)

  /// Six digits; and focal loss adds 1e-7 to 1 − p, whose fifth power grows by five times as much.
  fileprivate static let printedToSix = Tolerance(
    "printed to six digits", absolute: 1e-6, relative: 6e-7)
}
