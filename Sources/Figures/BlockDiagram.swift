public import Canvas

/// Blocks one after the other, joined by arrows, each with what it gives out drawn below it.
public struct BlockDiagram: Figure, Equatable, Sendable {
  /// One box of the chain.
  public struct Block: Equatable, Sendable {
    /// What it does.
    public var name: String
    /// What leaves it, such as a shape.
    public var detail: String
    /// Boxes below it, top to bottom; empty for none.
    public var outputs: [String]

    /// A box with a name, a second line, and the boxes below it.
    public init(_ name: String, detail: String = "", outputs: [String] = []) {
      self.name = name
      self.detail = detail
      self.outputs = outputs
    }
  }

  /// The heading; empty for none.
  public var title: String
  /// The chain, first to last.
  public var blocks: [Block]

  /// A chain of blocks.
  public init(_ title: String = "", blocks: [Block]) {
    require(!blocks.isEmpty, "BlockDiagram: there is no block to draw")
    self.title = title
    self.blocks = blocks
  }

  private static let gap = 24.0
  private static let blockHeight = 46.0
  private static let outputHeight = 24.0
  private static let margin = 2.0

  /// The size that the texts need.
  public var size: CanvasSize {
    let width = blocks.reduce(0) { $0 + Self.width(of: $1) } + Self.gap * Double(blocks.count - 1)
    let deepest = blocks.map(\.outputs.count).max() ?? 0
    return CanvasSize(
      width: width + 2 * Self.margin,
      height: top + Self.blockHeight + (deepest == 0 ? 0 : Self.gap)
        + Double(deepest) * Self.outputHeight + Self.margin)
  }

  private var top: Double { Self.margin + (title.isEmpty ? 0 : Typography.lineHeight + 8) }

  private static func width(of block: Block) -> Double {
    let texts =
      [Typography.tag.width(of: block.name), Typography.caption.width(of: block.detail)]
      + block.outputs.map { Typography.caption.width(of: $0) }
    return (texts.max() ?? 0) + 18
  }

  /// Records the diagram.
  public func draw(on canvas: inout Canvas) {
    canvas.text(title, at: Point(Self.margin, Self.margin + 12), Typography.title)
    var left = Self.margin
    for (index, block) in blocks.enumerated() {
      let box = Rectangle(x: left, y: top, width: Self.width(of: block), height: Self.blockHeight)
      draw(block, in: box, on: &canvas)
      if index > 0 {
        arrow(
          from: Point(box.x0 - Self.gap, box.center.y), to: Point(box.x0, box.center.y), &canvas)
      }
      left = box.x1 + Self.gap
    }
  }

  private func draw(_ block: Block, in box: Rectangle, on canvas: inout Canvas) {
    let outline = Path.roundedRectangle(box, radius: 5)
    canvas.fill(outline, .faint)
    canvas.stroke(outline, .axis, Stroke(1.2))
    var (name, detail) = (Typography.tag, Typography.caption)
    (name.anchor, detail.anchor, detail.baseline) = (.middle, .middle, .middle)
    let middle = box.center
    let offset = block.detail.isEmpty ? 0 : Typography.lineHeight / 2
    canvas.text(block.name, at: Point(middle.x, middle.y - offset), name)
    canvas.text(block.detail, at: Point(middle.x, middle.y + offset), detail)
    guard !block.outputs.isEmpty else { return }
    var place = Rectangle(
      x: box.x0, y: box.y1 + Self.gap, width: box.width, height: Self.outputHeight)
    arrow(from: Point(middle.x, box.y1), to: Point(middle.x, place.y0), &canvas)
    // Outputs stand side by side in meaning: one arrow leads to all of them.
    for output in block.outputs {
      canvas.stroke(.rectangle(place), .series(0), Stroke(1.2))
      canvas.text(output, at: place.center, detail)
      (place.y0, place.y1) = (place.y1, place.y1 + Self.outputHeight)
    }
  }

  private func arrow(from start: Point, to end: Point, _ canvas: inout Canvas) {
    canvas.stroke(.line(start, end), .axis, Stroke(1.2))
    let (length, half) = (5.0, 3.0)
    let isAcross = start.y == end.y
    canvas.fill(
      .polygon(
        isAcross
          ? [end, Point(end.x - length, end.y - half), Point(end.x - length, end.y + half)]
          : [end, Point(end.x - half, end.y - length), Point(end.x + half, end.y - length)]),
      .axis)
  }
}
