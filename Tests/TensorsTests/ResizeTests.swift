import Tensors
import Testing

struct ResizeTests {
  @Test func `twice the size by straight lines has the published numbers`() {
    // PyTorch's interpolate of 0 1 / 2 3 with align_corners=False.
    let map = Tensor([0, 1, 2, 3], shape: [1, 1, 2, 2]).resized(rows: 4, columns: 4, .bilinear)
    #expect(
      map.scalars == [
        0, 0.25, 0.75, 1, 0.5, 0.75, 1.25, 1.5, 1.5, 1.75, 2.25, 2.5, 2, 2.25, 2.75, 3,
      ])
  }

  @Test(arguments: [Interpolation.nearest, .bilinear])
  func `a map of the same size is the same`(interpolation: Interpolation) {
    let map = Tensor((0..<30).map(Float.init), shape: [1, 2, 3, 5])
    #expect(map.resized(rows: 3, columns: 5, interpolation).scalars == map.scalars)
  }

  @Test func `the nearest cell is repeated`() {
    let map = Tensor([1, 2], shape: [1, 1, 1, 2]).resized(rows: 2, columns: 5, .nearest)
    #expect(map.scalars == [1, 1, 1, 2, 2, 1, 1, 1, 2, 2])
  }
}
