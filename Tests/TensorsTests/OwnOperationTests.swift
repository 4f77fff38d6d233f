import Tensors
import TestSupport
import Testing

struct OwnOperationTests {
  private func squared(_ input: Tensor) -> Tensor {
    let squares = Tensor(input.scalars.map { $0 * $0 }, shape: input.shape)
    return Tensor(squares, from: [input]) { [input = input.detached] dy in [2 * input * dy] }
  }

  @Test func `an operation written outside takes part in the backward pass`() {
    checkGradient([Tensor([1, -2, 3], shape: [3])]) { squared($0[0] * 0.5) + 1 }
  }

  @Test func `an input without a gradient gets none`() {
    let (a, b) = (Parameter(.ones([2])), Parameter(.ones([2])))
    training {
      Tensor(a.value + b.value, from: [a.value, b.value]) { dy in [dy, nil] }.sum()
    }.backward()
    #expect(a.gradient?.scalars == [1, 1])
    #expect(b.gradient == nil)
  }

  @Test func `nothing is recorded outside of training`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let parameter = Parameter(.ones([1]))
      Tensor(.ones([1]), from: [parameter.value]) { [$0] }.backward()
    }
    expectStopped(result, saying: "no parameter took part")
  }

  @Test func `a gradient of another shape than its input's is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let parameter = Parameter(.ones([2, 3]))
      training { Tensor(.ones([1]), from: [parameter.value]) { [$0] } }.backward()
    }
    expectStopped(result, saying: "a gradient of shape [1] for an input of shape [2, 3]")
  }
}
