/// −log softmax of the true class of each row times its weight, in one pass.
///
/// ## Shapes
/// - `logits`: `[…, C]`; `classes`, `weights`: one a row; result: `[…]`
///
/// A row of weight 0 gives 0, whatever its class.
///
/// ## Gradient
/// Flows to `logits`: weight · (softmax − 1 at the true class).
package func weightedCrossEntropy(
  _ logits: Tensor, _ classes: [Int32], weights: [Float]?
) -> Tensor {
  let length = logits.shape.last ?? 0
  require(length > 0, "crossEntropy: the logits \(logits.shape) have no last axis of classes")
  let rows = logits.count / length
  require(
    classes.count == rows && (weights == nil || weights?.count == rows),
    "crossEntropy: \(classes.count) classes and \(weights?.count ?? rows) weights for the \(rows) "
      + "rows of \(logits.shape)")
  let wrong = classes.indices.first { row in
    (classes[row] < 0 || Int(classes[row]) >= length) && weights?[row] != 0
  }
  require(
    wrong == nil,
    "crossEntropy: row \(wrong ?? 0) has class \(classes[wrong ?? 0]), outside of 0 ..< \(length)")
  let x = logits.storage.rowMajor
  let (y, sums) = (
    Storage(.rowMajor(Array(logits.shape.dropLast()))), Storage(.rowMajor([rows]))
  )
  eachTile(rows: rows, length: length) { tile, _, row in
    tile.load(x.floats + row * length)
    let logSums = tile.logSumExp
    for r in 0..<tile.rowCount {
      let (place, weight) = (row + r, weights?[row + r] ?? 1)
      sums.floats[place] = logSums[r]
      y.floats[place] =
        weight == 0 ? 0 : weight * (logSums[r] - x.floats[place * length + Int(classes[place])])
    }
  }
  return Tensor(y, from: [logits]) { gradient in
    let (dy, dx) = (gradient.storage.rowMajor, Storage(x.layout))
    let factor = { (row: Int) in dy.floats[row] * (weights?[row] ?? 1) }
    if length < 16 {
      eachTile(rows: rows, length: length) { tile, _, row in
        tile.load(x.floats + row * length)
        var (logSums, factors) = (Lanes.zero, Lanes.zero)
        for r in 0..<tile.rowCount {
          (logSums[r], factors[r]) = (sums.floats[row + r], factor(row + r))
        }
        for c in 0..<length { tile[c] = VectorMath.exp(tile[c] - logSums) * factors }
        for r in 0..<tile.rowCount where factors[r] != 0 {
          tile[Int(classes[row + r])][r] -= factors[r]
        }
        tile.store(dx.floats + row * length)
      }
    } else {
      inParallel(rows, smallest: (1 << 12) / length + 1) { range in
        for row in range {
          let (logits, result) = (x.floats + row * length, dx.floats + row * length)
          let factor = factor(row)
          for start in stride(from: 0, to: length, by: 16) {
            let first = min(start, length - 16)  // the last sixteen may be written twice
            let softmax = VectorMath.exp(Lanes(logits + first, count: 16) - sums.floats[row])
            (softmax * factor).store(to: result + first, count: 16)
          }
          if factor != 0 { result[Int(classes[row])] -= factor }
        }
      }
    }
    return [Tensor(dx)]
  }
}
