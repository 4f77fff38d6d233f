import COneDNN

/// The matrix product over the last two axes.
///
/// ## Shapes
/// `[…, M, K]` times `[…, K, N]` → `[…, M, N]`. The leading axes are a batch: equal in both, or
/// absent from `b`, whose one matrix then serves all.
///
/// ## Gradient
/// Flows to both.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  require(
    a.rank >= 2 && b.rank >= 2 && a.shape[a.rank - 1] == b.shape[b.rank - 2],
    "matmul: \(a.shape) × \(b.shape); the last axis of the first must be the last but one of the "
      + "second")
  let batch = Array(a.shape.dropLast(2))
  require(
    b.rank == 2 || Array(b.shape.dropLast(2)) == batch,
    "matmul: \(a.shape) × \(b.shape); the axes before the last two must be equal")
  let (rows, columns) = (a.shape[a.rank - 2], b.shape[b.rank - 1])
  if a.rank == 2 { return matricesMultiplied(a, b) }
  let (first, second) =
    b.rank == 2
    ? (a.reshaped([-1, b.shape[0]]), b)
    : (
      a.reshaped([batch.reduce(1, *), rows, a.shape[a.rank - 1]]),
      b.reshaped([batch.reduce(1, *), b.shape[b.rank - 2], columns])
    )
  return matricesMultiplied(first, second).reshaped(batch + [rows, columns])
}

/// Two matrices, or two equally long rows of matrices.
private func matricesMultiplied(_ a: Tensor, _ b: Tensor) -> Tensor {
  if a.count == 0 || b.count == 0 {
    let shape = a.shape.dropLast() + [b.shape[b.rank - 1]]
    return Tensor(Tensor.zeros(Array(shape)).storage, from: [a, b]) {
      [sa = a.shape, sb = b.shape] _ in [.zeros(sa), .zeros(sb)]
    }
  }
  let (x, w) = (a.storage.matrices, b.storage.matrices)
  return Tensor(product(x, w), from: [a, b]) {
    [wants = (a.needsGradient, b.needsGradient)] gradient in
    let dy = gradient.storage.matrices
    return [
      wants.0 ? Tensor(product(dy, w.transposed)) : nil,  // da = dy · bᵀ
      wants.1 ? Tensor(product(x.transposed, dy)) : nil,  // db = aᵀ · dy
    ]
  }
}

/// input · weightsᵀ + bias: a fully connected layer.
///
/// ## Shapes
/// - `input`: `[…, I]`; `weights`: `[O, I]`; `bias`: `[O]`; result: `[…, O]`
///
/// ## Gradient
/// Flows to all three.
public func linear(_ input: Tensor, _ weights: Tensor, bias: Tensor? = nil) -> Tensor {
  require(
    weights.rank == 2 && input.rank >= 1 && input.shape[input.rank - 1] == weights.shape[1]
      && weights.count > 0,
    "linear: the input \(input.shape) does not end in the \(weights.shape.last ?? 0) inputs of the "
      + "weights \(weights.shape)")
  let outputs = weights.shape[0]
  require(
    bias == nil || bias?.shape == [outputs],
    "linear: bias \(bias?.shape ?? []) should be [\(outputs)]")
  if input.rank != 2 {
    let rows = linear(input.reshaped([-1, weights.shape[1]]), weights, bias: bias)
    return rows.reshaped(input.shape.dropLast() + [outputs])
  }
  let parts = [input, weights] + (bias.map { [$0] } ?? [])
  if input.count == 0 { return .empty([0, outputs], from: parts) }
  let (x, w) = (input.storage.matrices, weights.storage.matrices)
  let result = product(x, w.transposed, bias: bias?.storage.rowMajor)
  let wants = (input.needsGradient, weights.needsGradient, bias?.needsGradient == true)
  return Tensor(result, from: parts) { gradient in
    let dy = gradient.storage.matrices
    return [
      wants.0 ? Tensor(product(dy, w)) : nil,
      wants.1 ? Tensor(product(dy.transposed, x)) : nil,
      wants.2 ? gradient.sum(along: [0]) : nil,
    ]
  }
}

/// a · b, with `bias` added to each row.
private func product(_ a: Storage, _ b: Storage, bias: Storage? = nil) -> Storage {
  WorkCount.add(
    multiplications: a.layout.shape.reduce(1, *) * (b.layout.shape.last ?? 1))
  let y = Storage(.rowMajor(a.layout.shape.dropLast() + b.layout.shape.suffix(1)))
  let biasRow = bias.map { Storage(.rowMajor([1] + $0.layout.shape), buffer: $0.buffer) }
  let key = Primitive.Key(
    operation: "matrix product",
    layouts: [a.layout, b.layout] + (biasRow.map { [$0.layout] } ?? []))
  let primitive = Primitive.cached(key) {
    odn_matmul(a.layout.handle, b.layout.handle, biasRow?.layout.handle, y.layout.handle)
  }
  var arguments: [Primitive.Argument] = [
    (ODN_SOURCE, a.layout, a.buffer.pointer), (ODN_WEIGHTS, b.layout, b.buffer.pointer),
    (ODN_RESULT, y.layout, y.buffer.pointer),
  ]
  if let biasRow { arguments.append((ODN_BIAS, biasRow.layout, biasRow.buffer.pointer)) }
  withExtendedLifetime((a, b, biasRow)) { primitive.run(arguments) }
  return y
}

extension Storage {
  /// The same matrices with rows and columns exchanged; moves nothing.
  fileprivate var transposed: Storage {
    let rank = layout.shape.count
    let order = Array(0..<rank - 2) + [rank - 1, rank - 2]
    return Storage(layout.permuted(order), buffer: buffer)
  }

  /// These matrices as a product takes them: row-major, or row-major seen transposed.
  fileprivate var matrices: Storage {
    layout.isRowMajor || transposed.layout.isRowMajor ? self : rowMajor
  }
}
