extension Tensor {
  /// The same elements in row-major order under another shape; one extent may be −1 = the rest.
  public func reshaped(_ newShape: [Int]) -> Tensor {
    var resolved = newShape
    if let free = newShape.firstIndex(of: -1) {
      let known = newShape.filter { $0 != -1 }.reduce(1, *)
      resolved[free] = known == 0 ? 0 : count / known
    }
    require(
      resolved.reduce(1, *) == count && resolved.allSatisfy { $0 >= 0 },
      "reshaped: \(shape) has \(count) elements and cannot become \(newShape)")
    let rowMajor = storage.rowMajor
    let result = Storage(.rowMajor(resolved), buffer: rowMajor.buffer)
    return Tensor(result, from: [self]) { [shape] dy in [dy.reshaped(shape)] }
  }

  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  ///
  /// Moves nothing: who reads the elements next puts them in the order it needs.
  public func permuted(_ axes: [Int]) -> Tensor {
    require(
      axes.sorted() == Array(0..<rank),
      "permuted: \(axes) must name each of the \(rank) axes of \(shape) once")
    let result = Storage(storage.layout.permuted(axes), buffer: storage.buffer)
    var inverse = axes
    for (place, axis) in axes.enumerated() { inverse[axis] = place }
    return Tensor(result, from: [self]) { dy in [dy.permuted(inverse)] }
  }
}
