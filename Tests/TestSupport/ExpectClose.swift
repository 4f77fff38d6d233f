package import Tensors
package import Testing

/// Records an issue unless `actual` has `expected`'s shape and each element lies within
/// `tolerance`: of all wrong elements the one that is furthest out.
package func expectClose(
  _ actual: Tensor, _ expected: ExpectedTensor, _ tolerance: Tolerance, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  func fail(_ message: String) {
    Issue.record("\(what.isEmpty ? "" : what + ": ")\(message)", sourceLocation: sourceLocation)
  }
  guard actual.shape == expected.shape else {
    return fail("shape \(actual.shape), expected \(expected.shape)")
  }
  let values = actual.scalars
  if let index = values.firstIndex(where: \.isNaN) {
    return fail("NaN at \(place(index, in: expected.shape))")
  }
  var worst: (index: Int, error: Double)?
  var wrongCount = 0
  for (index, (value, wanted)) in zip(values, expected.values).enumerated()
  where !tolerance.allows(Double(value), wanted) {
    wrongCount += 1
    let error = (Double(value) - wanted).magnitude
    if error > worst?.error ?? -1 { worst = (index, error) }
  }
  guard let worst else { return }
  fail(
    "\(wrongCount) of \(values.count) elements outside of '\(tolerance.name)'; worst at "
      + "\(place(worst.index, in: expected.shape)): \(values[worst.index]), expected "
      + "\(expected.values[worst.index]), off by \(worst.error)")
}

/// As above, against another tensor.
package func expectClose(
  _ actual: Tensor, _ expected: Tensor, _ tolerance: Tolerance, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(actual, ExpectedTensor(expected), tolerance, what, sourceLocation: sourceLocation)
}

/// The index on each axis of the element at `index` in row-major order.
private func place(_ index: Int, in shape: [Int]) -> [Int] {
  var rest = index
  var digits: [Int] = []
  for extent in shape.reversed() {
    digits.insert(rest % extent, at: 0)
    rest /= extent
  }
  return digits
}
