import Layers
import Tensors
import TestSupport
import Testing

struct GradientClippingTests {
  @Test(arguments: TrainingGoldens.shared.clippings)
  func `gradients are clipped as PyTorch clips them`(golden: TrainingGoldens.Clipping) throws {
    let parameters = golden.gradients.map { Parameter(.zeros($0.shape)) }
    for (parameter, gradient) in zip(parameters, golden.gradients) {
      parameter.replaceGradient(by: gradient.tensor)
    }
    let model = Sequential(parameters.map(OneParameter.init))
    let norm = clipGradients(of: model, toNorm: golden.limit)
    #expect(Tolerance.elementwise.allows(Double(norm), golden.norm))
    for (parameter, after) in zip(parameters, golden.after) {
      expectClose(try #require(parameter.gradient), after, .elementwise)
    }
  }

  @Test(arguments: [Float.infinity, .nan])
  func `gradients whose length is no number stay as they are`(wrong: Float) throws {
    let parameter = Parameter(.zeros([2]))
    parameter.replaceGradient(by: Tensor([3, wrong], shape: [2]))
    let norm = clipGradients(of: OneParameter(parameter), toNorm: 1)
    #expect(!norm.isFinite)
    #expect(try #require(parameter.gradient).scalars[0] == 3)
  }

  @Test func `a model without gradients has a length of 0`() {
    #expect(clipGradients(of: OneParameter(Parameter(.ones([2]))), toNorm: 1) == 0)
  }
}
