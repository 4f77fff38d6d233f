public import Canvas

/// Lines, scattered points and bands over two axes, with grid, legend and reference lines.
public struct LinePlot: Figure, Equatable, Sendable {
  /// A thin dashed line at one value, with a name.
  public struct Reference: Equatable, Sendable {
    /// The axis whose value is marked.
    public enum Direction: Equatable, Sendable {
      /// A vertical line at a value of x.
      case x
      /// A horizontal line at a value of y.
      case y
    }
    /// The axis whose value is marked.
    public var direction: Direction
    /// The value.
    public var value: Double
    /// The name beside the line.
    public var label: String

    /// A vertical line at a value of x.
    public static func x(_ value: Double, _ label: String = "") -> Reference {
      Reference(direction: .x, value: value, label: label)
    }

    /// A horizontal line at a value of y.
    public static func y(_ value: Double, _ label: String = "") -> Reference {
      Reference(direction: .y, value: value, label: label)
    }
  }

  /// Width and height in points.
  public var size: CanvasSize
  /// The heading; empty for none.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// The lines, drawn in this order.
  public var series: [Series]
  /// Values to compare with.
  public var references: [Reference]

  /// A plot; axes without limits follow the data.
  public init(
    _ title: String = "", x: Axis = Axis(), y: Axis = Axis(), series: [Series],
    references: [Reference] = [], size: CanvasSize = CanvasSize(width: 480, height: 300)
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.references = references
    self.size = size
  }

  /// Records the plot.
  public func draw(on canvas: inout Canvas) {
    var layout = Layout(of: self, rightMargin: 0)
    if layout.legendCost > Self.tolerableCost {
      layout = Layout(of: self, rightMargin: legend.size.width + 10)
    }
    let frame = layout.frame
    frame.draw(on: &canvas)
    for reference in references { draw(reference, on: &canvas, in: frame) }
    for (index, line) in series.enumerated() {
      line.draw(on: &canvas, in: frame, role: line.color ?? .series(index))
    }
    for (text, box) in layout.labels {
      canvas.fill(.rectangle(box.inset(by: -1)), Color.paper.opacity(0.8))
      canvas.text(text, at: Point(box.x0, box.y1 - 3), Typography.caption)
    }
    if !series.contains(where: { !$0.stretches(in: frame).isEmpty }) {
      var style = Typography.caption
      style.anchor = .middle
      canvas.text("no data", at: frame.area.center, style)
    }
    if let box = layout.legendBox { legend.draw(on: &canvas, in: box) }
  }

  /// A legend that would cover more samples of lines than this stands beside the plot.
  private static let tolerableCost = 8.0

  /// The frame with ranges from limits, data and references.
  func frame(rightMargin: Double = 0) -> PlotFrame {
    let valuesX = series.flatMap(\.x) + references.filter { $0.direction == .x }.map(\.value)
    var valuesY = series.flatMap { $0.y + ($0.band.map { $0.low + $0.high } ?? []) }
    valuesY += references.filter { $0.direction == .y }.map(\.value)
    let hasMarkers = series.contains { $0.marker != nil }
    let rangeX = x.range(of: valuesX, margin: hasMarkers ? 0.03 : 0, reachesZero: false)
    let rangeY = y.range(of: valuesY, margin: 0.05, reachesZero: true)
    let inner = CanvasSize(width: size.width - rightMargin, height: size.height)
    let most = PlotFrame.mostTicks(size: inner)
    return PlotFrame(
      size: size, title: title,
      x: .init(axis: x, range: rangeX, ticks: x.ticks(in: rangeX, most: most.x)),
      y: .init(axis: y, range: rangeY, ticks: y.ticks(in: rangeY, most: most.y)),
      rightMargin: rightMargin)
  }

  /// The named series.
  var legend: Legend {
    Legend(
      entries: series.enumerated().filter { !$0.element.name.isEmpty }.map { index, line in
        let role = line.color ?? .series(index)
        return .init(name: line.name) { canvas, box in
          let middle = box.center
          if line.band != nil {
            canvas.fill(.rectangle(box), Color.role(role).opacity(0.16))
          }
          if let stroke = line.line.stroke {
            canvas.stroke(
              .line(Point(box.x0 + 1, middle.y), Point(box.x1 - 1, middle.y)), .role(role), stroke)
          }
          line.marker?.draw(on: &canvas, at: middle, role)
        }
      })
  }

  // MARK: References

  func isVisible(_ reference: Reference, in frame: PlotFrame) -> Bool {
    let direction = reference.direction == .x ? frame.x : frame.y
    return direction.axis.shows(reference.value) && direction.range.contains(reference.value)
  }

  private func draw(_ reference: Reference, on canvas: inout Canvas, in frame: PlotFrame) {
    guard isVisible(reference, in: frame) else { return }
    let area = frame.area
    let line: Path
    switch reference.direction {
    case .x:
      let place = frame.horizontal(reference.value)
      line = .line(Point(place, area.y0), Point(place, area.y1))
    case .y:
      let height = frame.vertical(reference.value)
      line = .line(Point(area.x0, height), Point(area.x1, height))
    }
    canvas.stroke(line, .muted, Stroke(1, dash: [4, 3]))
  }
}
