public import Canvas
internal import Images

/// A table of values as colours, with a colour bar; for feature maps, overlaps and confusions.
public struct HeatMap: Figure, Equatable, Sendable {
  /// The heading; empty for none.
  public var title: String
  /// The values, row after row; not-a-number is shown gray.
  public var values: [[Double]]
  /// Names at the left of the rows; empty for none.
  public var rows: [String]
  /// Names under the columns; empty for none.
  public var columns: [String]
  /// What the columns are; empty for none.
  public var xLabel: String
  /// What the rows are; empty for none.
  public var yLabel: String
  /// The values of the darkest and the brightest colour.
  public var range: ClosedRange<Double>
  /// What the values are; stands over the colour bar.
  public var valueLabel: String
  /// The decimals of the values printed in the cells; nil prints none.
  public var decimals: Int?
  /// Width and height of a cell in points.
  public var cell: Double

  /// A heat map; stops when rows differ in length or names in number.
  public init(
    _ title: String = "", values: [[Double]], rows: [String] = [], columns: [String] = [],
    xLabel: String = "", yLabel: String = "", range: ClosedRange<Double>? = nil,
    valueLabel: String = "", decimals: Int? = nil, cell: Double = 30
  ) {
    let width = values.first?.count ?? 0
    require(width > 0, "HeatMap: there are no values")
    require(values.allSatisfy { $0.count == width }, "HeatMap: rows are not equally long")
    require(rows.isEmpty || rows.count == values.count, "HeatMap: not one name for each row")
    require(columns.isEmpty || columns.count == width, "HeatMap: not one name for each column")
    require(cell > 0, "HeatMap: cells have a positive size, not \(cell)")
    self.title = title
    self.values = values
    self.rows = rows
    self.columns = columns
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.range =
      range ?? Axis().range(of: values.joined(), margin: 0, reachesZero: true)
    self.valueLabel = valueLabel
    self.decimals = decimals
    self.cell = cell
  }

  /// The table's size with the room its texts and the colour bar need.
  public var size: CanvasSize {
    let labels = ticks.map { Typography.tick.width(of: $0.label) } + [0]
    return CanvasSize(
      width: max(
        area.x1 + 16 + max(14 + 5 + (labels.max() ?? 0), valueWidth) + 6,
        area.x0 + Typography.title.width(of: title) + 6),
      height: area.y1 + (columns.isEmpty ? 8 : 22) + (xLabel.isEmpty ? 0 : 20))
  }

  private var valueWidth: Double { Typography.tick.width(of: valueLabel) }
  private var ticks: [Tick] { Tick.linear(in: range, most: max(2, Int(area.height / 34))) }

  /// Where the cells lie.
  private var area: Rectangle {
    let rowWidth = rows.map { Typography.tick.width(of: $0) }.max() ?? 0
    return Rectangle(
      x: 8 + (yLabel.isEmpty ? 0 : 18) + (rows.isEmpty ? 0 : rowWidth + 7),
      y: 8 + (title.isEmpty ? 0 : 20) + (valueLabel.isEmpty ? 0 : 16),
      width: cell * Double(values[0].count), height: cell * Double(values.count))
  }

  /// Records the heat map.
  public func draw(on canvas: inout Canvas) {
    let area = self.area
    canvas.text(title, at: Point(area.x0, 19), Typography.title)
    canvas.image(picture(of: values), in: area, sampling: .nearest)
    canvas.stroke(.rectangle(area), .axis, Stroke(0.75))
    drawNames(on: &canvas)
    if let decimals { drawValues(decimals, on: &canvas) }

    let bar = Rectangle(x0: area.x1 + 16, y0: area.y0, x1: area.x1 + 30, y1: area.y1)
    let shades = (0..<256).map { step in
      [range.upperBound + (range.lowerBound - range.upperBound) * Double(step) / 255]
    }
    canvas.image(picture(of: shades), in: bar)
    canvas.stroke(.rectangle(bar), .axis, Stroke(0.75))
    canvas.text(valueLabel, at: Point(bar.x0, bar.y0 - 7), Typography.tick)
    var style = Typography.tick
    style.baseline = .middle
    for tick in ticks {
      let height = bar.y1 - share(tick.value) * bar.height
      canvas.text(tick.label, at: Point(bar.x1 + 5, height), style)
    }
  }

  private func drawNames(on canvas: inout Canvas) {
    let area = self.area
    var style = Typography.tick
    style.anchor = .end
    style.baseline = .middle
    for (row, name) in rows.enumerated() {
      canvas.text(name, at: Point(area.x0 - 7, area.y0 + (Double(row) + 0.5) * cell), style)
    }
    style.anchor = .middle
    style.baseline = .top
    for (column, name) in columns.enumerated() {
      canvas.text(name, at: Point(area.x0 + (Double(column) + 0.5) * cell, area.y1 + 7), style)
    }
    var label = Typography.axisLabel
    label.anchor = .middle
    canvas.text(xLabel, at: Point(area.center.x, size.height - 8), label)
    label.rotation = -90
    canvas.text(yLabel, at: Point(18, area.center.y), label)
  }

  private func drawValues(_ decimals: Int, on canvas: inout Canvas) {
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() where value.isFinite {
        let shade = Self.shade(share(value)).map { Double($0) / 255 }
        let ground = RGBA(shade[0], shade[1], shade[2])
        let (white, black) = (RGBA(1, 1, 1), RGBA(0, 0, 0))
        let isBright = ground.contrast(with: black) > ground.contrast(with: white)
        let center = Point(
          area.x0 + (Double(column) + 0.5) * cell, area.y0 + (Double(row) + 0.5) * cell)
        let style = TextStyle(
          size: min(10, cell / 2.6), color: .fixed(isBright ? black : white),
          anchor: .middle, baseline: .middle)
        canvas.text(Tick.fixed(value, decimals: decimals), at: center, style)
      }
    }
  }

  // MARK: Colours

  /// Where a value lies between the ends of the range, 0…1.
  private func share(_ value: Double) -> Double {
    let span = range.upperBound - range.lowerBound
    return min(max((value - range.lowerBound) / (span > 0 ? span : 1), 0), 1)
  }

  /// One pixel a value.
  private func picture(of values: [[Double]]) -> Image {
    Image(
      height: values.count, width: values[0].count,
      pixels: values.joined().flatMap { $0.isNaN ? [128, 128, 128] : Self.shade(share($0)) })
  }

  /// Night blue over teal and green to pale yellow: evenly brighter, also for colour-blind eyes.
  private static let ramp: [[Double]] = [
    [22, 26, 74], [30, 74, 128], [28, 124, 142], [62, 170, 122], [156, 207, 88], [250, 238, 130],
  ]

  private static func shade(_ share: Double) -> [UInt8] {
    let place = share * Double(ramp.count - 1)
    let lower = min(Int(place), ramp.count - 2)
    let weight = place - Double(lower)
    return zip(ramp[lower], ramp[lower + 1]).map { UInt8(($0 + ($1 - $0) * weight).rounded()) }
  }
}
