import Tensors
import Testing

struct ExtremesTests {
  /// 100 numbers in 2 rows, the largest twice in each.
  private let rows: Tensor = {
    var numbers = (0..<100).map { Float($0 * 37 % 50) }
    (numbers[20], numbers[40], numbers[53], numbers[99]) = (60, 60, 60, 60)
    return Tensor(numbers, shape: [2, 50])
  }()

  @Test func `the first of equals wins`() {
    #expect(rows.argmax(along: 1) == [20, 3])
    #expect(rows.max(along: [1]).scalars == [60, 60])
    #expect(Tensor([2, 2, 1, 2], shape: [4]).argmax(along: 0) == [0])
    #expect(Tensor([1, 5, 3, 5, 5, 5], shape: [3, 2]).argmax(along: 0) == [2, 0])
  }

  @Test func `the gradient goes to the first of equals`() {
    let parameter = Parameter(rows)
    training { parameter.value.max().backward() }
    let gradient = parameter.gradient?.scalars ?? []
    #expect(gradient.indices.filter { gradient[$0] != 0 } == [20])
  }

  @Test(arguments: [0, 7, 31, 48, 49])
  func `a number that is none wins over all`(place: Int) {
    var numbers = (0..<50).map(Float.init)
    numbers[place] = .nan
    let tensor = Tensor(numbers, shape: [50])
    #expect(tensor.argmax(along: 0) == [Int32(place)])
    #expect(tensor.max().scalar.isNaN && tensor.min().scalar.isNaN)
  }

  @Test func `the smallest and the largest of infinities`() {
    let tensor = Tensor([-.infinity, 0, .infinity], shape: [3])
    #expect(tensor.max().scalar == .infinity && tensor.min().scalar == -.infinity)
  }
}
