import Tensors
import TestSupport
import Testing

struct TensorTests {
  @Test func `a tensor knows its shape, count and elements`() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(tensor.shape == [2, 3] && tensor.count == 6 && tensor.rank == 2)
    #expect(tensor.scalars == [1, 2, 3, 4, 5, 6])
    #expect(Tensor(7).shape == [] && Tensor(7).scalar == 7)
    #expect(Tensor.full([2], 3).scalars == [3, 3])
  }

  @Test func `a description shortens long axes and names the shape`() {
    #expect("\(Tensor(1.5))" == "1.5000")
    #expect("\(Tensor([1, -0.25], shape: [2]))" == "[1.0000, -0.2500]")
    #expect(
      "\(Tensor([1, 2, 3, 4], shape: [2, 2]))"
        == "[[1.0000, 2.0000],\n [3.0000, 4.0000]]  shape [2, 2]")
    #expect(
      "\(Tensor((0..<20).map(Float.init), shape: [20]))"
        == "[0.0000, 1.0000, 2.0000, 3.0000, …, 16.0000, 17.0000, 18.0000, 19.0000]")
    #expect("\(Tensor([.nan, .infinity, 2e7], shape: [3]))" == "[nan, inf, 2e+07]")
  }

  @Test func `assigning a parameter another shape stops`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Parameter(.ones([2])).value = .ones([3])
    }
    expectStopped(result, saying: "Parameter: the new value has shape [3], the parameter [2]")
  }

  @Test func `a window's output extents follow the formula`() {
    #expect(Window(3, padding: 1).outputExtents(rows: 5, columns: 7) == [5, 7])
    #expect(Window(2, stride: 2).outputExtents(rows: 5, columns: 7) == [2, 3])
    #expect(Window(3, stride: 2, padding: 1).outputExtents(rows: 8, columns: 1) == [4, 1])
    #expect(Window(3, dilation: 2).outputExtents(rows: 5, columns: 6) == [1, 2])
  }
}
