internal import Canvas

/// Title, axes, ticks and grid of a plot, and where its data lie.
struct PlotFrame {
  /// One direction with everything settled.
  struct Direction {
    var axis: Axis
    var range: ClosedRange<Double>
    var ticks: [Tick]
    var hasGrid = true
  }

  let size: CanvasSize
  let title: String
  let x: Direction
  let y: Direction
  /// Where data are drawn.
  let area: Rectangle
  private let titleLines: [String]
  private static let tickLineHeight = 13.0

  /// Leaves just the room around the data that the texts need.
  init(size: CanvasSize, title: String, x: Direction, y: Direction, rightMargin: Double = 0) {
    self.size = size
    self.title = title
    self.x = x
    self.y = y
    let tickWidth = y.ticks.map { Typography.tick.width(of: $0.label) }.max() ?? 0
    let lastWidth = x.ticks.last.map { Typography.tick.width(of: $0.label) / 2 } ?? 0
    let left = 8 + (y.axis.text.isEmpty ? 0 : 18) + tickWidth + 7
    titleLines = wrapped(title, width: size.width - left - 8, Typography.title)
    let titleHeight = Double(titleLines.count) * (Typography.lineHeight + 2)
    area = Rectangle(
      x0: left,
      y0: 10 + titleHeight + (titleLines.isEmpty ? 0 : 4),
      x1: size.width - max(12, lastWidth + 4) - rightMargin,
      y1: size.height - 8 - (x.axis.text.isEmpty ? 0 : 19) - (x.ticks.isEmpty ? 0 : 5)
        - Self.tickLineHeight * Double(x.ticks.map { $0.label.lines.count }.max() ?? 0))
  }

  /// How many ticks a direction of a figure of `size` has room for.
  static func mostTicks(size: CanvasSize) -> (x: Int, y: Int) {
    (max(2, Int(size.width / 62)), max(2, Int(size.height / 44)))
  }

  /// The place of a pair of values.
  func point(_ valueX: Double, _ valueY: Double) -> Point {
    Point(horizontal(valueX), vertical(valueY))
  }

  /// The distance from the left edge of a value of the x axis.
  func horizontal(_ value: Double) -> Double {
    area.x0 + x.axis.fraction(value, in: x.range) * area.width
  }

  /// The distance from the top edge of a value of the y axis.
  func vertical(_ value: Double) -> Double {
    area.y1 - y.axis.fraction(value, in: y.range) * area.height
  }

  /// The middle of an axis label: that of the data, moved so far that the label stays in the figure.
  private func centered(_ text: String, on middle: Double, within length: Double) -> Double {
    let reach = Typography.axisLabel.width(of: text) / 2 + 4
    return max(reach, min(middle, length - reach))
  }

  /// Draws all but the data.
  func draw(on canvas: inout Canvas) {
    for (index, line) in titleLines.enumerated() {
      canvas.text(
        line, at: Point(area.x0, 19 + Double(index) * (Typography.lineHeight + 2)), Typography.title
      )
    }
    var tick = Typography.tick
    tick.baseline = .middle
    tick.anchor = .end
    for mark in y.ticks {
      let height = vertical(mark.value)
      if y.hasGrid {
        canvas.stroke(.line(Point(area.x0, height), Point(area.x1, height)), .grid, Stroke(0.75))
      }
      canvas.text(mark.label, at: Point(area.x0 - 7, height), tick)
    }
    tick.baseline = .top
    tick.anchor = .middle
    for mark in x.ticks {
      let place = horizontal(mark.value)
      if x.hasGrid {
        canvas.stroke(.line(Point(place, area.y0), Point(place, area.y1)), .grid, Stroke(0.75))
      }
      for (index, line) in mark.label.lines.enumerated() {
        let top = area.y1 + 8 + Self.tickLineHeight * Double(index)
        canvas.text(line, at: Point(place, top), tick)
      }
    }
    canvas.stroke(
      .polyline([
        Point(area.x0, area.y0), Point(area.x0, area.y1), Point(area.x1, area.y1),
      ]), .axis, Stroke(1, cap: .square))
    var label = Typography.axisLabel
    label.anchor = .middle
    let center = centered(x.axis.text, on: area.center.x, within: size.width)
    canvas.text(x.axis.text, at: Point(center, size.height - 9), label)
    label.rotation = -90
    let middle = centered(y.axis.text, on: area.center.y, within: size.height)
    canvas.text(y.axis.text, at: Point(18, middle), label)
  }
}

extension String {
  /// The parts between line breaks.
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}
