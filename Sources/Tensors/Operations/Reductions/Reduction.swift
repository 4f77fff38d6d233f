extension Tensor {
  /// The sum of all elements, a scalar.
  public func sum() -> Tensor { sum(along: Array(0..<rank)) }

  /// The mean of all elements, a scalar; NaN if there are none.
  public func mean() -> Tensor { sum() / Float(count) }

  /// The mean over `axes`.
  public func mean(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(along: axes, keepingAxes: keepingAxes) / Float(axes.reduce(1) { $0 * shape[$1] })
  }

  /// The mean square of the distances from the mean over `axes`.
  ///
  /// `unbiased` divides by one less than the number of elements, for draws from a larger set.
  public func variance(
    along axes: [Int], unbiased: Bool = false, keepingAxes: Bool = false
  ) -> Tensor {
    let count = axes.reduce(1) { $0 * shape[$1] }
    let distance = self - mean(along: axes, keepingAxes: true)
    let squares = (distance * distance).sum(along: axes, keepingAxes: keepingAxes)
    return squares / Float(unbiased ? count - 1 : count)
  }

  /// The sum over `axes`.
  ///
  /// ## Shapes
  /// The axes are left out of the result, or kept with extent 1.
  ///
  /// Sums are taken in `Double`, or in short runs of Float that are: a mean over a batch keeps its
  /// last digits. Their order does not depend on the number of threads.
  public func sum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    requireAxes("sum", axes)
    let kept = (0..<rank).map { axes.contains($0) ? 1 : shape[$0] }
    let (x, result) = (storage.rowMajor, Storage(.rowMajor(kept)))
    if count == 0 {
      result.floats.initialize(repeating: 0, count: result.paddedCount)
    } else {
      SumPlan(shape, over: Set(axes)).run(x.floats, result.floats)
    }
    let reduced = Tensor(result, from: [self]) { [shape] dy in
      [dy.expanded(to: shape)]  // every element took part once
    }
    return keepingAxes ? reduced : reduced.reshaped(without(axes))
  }

  func requireAxes(_ name: String, _ axes: [Int]) {
    require(
      axes.allSatisfy { (0..<rank).contains($0) } && Set(axes).count == axes.count,
      "\(name): axes \(axes) must be different ones of the \(rank) axes of \(shape)")
  }

  /// The shape with `axes` left out.
  func without(_ axes: [Int]) -> [Int] {
    (0..<rank).filter { !axes.contains($0) }.map { shape[$0] }
  }
}

/// Where rows of an array begin: a box of places, numbered in row-major order.
private struct RowPlaces {
  private var extents: [Int] = []
  private var strides: [Int] = []
  private(set) var count = 1

  /// Adds an axis inside of those that are there.
  mutating func append(extent: Int, stride: Int) {
    count *= extent
    if let last = strides.indices.last, strides[last] == stride * extent {
      extents[last] *= extent
      strides[last] = stride
    } else {
      extents.append(extent)
      strides.append(stride)
    }
  }

  subscript(row: Int) -> Int {
    var (rest, place) = (row, 0)
    for axis in extents.indices.dropFirst().reversed() {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: extents[axis])
      place += digit * strides[axis]
      rest = quotient
    }
    return strides.isEmpty ? 0 : place + rest * strides[0]
  }
}

/// How a sum walks through memory: for each kept row, over all summed rows, along the last axis.
private struct SumPlan {
  private var keptRows = RowPlaces()
  private var summedRows = RowPlaces()
  /// Extent of the last axis, and whether its elements are added up or kept apart.
  private let length: Int
  private let addsAlong: Bool

  /// Numbers kept apart that one piece of work adds to.
  private static let blockLength = 1024
  /// Rows up to this length are short.
  private static let shortLength = 64
  /// Pieces that a sum of few results is cut into.
  private static let pieceCount = 32

  init(_ shape: [Int], over axes: Set<Int>) {
    let strides = rowMajorStrides(shape)
    // Neighbouring axes of one fate are one axis: the last may be long.
    var start = shape.count
    let isSummed = axes.contains(shape.count - 1)
    while start > 0, axes.contains(start - 1) == isSummed || shape[start - 1] == 1 { start -= 1 }
    length = shape[start...].reduce(1, *)
    addsAlong = isSummed
    for axis in 0..<start where shape[axis] > 1 {
      if axes.contains(axis) {
        summedRows.append(extent: shape[axis], stride: strides[axis])
      } else {
        keptRows.append(extent: shape[axis], stride: strides[axis])
      }
    }
  }

  func run(_ source: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    if addsAlong, length <= SumPlan.shortLength, summedRows.count == 1,
      keptRows.count == 1 || keptRows[1] == length
    {
      addShort(source, result)
    } else {
      addsAlong ? addAlong(source, result) : addApart(source, result)
    }
  }

  /// One result for each of many short rows that follow one another: sixteen rows at once.
  private func addShort(_ source: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    eachTile(rows: keptRows.count, length: length) { tile, _, row in
      tile.sums(source + row * length).store(to: result + row, count: tile.rowCount)
    }
  }

  /// One result for each kept row.
  private func addAlong(_ source: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    let runLength = SumPlan.blockLength * 4
    let runs = (length + runLength - 1) / runLength
    let pieces = keptRows.count >= SumPlan.pieceCount ? 1 : runs
    var sums = [Double](repeating: 0, count: keptRows.count * pieces)
    sums.withUnsafeMutableBufferPointer { sums in
      inParallel(
        sums.count, smallest: (1 << 15) / (summedRows.count * length / pieces + 1) + 1
      ) { range in
        for piece in range {
          let (row, part) = piece.quotientAndRemainder(dividingBy: pieces)
          let cells =
            pieces == 1 ? 0..<length : part * runLength..<min((part + 1) * runLength, length)
          var sum = 0.0
          let start = source + keptRows[row] + cells.lowerBound
          for summed in 0..<summedRows.count {
            let from = start + summedRows[summed]
            sum += sumOfLanes(cells.count) { Lanes(from + $0, count: cells.count - $0) }
          }
          sums[piece] = sum
        }
      }
      for row in 0..<keptRows.count {
        result[row] = Float(sums[row * pieces..<(row + 1) * pieces].reduce(0, +))
      }
    }
  }

  /// `length` results for each kept row.
  private func addApart(_ source: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    let blocks = (length + SumPlan.blockLength - 1) / SumPlan.blockLength
    let pieces =
      keptRows.count * blocks >= SumPlan.pieceCount
      ? 1 : min(SumPlan.pieceCount, (summedRows.count + 63) / 64)
    let total = keptRows.count * length
    var sums = [Double](repeating: 0, count: total * pieces)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      let work = keptRows.count * blocks * pieces
      let perPiece = summedRows.count / pieces * min(length, SumPlan.blockLength)
      inParallel(work, smallest: (1 << 15) / (perPiece + 1) + 1) { range in
        for item in range {
          let (piece, place) = item.quotientAndRemainder(dividingBy: keptRows.count * blocks)
          let (row, block) = place.quotientAndRemainder(dividingBy: blocks)
          let start = block * SumPlan.blockLength
          let count = min(SumPlan.blockLength, length - start)
          let into = sums + piece * total + row * length + start
          let first = summedRows.count * piece / pieces
          let last = summedRows.count * (piece + 1) / pieces
          for summed in first..<last {
            let from = source + keptRows[row] + summedRows[summed] + start
            for i in 0..<count { into[i] += Double(from[i]) }
          }
        }
      }
      for i in 0..<total {
        var sum = 0.0
        for piece in 0..<pieces { sum += sums[piece * total + i] }
        result[i] = Float(sum)
      }
    }
  }
}

/// The sum of the sixteen numbers that `lanes` gives for 0, 16, 32 … below `count`: runs of 32 in
/// Float, then Double.
func sumOfLanes(_ count: Int, _ lanes: (Int) -> Lanes) -> Double {
  var total = 0.0
  for start in stride(from: 0, to: count, by: 512) {
    var run = Lanes.zero
    for i in stride(from: start, to: min(start + 512, count), by: 16) { run += lanes(i) }
    for lane in 0..<16 { total += Double(run[lane]) }
  }
  return total
}
