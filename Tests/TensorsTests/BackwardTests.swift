import Tensors
import TestSupport
import Testing

struct BackwardTests {
  private let x = Parameter(Tensor([2, 3], shape: [2]))

  @Test func `a chain of 100 000 additions is differentiated and freed`() {
    training {
      var sum = x.value
      for _ in 0..<100_000 { sum = sum + 1 }
      sum.sum().backward()
    }
    #expect(x.gradient?.scalars == [1, 1])
  }

  @Test func `a chain of 100 000 additions is freed without being differentiated`() {
    training {
      var sum = x.value
      for _ in 0..<100_000 { sum = sum + 1 }
      #expect(sum.scalars == [100_002, 100_003])
    }
    #expect(x.gradient == nil)
  }

  @Test func `a tensor used twice gathers both shares`() {
    training {
      let once = x.value * 3
      (once * once + once).sum().backward()  // 9x² + 3x: 18x + 3
    }
    #expect(x.gradient?.scalars == [39, 57])
  }

  @Test func `a tensor may be both operands of one operation`() {
    training {
      let value = x.value
      (value * value - value).sum().backward()
    }
    #expect(x.gradient?.scalars == [3, 5])
  }

  @Test func `a parameter read twice gathers both shares`() {
    training { (x.value * x.value).sum().backward() }
    #expect(x.gradient?.scalars == [4, 6])
  }

  @Test func `gradients of two losses add up until they are cleared`() {
    training { (x.value * 2).sum().backward() }
    training { (x.value * x.value).sum().backward() }
    #expect(x.gradient?.scalars == [6, 8])
    x.clearGradient()
    #expect(x.gradient == nil)
    training { x.value.sum().backward() }
    #expect(x.gradient?.scalars == [1, 1])
  }

  @Test func `a long way and a short way to one tensor both arrive`() {
    training {
      let start = x.value * 2
      var long = start
      for _ in 0..<10 { long = long + start }
      (long + start).sum().backward()
    }
    #expect(x.gradient?.scalars == [24, 24])
  }

  @Test func `a detached tensor passes nothing back`() {
    training { (x.value.detached * x.value).sum().backward() }
    #expect(x.gradient?.scalars == [2, 3])
  }

  @Test func `inference inside training records nothing`() {
    training {
      let constant = inference { x.value * 5 }
      (constant * x.value).sum().backward()
    }
    #expect(x.gradient?.scalars == [10, 15])
  }

  @Test func `the gradient of the result may be given`() {
    training { (x.value * 2).backward(from: Tensor([10, 100], shape: [2])) }
    #expect(x.gradient?.scalars == [20, 200])
  }

  @Test func `the graph goes with its last tensor`() {
    weak var first: Parameter?
    training {
      let parameter = Parameter(Tensor([1], shape: [1]))
      first = parameter
      var sum = parameter.value * 2
      sum = sum + 1
      #expect(first != nil)
      #expect(sum.scalars == [3])
    }
    #expect(first == nil)
  }

  @Test func `walking a computation leaves its parameters free to go`() {
    weak var first: Parameter?
    var result: Tensor?
    training {
      let parameter = Parameter(Tensor([1], shape: [1]))
      first = parameter
      let loss = parameter.value * 2
      loss.backward()
      result = loss
    }
    #expect(result?.scalars == [2])
    #expect(first == nil)
  }
}

struct BackwardStopTests {
  @Test func `a computation is walked only once`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      training {
        let loss = Parameter(Tensor(2)).value * 3
        loss.backward()
        loss.backward()
      }
    }
    expectStopped(
      result, saying: "backward: this computation was already walked; compute it anew")
  }

  @Test func `a computation that shares a walked part is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      training {
        let shared = Parameter(Tensor(2)).value * 3
        let (first, second) = (shared + 1, shared + 2)
        first.backward()
        second.backward()
      }
    }
    expectStopped(
      result, saying: "backward: this computation was already walked; compute it anew")
  }

  @Test func `nothing can be differentiated outside of training`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      (Parameter(Tensor(2)).value * 3).backward()
    }
    expectStopped(
      result,
      saying: "backward: no parameter took part in this tensor; compute it inside training { … }")
  }

  @Test func `a tensor of several elements needs a gradient of its own`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      training { Parameter(.ones([2, 3])).value.backward() }
    }
    expectStopped(
      result, saying: "backward: the tensor has shape [2, 3]; sum it or take its mean first")
  }

  @Test func `a given gradient must have the shape of the tensor`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      training { Parameter(.ones([2, 3])).value.backward(from: .ones([3, 2])) }
    }
    expectStopped(
      result, saying: "backward: the gradient has shape [3, 2], the tensor [2, 3]")
  }
}
