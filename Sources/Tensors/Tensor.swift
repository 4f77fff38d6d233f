import COneDNN

/// An n-dimensional array of `Float`.
///
/// A value: no operation changes it.
///
/// A tensor knows its shape, its elements and, while training, where it came from, so that
/// `backward()` can follow the computation in reverse. There is no global tape. Elements may lie
/// in a blocked order between operations; they are put in row-major order when someone looks.
///
/// Not `Sendable`: pass plain data between tasks and make tensors where they are used.
public struct Tensor {
  let storage: Storage
  /// How the tensor was computed; nil for a constant.
  let origin: Origin?

  init(_ storage: Storage, origin: Origin? = nil) {
    self.storage = storage
    self.origin = origin
  }

  /// The extent of each axis; empty for a scalar.
  public var shape: [Int] { storage.layout.shape }
  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
  /// The number of axes.
  public var rank: Int { shape.count }
  /// The most axes a tensor can have, which is oneDNN's limit.
  package static let largestRank = Int(ODN_MAX_RANK)

  /// The same elements, without a past: gradients stop here.
  public var detached: Tensor { Tensor(storage) }

  /// Every element, in row-major order.
  public var scalars: [Float] {
    withScalars { Array($0) }
  }

  /// The element of a tensor that has only one.
  public var scalar: Float {
    require(count == 1, "scalar: the tensor has shape \(shape), not one element")
    return storage.rowMajor.floats[0]
  }

  /// Lends the elements in row-major order without copying them when they already lie so.
  public func withScalars<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    let rowMajor = storage.rowMajor
    return try withExtendedLifetime(rowMajor) {
      try body(UnsafeBufferPointer(start: rowMajor.floats, count: count))
    }
  }
}

// MARK: Making

extension Tensor {
  /// A tensor of `scalars`, given in row-major order.
  public init(_ scalars: [Float], shape: [Int]) {
    require(
      scalars.count == shape.reduce(1, *),
      "Tensor: \(scalars.count) numbers do not fill the shape \(shape)")
    self.init(shape: shape) { elements in
      _ = elements.initialize(from: scalars)
    }
  }

  /// A tensor without axes.
  public init(_ scalar: Float) { self.init([scalar], shape: []) }

  /// A tensor whose elements `fill` writes, in row-major order.
  ///
  /// It must write every one.
  public init(shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
    require(shape.allSatisfy { $0 >= 0 }, "Tensor: the shape \(shape) has a negative extent")
    let storage = Storage(.rowMajor(shape))
    fill(UnsafeMutableBufferPointer(start: storage.floats, count: shape.reduce(1, *)))
    self.init(storage)
  }

  /// A tensor with every element `value`.
  public static func full(_ shape: [Int], _ value: Float) -> Tensor {
    Tensor(shape: shape) { $0.initialize(repeating: value) }
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: [Int]) -> Tensor { full(shape, 0) }
  /// A tensor of ones.
  public static func ones(_ shape: [Int]) -> Tensor { full(shape, 1) }

  /// Independent draws from the normal distribution with mean 0.
  public static func normal(
    _ shape: [Int], standardDeviation: Float = 1, using generator: inout SplitMix64
  ) -> Tensor {
    Tensor(shape: shape) { elements in
      for i in elements.indices {
        elements.initializeElement(at: i, to: generator.nextNormal() * standardDeviation)
      }
    }
  }

  /// Independent draws from the uniform distribution on `range`.
  public static func uniform(
    _ shape: [Int], in range: Range<Float>, using generator: inout SplitMix64
  ) -> Tensor {
    Tensor(shape: shape) { elements in
      for i in elements.indices {
        elements.initializeElement(
          at: i,
          to: range.lowerBound + generator.nextUnit() * (range.upperBound - range.lowerBound))
      }
    }
  }
}
