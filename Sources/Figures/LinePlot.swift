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
    let frame = self.frame
    frame.draw(on: &canvas)
    let labels = references.map { label(of: $0, in: frame) }
    for reference in references { draw(reference, on: &canvas, in: frame) }
    for (index, line) in series.enumerated() {
      line.draw(on: &canvas, in: frame, role: line.color ?? .series(index))
    }
    for label in labels.compactMap({ $0 }) {
      canvas.fill(.rectangle(label.box.inset(by: -1)), Color.paper.opacity(0.8))
      canvas.text(label.text, at: Point(label.box.x0, label.box.y1 - 3), Typography.caption)
    }
    if !series.contains(where: { !$0.stretches(in: frame).isEmpty }) {
      var style = Typography.caption
      style.anchor = .middle
      canvas.text("no data", at: frame.area.center, style)
    }
    if legend.entries.count > 1 {
      let boxes = labels.compactMap { $0?.box }
      let box = Legend.place(
        legend.size, in: frame.area, avoiding: inked(in: frame), boxes: boxes)
      legend.draw(on: &canvas, in: box)
    }
  }

  /// The frame with ranges from limits, data and references.
  var frame: PlotFrame {
    let valuesX = series.flatMap(\.x) + references.filter { $0.direction == .x }.map(\.value)
    var valuesY = series.flatMap { $0.y + ($0.band.map { $0.low + $0.high } ?? []) }
    valuesY += references.filter { $0.direction == .y }.map(\.value)
    let isScatter = series.contains { $0.marker != nil }
    let rangeX = x.range(of: valuesX, margin: isScatter ? 0.03 : 0, reachesZero: false)
    let rangeY = y.range(of: valuesY, margin: 0.05, reachesZero: true)
    let most = PlotFrame.mostTicks(size: size)
    return PlotFrame(
      size: size, title: title,
      x: .init(axis: x, range: rangeX, ticks: x.ticks(in: rangeX, most: most.x)),
      y: .init(axis: y, range: rangeY, ticks: y.ticks(in: rangeY, most: most.y)))
  }

  /// The named series.
  private var legend: Legend {
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

  /// Places every few points along all lines, and all markers: what a legend should not cover.
  private func inked(in frame: PlotFrame) -> [Point] {
    series.flatMap { line in
      line.stretches(in: frame).flatMap { stretch in
        guard line.line != .none else { return stretch }
        return zip(stretch, stretch.dropFirst()).flatMap { start, end in
          let (dx, dy) = (end.x - start.x, end.y - start.y)
          let steps = min(400, max(1, Int((dx * dx + dy * dy).squareRoot() / 3)))
          return (0...steps).map {
            let share = Double($0) / Double(steps)
            return Point(start.x + share * dx, start.y + share * dy)
          }
        }
      }
    }
  }

  // MARK: References

  private func isVisible(_ reference: Reference, in frame: PlotFrame) -> Bool {
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

  /// Where a reference's name stands: over the right end of a horizontal line, beside the top of a
  /// vertical one.
  private func label(
    of reference: Reference, in frame: PlotFrame
  ) -> (text: String, box: Rectangle)? {
    guard isVisible(reference, in: frame), !reference.label.isEmpty else { return nil }
    let (width, height) = (Typography.caption.width(of: reference.label), 13.0)
    let area = frame.area
    switch reference.direction {
    case .x:
      let place = frame.horizontal(reference.value)
      let left = place + 5 + width <= area.x1 ? place + 5 : place - 5 - width
      return (
        reference.label, Rectangle(x: left, y: area.y0 + 2, width: width, height: height)
      )
    case .y:
      let line = frame.vertical(reference.value)
      let top = line - 3 - height >= area.y0 ? line - 3 - height : line + 4
      return (
        reference.label, Rectangle(x: area.x1 - 4 - width, y: top, width: width, height: height)
      )
    }
  }
}
