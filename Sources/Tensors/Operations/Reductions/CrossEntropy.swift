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
  for (row, index) in classes.enumerated() where weights?[row] != 0 {
    require(
      index >= 0 && Int(index) < length,
      "crossEntropy: row \(row) has class \(index), outside of 0 ..< \(length)")
  }
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
    eachTile(rows: rows, length: length) { tile, _, row in
      tile.load(x.floats + row * length)
      var (logSums, factor) = (Lanes.zero, Lanes.zero)
      for r in 0..<tile.rowCount {
        logSums[r] = sums.floats[row + r]
        factor[r] = dy.floats[row + r] * (weights?[row + r] ?? 1)
      }
      for c in 0..<length { tile[c] = VectorMath.exp(tile[c] - logSums) * factor }
      for r in 0..<tile.rowCount where factor[r] != 0 {
        let c = Int(classes[row + r])
        tile[c][r] -= factor[r]
      }
      tile.store(dx.floats + row * length)
    }
    return [Tensor(dx)]
  }
}
