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
