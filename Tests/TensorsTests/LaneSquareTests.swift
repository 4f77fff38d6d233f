import Testing

@testable import Tensors

struct LaneSquareTests {
  @Test func `transposing exchanges row and lane of each number`() {
    var square = LaneSquare { row in
      var lanes = SIMD16<Int32>()
      for lane in 0..<16 { lanes[lane] = Int32(16 * row + lane) }
      return lanes
    }
    square.transpose()
    for row in 0..<16 {
      for lane in 0..<16 { #expect(square[row][lane] == Int32(16 * lane + row)) }
    }
  }
}
