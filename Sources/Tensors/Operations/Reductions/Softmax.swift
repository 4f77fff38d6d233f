extension Tensor {
  /// log(eˣ / Σ eˣ) over the last axis, computed without overflow.
  public var logSoftmax: Tensor {
    let classes = requireRows("logSoftmax")
    let (x, y) = (storage.rowMajor, Storage(storage.rowMajor.layout))
    let rows = count / classes
    eachTile(rows: rows, length: classes) { tile, _, row in
      tile.load(x.floats + row * classes)
      let shift = tile.logSumExp
      for c in 0..<classes { tile[c] = tile[c] - shift }
      tile.store(y.floats + row * classes)
    }
    return Tensor(y, from: [self]) { gradient in
      let (dy, dx) = (gradient.storage.rowMajor, Storage(y.layout))
      eachTile(rows: rows, length: classes) { tile, results, row in  // dx = dy − softmax · Σ dy
        let offset = row * classes
        tile.load(dy.floats + offset)
        results.load(y.floats + offset)
        var total = Lanes.zero
        for c in 0..<classes { total += tile[c] }
        for c in 0..<classes { tile[c] = tile[c] - VectorMath.exp(results[c]) * total }
        tile.store(dx.floats + offset)
      }
      return [Tensor(dx)]
    }
  }

  /// eˣ / Σ eˣ over the last axis, computed without overflow.
  public var softmax: Tensor {
    let classes = requireRows("softmax")
    let (x, y) = (storage.rowMajor, Storage(storage.rowMajor.layout))
    let rows = count / classes
    eachTile(rows: rows, length: classes) { tile, _, row in
      tile.load(x.floats + row * classes)
      let largest = tile.largest
      var total = Lanes.zero
      for c in 0..<classes {
        tile[c] = VectorMath.exp(tile[c] - largest)
        total += tile[c]
      }
      for c in 0..<classes { tile[c] = tile[c] / total }
      tile.store(y.floats + row * classes)
    }
    return Tensor(y, from: [self]) { gradient in
      let (dy, dx) = (gradient.storage.rowMajor, Storage(y.layout))
      eachTile(rows: rows, length: classes) { tile, results, row in  // dx = y · (dy − Σ dy·y)
        let offset = row * classes
        tile.load(dy.floats + offset)
        results.load(y.floats + offset)
        var total = Lanes.zero
        for c in 0..<classes { total += tile[c] * results[c] }
        for c in 0..<classes { tile[c] = results[c] * (tile[c] - total) }
        tile.store(dx.floats + offset)
      }
      return [Tensor(dx)]
    }
  }

  /// The length of the last axis.
  private func requireRows(_ name: String) -> Int {
    require(rank > 0 && shape[rank - 1] > 0, "\(name): \(shape) has no last axis to sum over")
    return shape[rank - 1]
  }
}
