extension Tensor {
  /// The mean over each of rows × columns parts of the map.
  ///
  /// ## Shapes
  /// `[N, C, H, W]` → `[N, C, rows, columns]`. Part i of n spans the cells from ⌊i·H/n⌋ to
  /// ⌈(i + 1)·H/n⌉: parts overlap where n does not divide H.
  public func adaptiveAveragePooled(rows: Int, columns: Int) -> Tensor {
    let name = "adaptiveAveragePooled"
    if let window = evenWindow(name, rows, columns) { return averagePooled(window) }
    return adaptivelyPooled(AveragePart.self, rows, columns)
  }

  /// The largest value of each of rows × columns parts of the map.
  ///
  /// ## Shapes
  /// As `adaptiveAveragePooled`.
  ///
  /// ## Gradient
  /// Goes to the cell that won; to the first of equals.
  public func adaptiveMaxPooled(rows: Int, columns: Int) -> Tensor {
    let name = "adaptiveMaxPooled"
    if let window = evenWindow(name, rows, columns) { return maxPooled(window) }
    return adaptivelyPooled(MaximumPart.self, rows, columns)
  }

  /// The window whose ordinary pooling does the same, where all parts are equal.
  private func evenWindow(_ name: String, _ rows: Int, _ columns: Int) -> Window? {
    require(
      rank == 4 && shape[2] > 0 && shape[3] > 0 && rows > 0 && columns > 0,
      "\(name): \(shape) must be [N, C, H, W] with cells, and so must the \(rows)×\(columns) of the "
        + "result")
    guard shape[2] % rows == 0 && shape[3] % columns == 0 else { return nil }
    let kernel = [shape[2] / rows, shape[3] / columns]
    return Window(kernel: kernel, stride: kernel, padding: [0, 0])
  }

  private func adaptivelyPooled<Part: PooledPart>(
    _ part: Part.Type, _ rows: Int, _ columns: Int
  ) -> Tensor {
    let (height, width) = (shape[2], shape[3])
    let output = [shape[0], shape[1], rows, columns]
    if count == 0 { return .empty(output, from: [self]) }
    let (x, y) = (storage.rowMajor, Storage(.rowMajor(output)))
    let parts = (parts(rows, of: height), parts(columns, of: width))
    let planes = shape[0] * shape[1]
    func eachPart(_ body: (Int, Int, Range<Int>, Range<Int>) -> Void) {
      inParallel(planes, smallest: (1 << 12) / (height * width) + 1) { range in
        for plane in range {
          for (row, down) in parts.0.enumerated() {
            for (column, across) in parts.1.enumerated() {
              body(plane, (plane * rows + row) * columns + column, down, across)
            }
          }
        }
      }
    }
    eachPart { plane, place, down, across in
      y.floats[place] = Part.value(x.floats + plane * height * width, width, down, across)
    }
    return Tensor(y, from: [self]) { [shape] gradient in
      let (dy, dx) = (gradient.storage.rowMajor, Tensor.zeros(shape).storage)
      eachPart { plane, place, down, across in
        let map = plane * height * width
        Part.spread(
          dy.floats[place], x.floats + map, dx.floats + map, width, down, across)
      }
      return [Tensor(dx)]
    }
  }

  /// The cells of each of `count` parts of an axis.
  private func parts(_ count: Int, of extent: Int) -> [Range<Int>] {
    (0..<count).map { $0 * extent / count..<(($0 + 1) * extent + count - 1) / count }
  }
}

/// One number for a part of a map whose rows are `width` cells apart.
private protocol PooledPart {
  static func value(
    _ map: UnsafePointer<Float>, _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) -> Float
  /// Adds the part's gradient to that of its cells.
  static func spread(
    _ gradient: Float, _ map: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ width: Int, _ down: Range<Int>, _ across: Range<Int>)
}

private enum AveragePart: PooledPart {
  static func value(
    _ map: UnsafePointer<Float>, _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) -> Float {
    var sum: Float = 0
    for row in down { for column in across { sum += map[row * width + column] } }
    return sum / Float(down.count * across.count)
  }

  static func spread(
    _ gradient: Float, _ map: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) {
    let share = gradient / Float(down.count * across.count)
    for row in down { for column in across { result[row * width + column] += share } }
  }
}

private enum MaximumPart: PooledPart {
  static func value(
    _ map: UnsafePointer<Float>, _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) -> Float { map[winner(map, width, down, across)] }

  static func spread(
    _ gradient: Float, _ map: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) { result[winner(map, width, down, across)] += gradient }

  private static func winner(
    _ map: UnsafePointer<Float>, _ width: Int, _ down: Range<Int>, _ across: Range<Int>
  ) -> Int {
    var best = down.lowerBound * width + across.lowerBound
    for row in down {
      for column in across where map[row * width + column] > map[best] {
        best = row * width + column
      }
    }
    return best
  }
}
