/// Extents as a figure names them, such as “3 × 128 × 128”.
public func shapeText(_ extents: [Int]) -> String {
  extents.map(String.init).joined(separator: " × ")
}
