import Foundation
import TestSupport
import Testing

@testable import Tensors

/// Functions of sixteen numbers at once beside the C library's in Double.
struct VectorMathTests {
  /// The largest distance between `function` and `right`, in units of the right value's last place.
  private func largestError(
    _ range: ClosedRange<Float>, _ function: (Lanes) -> Lanes, _ right: (Double) -> Double
  ) -> Double {
    var largest = 0.0
    let count = 16 * 4000
    for start in stride(from: 0, to: count, by: 16) {
      var x = Lanes.zero
      for lane in 0..<16 {
        let share = Float(start + lane) / Float(count - 1)
        x[lane] = range.lowerBound + share * (range.upperBound - range.lowerBound)
      }
      let y = function(x)
      for lane in 0..<16 {
        let expected = right(Double(x[lane]))
        let error = (Double(y[lane]) - expected).magnitude / Double(Float(expected).ulp)
        largest = max(largest, error)
      }
    }
    return largest
  }

  @Test func `the exponential is right to two units in the last place`() {
    #expect(largestError(-86.8...88.7, VectorMath.exp, exp) < 2)
    #expect(largestError(-1...1, VectorMath.exp, exp) < 2)
  }

  @Test func `the exponential at its ends, and of what is no number`() {
    var x = Lanes.zero
    (x[0], x[1], x[2], x[3], x[4]) = (-.infinity, -200, 100, .infinity, .nan)
    let y = VectorMath.exp(x)
    #expect(y[0] == 0 && y[1] == 0 && y[2] == .infinity && y[3] == .infinity && y[4].isNaN)
    #expect(y[5] == 1)
  }

  @Test func `the logarithm of one and a little is right to four units`() {
    #expect(largestError(0...1, VectorMath.log1p, Foundation.log1p) < 4)
    #expect(largestError(0...1e-6, VectorMath.log1p, Foundation.log1p) < 2)
  }

  @Test func `the logarithm is right to four units, near one and far from it`() {
    #expect(largestError(0.5...2, VectorMath.log, Foundation.log) < 4)
    #expect(largestError(0.99...1.01, VectorMath.log, Foundation.log) < 4)
    #expect(largestError(1e-6...1e-3, VectorMath.log, Foundation.log) < 4)
    #expect(largestError(2...1e6, VectorMath.log, Foundation.log) < 4)
    #expect(VectorMath.log(Lanes(repeating: 1))[0] == 0)
  }

  @Test func `softplus and sigmoid are right to four units at both ends`() {
    #expect(largestError(-80...80, VectorMath.softplus) { Foundation.log1p(exp($0)) } < 4)
    #expect(largestError(-80...80, VectorMath.sigmoid) { 1 / (1 + exp(-$0)) } < 4)
  }

  @Test func `what is no number stays so`() {
    let nan = Lanes(repeating: .nan)
    #expect(VectorMath.softplus(nan)[3].isNaN && VectorMath.sigmoid(nan)[3].isNaN)
    #expect(VectorMath.log(nan)[3].isNaN)
  }

  @Test func `a number gives the same bits at every place of an array`() {
    let numbers = (0..<37).map { Float($0 % 5) - 1.7 }
    let result = Tensor(numbers, shape: [37]).softplus.scalars
    for place in 5..<37 { #expect(result[place].bitPattern == result[place - 5].bitPattern) }
  }
}
