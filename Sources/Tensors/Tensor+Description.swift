extension Tensor: CustomStringConvertible {
  /// The elements as nested brackets with four decimals, long axes shortened, then the shape.
  public var description: String {
    let elements = scalars
    var position = 0
    func render(_ axis: Int) -> String {
      if axis == rank {
        defer { position += 1 }
        return Tensor.rendered(elements[position])
      }
      let extent = shape[axis]
      let inner = shape[(axis + 1)...].reduce(1, *)
      var parts: [String] = []
      for i in 0..<extent {
        if extent > 2 * Tensor.edgeCount, i >= Tensor.edgeCount, i < extent - Tensor.edgeCount {
          if i == Tensor.edgeCount { parts.append("…") }
          position += inner
        } else {
          parts.append(render(axis + 1))
        }
      }
      let separator = axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)
      return "[" + parts.joined(separator: separator) + "]"
    }
    return render(0) + (rank < 2 ? "" : "  shape \(shape)")
  }

  /// Elements shown at each end of a long axis.
  private static let edgeCount = 4

  private static func rendered(_ value: Float) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value.magnitude < 1e6 else { return "\(value)" }
    let scaled = (Double(value.magnitude) * 10_000).rounded()
    let whole = Int(scaled) / 10_000
    let digits = String(Int(scaled) % 10_000)
    let padded = String(repeating: "0", count: 4 - digits.count) + digits
    return (value < 0 ? "-" : "") + "\(whole).\(padded)"
  }
}
