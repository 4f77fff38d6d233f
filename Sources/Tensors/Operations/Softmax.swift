import Glibc

extension Tensor {
  /// log(eˣ / Σ eˣ) over the last axis, computed without overflow.
  public var logSoftmax: Tensor {
    require(rank > 0 && shape[rank - 1] > 0, "logSoftmax: \(shape) has no last axis to sum over")
    let classes = shape[rank - 1]
    let x = storage.rowMajor
    let y = Storage(x.layout)
    eachRow(of: classes) { row in
      let (from, into) = (x.floats + row * classes, y.floats + row * classes)
      var largest = from[0]
      for c in 1..<max(classes, 1) where from[c] > largest { largest = from[c] }
      var total: Float = 0
      for c in 0..<classes { total += expf(from[c] - largest) }
      let shift = largest + logf(total)
      for c in 0..<classes { into[c] = from[c] - shift }
    }
    return Tensor(y, from: [self]) { dy in
      let gradient = dy.storage.rowMajor
      let dx = Storage(y.layout)
      dy.eachRow(of: classes) { row in  // dx = dy − softmax · Σ dy
        let (from, into) = (gradient.floats + row * classes, dx.floats + row * classes)
        let logs = y.floats + row * classes
        var total: Float = 0
        for c in 0..<classes { total += from[c] }
        for c in 0..<classes {
          into[c] = total == 0 ? from[c] : from[c] - expf(logs[c]) * total
        }
      }
      return [Tensor(dx)]
    }
  }

  /// eˣ / Σ eˣ over the last axis.
  public var softmax: Tensor { logSoftmax.exponential }

  /// The element of each row that its entry of `indices` names.
  ///
  /// ## Shapes
  /// `[…, C]` with one index in 0 ..< C for each row, in row-major order → `[…]`
  public func picked(_ indices: [Int32]) -> Tensor {
    let classes = shape.last ?? 0
    let rows = classes == 0 ? 0 : count / classes
    require(
      indices.count == rows,
      "picked: \(indices.count) indices for the \(rows) rows of \(shape)")
    if let wrong = indices.first(where: { $0 < 0 || Int($0) >= classes }) {
      fatalError("picked: index \(wrong) is outside of 0 ..< \(classes), the last axis of \(shape)")
    }
    let x = storage.rowMajor
    let y = Storage(.rowMajor(Array(shape.dropLast())))
    for row in 0..<rows { y.floats[row] = x.floats[row * classes + Int(indices[row])] }
    return Tensor(y, from: [self]) { [shape] dy in
      let dx = Tensor.zeros(shape)
      let gradient = dy.storage.rowMajor
      for row in 0..<rows {
        dx.storage.floats[row * classes + Int(indices[row])] = gradient.floats[row]
      }
      return [dx]
    }
  }

  /// Calls `body` with each row number; a row is `extent` neighbouring elements.
  private func eachRow(of extent: Int, _ body: (Int) -> Void) {
    inParallel(count / extent, smallest: (1 << 12) / extent + 1) { range in
      for row in range { body(row) }
    }
  }
}
