public import Canvas

/// Bars over named categories, side by side where there are several groups.
public struct BarChart: Figure, Equatable, Sendable {
  /// The bars of one colour, one for each category.
  public struct Group: Equatable, Sendable {
    /// The name in the legend.
    public var name: String
    /// One value a category; not-a-number leaves the bar out.
    public var values: [Double]
    /// The colour; nil takes the group's place in the chart.
    public var color: ColorRole?

    /// Bars of one colour.
    public init(_ name: String, _ values: [Double], color: ColorRole? = nil) {
      self.name = name
      self.values = values
      self.color = color
    }
  }

  /// Width and height in points.
  public var size: CanvasSize
  /// The heading; empty for none.
  public var title: String
  /// The names under the bars.
  public var categories: [String]
  /// What the categories are; empty for none.
  public var xLabel: String
  /// The axis of the values; linear.
  public var y: Axis
  /// The bars, one group a colour.
  public var groups: [Group]
  /// The decimals of the values printed at the bars' ends; nil prints none.
  public var decimals: Int?

  /// A bar chart; stops when a group has not one value a category, or the axis is logarithmic.
  public init(
    _ title: String = "", categories: [String], xLabel: String = "", y: Axis = Axis(),
    groups: [Group], decimals: Int? = nil,
    size: CanvasSize = CanvasSize(width: 480, height: 300)
  ) {
    require(!categories.isEmpty, "BarChart: there are no categories")
    require(y.scale == .linear, "BarChart: bars start at zero, which a logarithmic axis lacks")
    for group in groups {
      require(
        group.values.count == categories.count,
        "BarChart: group “\(group.name)” has \(group.values.count) values for"
          + " \(categories.count) categories")
    }
    self.title = title
    self.categories = categories
    self.xLabel = xLabel
    self.y = y
    self.groups = groups
    self.decimals = decimals
    self.size = size
  }

  /// Records the chart.
  public func draw(on canvas: inout Canvas) {
    let legend = Legend(
      entries: groups.enumerated().map { index, group in
        .init(name: group.name) { canvas, box in
          canvas.fill(.rectangle(box.inset(by: 1)), .role(group.color ?? .series(index)))
        }
      })
    var frame = self.frame(rightMargin: 0)
    var bars = self.bars(in: frame)
    let needsLegend = groups.count > 1
    var legendBox: Rectangle?
    if needsLegend {
      let obstacles = Obstacles(boxes: bars.map { $0.box.inset(by: decimals == nil ? 0 : -14) })
      let (place, cost) = obstacles.cheapest(of: Legend.places(for: legend.size, in: frame.area))
      legendBox = place
      if cost > 0 {
        let margin = legend.size.width + 10
        frame = self.frame(rightMargin: margin)
        bars = self.bars(in: frame)
        legendBox = Rectangle(
          x: frame.area.x1 + 10, y: frame.area.y0, width: legend.size.width,
          height: legend.size.height)
      }
    }
    frame.draw(on: &canvas)
    for bar in bars { draw(bar, on: &canvas) }
    let zero = min(max(frame.vertical(0), frame.area.y0), frame.area.y1)
    canvas.stroke(.line(Point(frame.area.x0, zero), Point(frame.area.x1, zero)), .axis)
    if let legendBox { legend.draw(on: &canvas, in: legendBox) }
  }

  private func frame(rightMargin: Double) -> PlotFrame {
    let values = groups.flatMap(\.values).filter(\.isFinite)
    var y = self.y
    if y.limits == nil {
      let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
      let room = (high - low) * (decimals == nil ? 0.05 : 0.1)
      y.limits = low == high ? 0...1 : (low < 0 ? low - room : 0)...(high > 0 ? high + room : 0)
    }
    let range = y.limits ?? 0...1
    let most = PlotFrame.mostTicks(size: size)
    let slot = (size.width - rightMargin - 60) / Double(categories.count)
    let names = categories.enumerated().map { index, name in
      Tick(
        value: Double(index) + 0.5,
        label: wrapped(name, width: slot - 4, Typography.tick).joined(separator: "\n"))
    }
    return PlotFrame(
      size: size, title: title,
      x: .init(
        axis: Axis(xLabel), range: 0...Double(categories.count), ticks: names, hasGrid: false),
      y: .init(axis: y, range: range, ticks: y.ticks(in: range, most: most.y)),
      rightMargin: rightMargin)
  }

  private struct Bar {
    var box: Rectangle
    var value: Double
    var role: ColorRole
  }

  /// Every bar cut to the area; each category leaves a quarter of its room empty.
  private func bars(in frame: PlotFrame) -> [Bar] {
    groups.enumerated().flatMap { position, group in
      group.values.enumerated().compactMap { category, value -> Bar? in
        guard value.isFinite else { return nil }
        let share = 0.75 / Double(groups.count)
        let start = Double(category) + 0.125 + share * Double(position)
        let ends = [frame.vertical(0), frame.vertical(value)].map {
          min(max($0, frame.area.y0), frame.area.y1)
        }
        let box = Rectangle(
          x0: frame.horizontal(start) + 0.5, y0: min(ends[0], ends[1]),
          x1: frame.horizontal(start + share) - 0.5, y1: max(ends[0], ends[1]))
        return Bar(box: box, value: value, role: group.color ?? .series(position))
      }
    }
  }

  private func draw(_ bar: Bar, on canvas: inout Canvas) {
    canvas.fill(.rectangle(bar.box), .role(bar.role))
    guard let decimals else { return }
    var style = Typography.tick
    style.size = 10
    style.anchor = .middle
    style.baseline = bar.value < 0 ? .top : .alphabetic
    canvas.text(
      Tick.fixed(bar.value, decimals: decimals),
      at: Point(bar.box.center.x, bar.value < 0 ? bar.box.y1 + 4 : bar.box.y0 - 4), style)
  }
}
