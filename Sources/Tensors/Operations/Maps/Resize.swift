/// How a resized map fills its cells.
public enum Interpolation: Sendable {
  /// The cell whose extent holds the new cell's near corner.
  case nearest
  /// Straight lines between the centres of the four nearest cells; the border's cells go on.
  case bilinear
}

extension Tensor {
  /// Maps of other extents that show the same.
  ///
  /// ## Shapes
  /// `[N, C, H, W]` → `[N, C, rows, columns]`
  ///
  /// ## Units
  /// Cell i of n covers i/n to (i + 1)/n of the map: corners are not aligned, as in PyTorch with
  /// `align_corners=False`. Shrinking skips cells, it does not average.
  public func resized(rows: Int, columns: Int, _ interpolation: Interpolation) -> Tensor {
    require(
      rank == 4 && shape[2] > 0 && shape[3] > 0 && rows > 0 && columns > 0,
      "resized: \(shape) must be [N, C, H, W] with cells, and so must the \(rows)×\(columns) of the "
        + "result")
    if count == 0 { return .empty([shape[0], shape[1], rows, columns], from: [self]) }
    let x = Planes(storage)
    let y = x.like(rows: rows, columns: columns)
    let taps = (
      rows: Tap.all(rows, of: shape[2], interpolation),
      columns: Tap.all(columns, of: shape[3], interpolation)
    )
    x.run(Spread(x: x, y: y, rows: taps.rows, columns: taps.columns))
    return Tensor(y.storage, from: [self]) { [shape] gradient in
      let dy = y.matching(gradient.storage)
      let dx = x.like(rows: shape[2], columns: shape[3])
      dx.clear()
      x.run(Collect(dx: dx, dy: dy, rows: taps.rows, columns: taps.columns))
      return [Tensor(dx.storage)]
    }
  }
}

/// Where a new cell looks along one axis: two old cells, and the share of the second.
private struct Tap {
  let first: Int
  let second: Int
  let share: Float

  static func all(_ count: Int, of extent: Int, _ interpolation: Interpolation) -> [Tap] {
    (0..<count).map { place in
      if case .nearest = interpolation {
        return Tap(first: place * extent / count, second: place * extent / count, share: 0)
      }
      let position = max((Float(place) + 0.5) * (Float(extent) / Float(count)) - 0.5, 0)
      let first = min(Int(position), extent - 1)
      return Tap(
        first: first, second: min(first + 1, extent - 1), share: position - Float(first))
    }
  }
}

private struct Spread: PlaneLoop {
  let x, y: Planes
  let rows, columns: [Tap]

  func run<Kind: Cell>(_ kind: Kind.Type) {
    let (source, result) = (x.cells(kind), y.cells(kind))
    y.eachPlane { plane in
      var into = result + plane * y.rows * y.columns
      let map = source + plane * x.rows * x.columns
      for row in rows {
        let (upper, lower) = (map + row.first * x.columns, map + row.second * x.columns)
        for column in columns {
          let top = upper[column.first] * (1 - column.share) + upper[column.second] * column.share
          let low = lower[column.first] * (1 - column.share) + lower[column.second] * column.share
          into.pointee = top * (1 - row.share) + low * row.share
          into += 1
        }
      }
    }
  }
}

private struct Collect: PlaneLoop {
  let dx, dy: Planes
  let rows, columns: [Tap]

  func run<Kind: Cell>(_ kind: Kind.Type) {
    let (source, result) = (dy.cells(kind), dx.cells(kind))
    dx.eachPlane { plane in
      var from = source + plane * dy.rows * dy.columns
      let map = result + plane * dx.rows * dx.columns
      for row in rows {
        let (upper, lower) = (map + row.first * dx.columns, map + row.second * dx.columns)
        for column in columns {
          let (top, low) = (from.pointee * (1 - row.share), from.pointee * row.share)
          upper[column.first] = upper[column.first] + top * (1 - column.share)
          upper[column.second] = upper[column.second] + top * column.share
          lower[column.first] = lower[column.first] + low * (1 - column.share)
          lower[column.second] = lower[column.second] + low * column.share
          from += 1
        }
      }
    }
  }
}
