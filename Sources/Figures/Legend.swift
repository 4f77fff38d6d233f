internal import Canvas

/// The key of a plot: a sample of each series beside its name.
struct Legend {
  struct Entry {
    var name: String
    /// Draws the sample in a box of `Legend.sample` size.
    var draw: (inout Canvas, Rectangle) -> Void
  }

  static let sample = CanvasSize(width: 24, height: 12)
  private static let (padding, gap, rowHeight) = (7.0, 7.0, 16.0)

  let entries: [Entry]

  /// Width and height in points.
  var size: CanvasSize {
    let widest = entries.map { Typography.legend.width(of: $0.name) }.max() ?? 0
    return CanvasSize(
      width: 2 * Self.padding + Self.sample.width + Self.gap + widest,
      height: 2 * Self.padding - 2 + Self.rowHeight * Double(entries.count))
  }

  /// The nine places in `area` for a box of `size`: corners first, from the top right, then the
  /// middles of the sides, then the middle.
  static func places(for size: CanvasSize, in area: Rectangle) -> [Rectangle] {
    let inner = area.inset(by: 6)
    let (left, right) = (inner.x0, inner.x1 - size.width)
    let (top, bottom) = (inner.y0, inner.y1 - size.height)
    let (middleX, middleY) = ((left + right) / 2, (top + bottom) / 2)
    return [
      (right, top), (left, top), (right, bottom), (left, bottom), (right, middleY), (left, middleY),
      (middleX, top), (middleX, bottom), (middleX, middleY),
    ].map { Rectangle(x: $0.0, y: $0.1, width: size.width, height: size.height) }
  }

  /// Draws the key into a box of its size.
  func draw(on canvas: inout Canvas, in box: Rectangle) {
    canvas.fill(.roundedRectangle(box, radius: 3), Color.paper.opacity(0.88))
    canvas.stroke(.roundedRectangle(box, radius: 3), .grid, Stroke(0.75))
    for (index, entry) in entries.enumerated() {
      let middle = box.y0 + Self.padding - 1 + Self.rowHeight * (Double(index) + 0.5)
      let sample = Rectangle(
        x: box.x0 + Self.padding, y: middle - Self.sample.height / 2, width: Self.sample.width,
        height: Self.sample.height)
      entry.draw(&canvas, sample)
      canvas.text(entry.name, at: Point(sample.x1 + Self.gap, middle), Typography.legend)
    }
  }
}
