// Loops over elements, each compiled for its own operation: types, not closures, say what happens
// to an element, so that the loops become vector instructions.

/// What a loop over pairs does to one pair.
protocol PairOperation {
  static func apply(_ a: Float, _ b: Float) -> Float
}

enum Sum: PairOperation { static func apply(_ a: Float, _ b: Float) -> Float { a + b } }
enum Difference: PairOperation { static func apply(_ a: Float, _ b: Float) -> Float { a - b } }
enum Product: PairOperation { static func apply(_ a: Float, _ b: Float) -> Float { a * b } }
enum Quotient: PairOperation { static func apply(_ a: Float, _ b: Float) -> Float { a / b } }
enum Larger: PairOperation {
  static func apply(_ a: Float, _ b: Float) -> Float { a > b ? a : b }
}
enum WherePositive: PairOperation {
  static func apply(_ a: Float, _ b: Float) -> Float { b > 0 ? a : 0 }
}

/// result[i] = operation(a[i], b[i]) for `count` elements; a missing `b` is all zeros.
func combine<Operation: PairOperation>(
  _ operation: Operation.Type, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>?,
  _ result: UnsafeMutablePointer<Float>, _ count: Int
) {
  inParallel(count, grain: 16) { range in
    if let b {
      for i in range { result[i] = Operation.apply(a[i], b[i]) }
    } else {
      for i in range { result[i] = Operation.apply(a[i], 0) }
    }
  }
}

/// A function of one element x and two numbers that are the same for all, and its derivative.
protocol ElementFunction {
  /// Whether f(0) = 0: what pads a blocked axis must stay 0.
  static var keepsZero: Bool { get }
  static func value(_ x: Lanes, _ a: Float, _ b: Float) -> Lanes
  static func slope(_ x: Lanes, _ a: Float, _ b: Float) -> Lanes
}

extension Tensor {
  /// `Function` of each element.
  func mapped<Function: ElementFunction>(
    _ function: Function.Type, _ a: Float = 0, _ b: Float = 0
  ) -> Tensor {
    let x = Function.keepsZero ? storage : storage.rowMajor
    let y = Storage(x.layout)
    let count = x.paddedCount
    inParallel(count, grain: 16) { range in
      for i in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
        Function.value(Lanes(x.floats + i, count: range.upperBound - i), a, b)
          .store(to: y.floats + i, count: range.upperBound - i)
      }
    }
    return Tensor(y, from: [self]) { gradient in
      let dy = gradient.storage.converted(to: x.layout)
      let dx = Storage(x.layout)
      inParallel(count, grain: 16) { range in
        for i in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
          let left = range.upperBound - i
          let slope = Function.slope(Lanes(x.floats + i, count: left), a, b)
          (slope * Lanes(dy.floats + i, count: left)).store(to: dx.floats + i, count: left)
        }
      }
      return [Tensor(dx)]
    }
  }
}
