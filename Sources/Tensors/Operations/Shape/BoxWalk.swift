/// A box of cells as two arrays step through it, with as few axes as say the same.
///
/// An axis along which both arrays go on where the axis before left them is one axis with it.
struct MergedBox {
  private var extents: [Int] = []
  private var a: [Int] = []
  private var b: [Int] = []
  /// Cells of a row, and how far apart they lie in each array.
  private(set) var inner = 1
  private(set) var (stepA, stepB) = (1, 1)

  init(_ shape: [Int], a stridesA: [Int], b stridesB: [Int]) {
    for axis in shape.indices where shape[axis] != 1 {
      if let last = extents.indices.last, a[last] == stridesA[axis] * shape[axis],
        b[last] == stridesB[axis] * shape[axis]
      {
        extents[last] *= shape[axis]
        (a[last], b[last]) = (stridesA[axis], stridesB[axis])
      } else {
        extents.append(shape[axis])
        a.append(stridesA[axis])
        b.append(stridesB[axis])
      }
    }
    if let extent = extents.popLast(), let lastA = a.popLast(), let lastB = b.popLast() {
      (inner, stepA, stepB) = (extent, lastA, lastB)
    }
  }

  var rowCount: Int { extents.reduce(1, *) }

  func walk(from row: Int) -> RowWalk { RowWalk(extents: extents, a: a, b: b, at: row) }
}

/// Walks the rows of a box of cells in row-major order and keeps, for two arrays, the place of the
/// present row.
struct RowWalk {
  private let extents: [Int]
  private let a, b: [Int]
  private var digits: [Int]
  private(set) var offsets = (a: 0, b: 0)

  fileprivate init(extents: [Int], a: [Int], b: [Int], at row: Int) {
    (self.extents, self.a, self.b) = (extents, a, b)
    digits = Array(repeating: 0, count: extents.count)
    var rest = row
    for axis in extents.indices.reversed() {
      digits[axis] = rest % extents[axis]
      rest /= extents[axis]
      offsets.a += digits[axis] * a[axis]
      offsets.b += digits[axis] * b[axis]
    }
  }

  /// Goes on to the next row.
  mutating func advance() {
    for axis in extents.indices.reversed() {
      digits[axis] += 1
      offsets.a += a[axis]
      offsets.b += b[axis]
      if digits[axis] < extents[axis] { return }
      offsets.a -= extents[axis] * a[axis]
      offsets.b -= extents[axis] * b[axis]
      digits[axis] = 0
    }
  }
}

/// Steps between neighbours along each axis of a row-major array of `shape`.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = Array(repeating: 1, count: shape.count)
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}

/// Copies a box of `shape` cells from `source` to `result`, which step along its axes as told.
///
/// Strides may be negative, for a walk backwards, and those of `source` 0, to repeat it.
func copyBox(
  _ shape: [Int], from source: UnsafePointer<Float>, strides sourceStrides: [Int],
  to result: UnsafeMutablePointer<Float>, strides resultStrides: [Int]
) {
  guard !shape.contains(0) else { return }
  let box = MergedBox(shape, a: sourceStrides, b: resultStrides)
  inParallel(box.rowCount, smallest: (1 << 15) / box.inner + 1) { range in
    var walk = box.walk(from: range.lowerBound)
    for _ in range {
      let (from, into) = (source + walk.offsets.a, result + walk.offsets.b)
      if box.stepA == 1 && box.stepB == 1 {
        into.update(from: from, count: box.inner)
      } else if box.stepA == 0 && box.stepB == 1 {
        into.update(repeating: from[0], count: box.inner)
      } else {
        for i in 0..<box.inner { into[i * box.stepB] = from[i * box.stepA] }
      }
      walk.advance()
    }
  }
}
