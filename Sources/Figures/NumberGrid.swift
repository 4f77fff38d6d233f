public import Canvas

/// A table of numbers in squares, with parts of it outlined, tinted and dotted: what an operation
/// reads and what it writes.
public struct NumberGrid: Figure, Equatable, Sendable {
  /// A rectangle over the grid.
  ///
  /// The unit is one cell, the origin the grid's top left corner; fractions lie inside of cells, and
  /// what lies beyond the grid is drawn, too.
  public struct Outline: Equatable, Sendable {
    /// Left edge in cells.
    public var x0: Double
    /// Top edge in cells.
    public var y0: Double
    /// Right edge in cells.
    public var x1: Double
    /// Bottom edge in cells.
    public var y1: Double
    /// The colour of the line.
    public var role: ColorRole
    /// Whether the line is dashed.
    public var isDashed: Bool
    /// Points the line is moved inwards, which keeps the lines of overlapping rectangles apart.
    public var inset: Double

    /// A rectangle by its edges in cells.
    public init(
      x0: Double, y0: Double, x1: Double, y1: Double, role: ColorRole = .series(0),
      dashed isDashed: Bool = false, inset: Double = 0
    ) {
      require(
        [x0, y0, x1, y1].allSatisfy(\.isFinite),
        "NumberGrid.Outline: edges are finite numbers, not \([x0, y0, x1, y1])")
      self.x0 = x0
      self.y0 = y0
      self.x1 = x1
      self.y1 = y1
      self.role = role
      self.isDashed = isDashed
      self.inset = inset
    }

    /// The rectangle around whole cells.
    public init(
      rows: Range<Int>, columns: Range<Int>, role: ColorRole = .series(0),
      dashed isDashed: Bool = false, inset: Double = 0
    ) {
      self.init(
        x0: Double(columns.lowerBound), y0: Double(rows.lowerBound),
        x1: Double(columns.upperBound), y1: Double(rows.upperBound), role: role,
        dashed: isDashed, inset: inset)
    }
  }

  /// The heading; empty for none.
  public var title: String
  /// The numbers, row after row.
  public var values: [[Double]]
  /// The decimals of each number.
  public var decimals: Int
  /// How strongly each cell is coloured, 0 (not at all) … 1; empty for no colour anywhere.
  public var tints: [[Double]]
  /// Rectangles over the grid, drawn in this order.
  public var outlines: [Outline]
  /// Dots over the grid; the unit is one cell.
  public var dots: [Point]
  /// Width and height of a cell in points.
  public var cell: Double

  /// A grid; stops when rows differ in length or tints do not match the numbers.
  public init(
    _ title: String = "", values: [[Double]], decimals: Int = 0, tints: [[Double]] = [],
    outlines: [Outline] = [], dots: [Point] = [], cell: Double = 34
  ) {
    let width = values.first?.count ?? 0
    require(width > 0, "NumberGrid: there are no numbers")
    require(values.allSatisfy { $0.count == width }, "NumberGrid: rows are not equally long")
    require(
      tints.isEmpty || tints.map(\.count) == values.map(\.count),
      "NumberGrid: not one tint for each number")
    require(cell > 0, "NumberGrid: cells have a positive size, not \(cell)")
    self.title = title
    self.values = values
    self.decimals = decimals
    self.tints = tints
    self.outlines = outlines
    self.dots = dots
    self.cell = cell
  }

  /// The size of the grid with the room that its heading and what lies beyond it need.
  public var size: CanvasSize {
    let beyond = self.beyond
    return CanvasSize(
      width: max(
        area.x1 + beyond.x1 + Self.margin,
        area.x0 + Typography.title.width(of: title) + Self.margin),
      height: area.y1 + beyond.y1 + Self.margin)
  }

  private static let margin = 3.0
  /// Strong enough to see, weak enough to read a number on, in both themes.
  private static let strongestTint = 0.45

  /// Where the cells lie.
  private var area: Rectangle {
    let beyond = self.beyond
    return Rectangle(
      x: Self.margin + beyond.x0,
      y: Self.margin + (title.isEmpty ? 0 : Typography.lineHeight + 5) + beyond.y0,
      width: cell * Double(values[0].count), height: cell * Double(values.count))
  }

  /// How far outlines and dots leave the grid on each side, in points.
  private var beyond: Rectangle {
    let x = outlines.flatMap { [$0.x0, $0.x1] } + dots.map(\.x)
    let y = outlines.flatMap { [$0.y0, $0.y1] } + dots.map(\.y)
    return Rectangle(
      x0: max(0, -(x.min() ?? 0)) * cell, y0: max(0, -(y.min() ?? 0)) * cell,
      x1: max(0, (x.max() ?? 0) - Double(values[0].count)) * cell,
      y1: max(0, (y.max() ?? 0) - Double(values.count)) * cell)
  }

  /// Records the grid.
  public func draw(on canvas: inout Canvas) {
    let area = self.area
    canvas.text(title, at: Point(area.x0, Self.margin + 11), Typography.title)
    var style = TextStyle(size: min(12, cell / 2.4), anchor: .middle, baseline: .middle)
    style.color = .ink
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() {
        let box = Rectangle(
          x: area.x0 + Double(column) * cell, y: area.y0 + Double(row) * cell, width: cell,
          height: cell)
        if !tints.isEmpty, tints[row][column] > 0 {
          canvas.fill(
            .rectangle(box),
            Color.accent.opacity(Self.strongestTint * min(tints[row][column], 1)))
        }
        canvas.stroke(.rectangle(box), .axis, Stroke(0.75))
        canvas.text(Tick.fixed(value, decimals: decimals), at: box.center, style)
      }
    }
    for outline in outlines {
      let box = Rectangle(
        x0: area.x0 + outline.x0 * cell, y0: area.y0 + outline.y0 * cell,
        x1: area.x0 + outline.x1 * cell, y1: area.y0 + outline.y1 * cell)
      canvas.stroke(
        .rectangle(box.inset(by: outline.inset)), .role(outline.role),
        Stroke(2, dash: outline.isDashed ? [6, 4] : [], join: .round))
    }
    for dot in dots {
      let place = Point(area.x0 + dot.x * cell, area.y0 + dot.y * cell)
      canvas.fill(.circle(center: place, radius: 3.4), .paper)
      canvas.fill(.circle(center: place, radius: 2.6), .accent)
    }
  }
}
