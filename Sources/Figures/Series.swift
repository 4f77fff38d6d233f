public import Canvas

/// One line of a plot: points, how they are joined and marked, and how sure they are.
public struct Series: Equatable, Sendable {
  /// How points are joined.
  public enum Line: Equatable, Sendable {
    /// An unbroken line.
    case solid
    /// Long dashes.
    case dashed
    /// Dots.
    case dotted
    /// Not joined at all: a scatter plot.
    case none
  }

  /// The sign drawn at each point.
  public enum Marker: Equatable, Sendable {
    /// A filled circle.
    case circle
    /// A filled square.
    case square
    /// A filled triangle, point up.
    case triangle
    /// A filled square on its corner.
    case diamond
  }

  /// Lowest and highest values around each point.
  public struct Band: Equatable, Sendable {
    /// The lower edge, one value a point.
    public var low: [Double]
    /// The upper edge, one value a point.
    public var high: [Double]

    /// A band between two edges.
    public init(low: [Double], high: [Double]) {
      self.low = low
      self.high = high
    }
  }

  /// The name in the legend.
  public var name: String
  /// Values along the x axis.
  public var x: [Double]
  /// Values along the y axis; not-a-number leaves a gap.
  public var y: [Double]
  /// How points are joined.
  public var line: Line
  /// The sign at each point, if any.
  public var marker: Marker?
  /// The shaded band around the line, if any.
  public var band: Band?
  /// The colour; nil takes the series' place in the plot.
  public var color: ColorRole?
  /// A name beside each point, if any; empty for none.
  public var labels: [String]

  /// A series; without `x`, points are counted from 1, and without `labels` they have no names.
  ///
  /// Stops when counts differ.
  public init<Y: BinaryFloatingPoint>(
    _ name: String, x: [Double]? = nil, y: [Y], line: Line = .solid, marker: Marker? = nil,
    band: Band? = nil, color: ColorRole? = nil, labels: [String]? = nil
  ) {
    let x = x ?? y.indices.map { Double($0 + 1) }
    require(
      x.count == y.count, "Series “\(name)”: \(x.count) values of x, but \(y.count) of y")
    if let band {
      require(
        band.low.count == y.count && band.high.count == y.count,
        "Series “\(name)”: the band has \(band.low.count) and \(band.high.count) values, not \(y.count)"
      )
    }
    let labels = labels ?? y.map { _ in "" }
    require(
      labels.count == y.count, "Series “\(name)”: \(labels.count) labels for \(y.count) points")
    self.name = name
    self.x = x
    self.y = y.map { Double($0) }
    self.line = line
    self.marker = marker
    self.band = band
    self.color = color
    self.labels = labels
  }
}

extension Series {
  /// The stretches of indices, without gaps, whose `values` can be shown on both axes of `frame`.
  func runs(in frame: PlotFrame, _ values: [[Double]]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in x.indices
    where frame.x.axis.shows(x[index]) && values.allSatisfy({ frame.y.axis.shows($0[index]) }) {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }

  /// The points of each stretch of the line.
  func stretches(in frame: PlotFrame) -> [[Point]] {
    runs(in: frame, [y]).map { run in run.map { frame.point(x[$0], y[$0]) } }
  }

  /// Draws band, line and markers, the first two cut to the frame's area.
  func draw(on canvas: inout Canvas, in frame: PlotFrame, role: ColorRole) {
    let stretches = stretches(in: frame)
    canvas.group(clip: .rectangle(frame.area.inset(by: -1.5))) { canvas in
      if let band {
        for run in runs(in: frame, [band.low, band.high]) {
          let low = run.map { frame.point(x[$0], band.low[$0]) }
          let high = run.map { frame.point(x[$0], band.high[$0]) }
          canvas.fill(.polygon(low + high.reversed()), Color.role(role).opacity(0.16))
        }
      }
      guard let stroke = line.stroke else { return }
      for stretch in stretches {
        // A point without neighbours would be an invisible line.
        if stretch.count == 1, marker == nil {
          canvas.fill(.circle(center: stretch[0], radius: 1.5), .role(role))
        } else if stretch.count > 1 {
          canvas.stroke(.polyline(stretch), .role(role), stroke)
        }
      }
    }
    guard let marker else { return }
    let visible = frame.area.inset(by: -0.01)
    for point in stretches.joined()
    where point.x >= visible.x0 && point.x <= visible.x1 && point.y >= visible.y0
      && point.y <= visible.y1
    {
      marker.draw(on: &canvas, at: point, role)
    }
  }
}

extension Series.Line {
  /// The pen of the line; nil for none.
  var stroke: Stroke? {
    switch self {
    case .solid: Stroke(1.75, cap: .round, join: .round)
    case .dashed: Stroke(1.75, dash: [6, 4], join: .round)
    case .dotted: Stroke(1.9, dash: [0.01, 4], cap: .round, join: .round)
    case .none: nil
    }
  }
}

extension Series.Marker {
  /// Draws the sign with a thin rim of paper, which keeps neighbours apart.
  func draw(on canvas: inout Canvas, at center: Point, _ role: ColorRole) {
    let (x, y) = (center.x, center.y)
    let outline: Path =
      switch self {
      case .circle: .circle(center: center, radius: 3.2)
      case .square: .rectangle(Rectangle(x: x - 2.9, y: y - 2.9, width: 5.8, height: 5.8))
      case .triangle:
        .polygon([Point(x, y - 4), Point(x + 3.6, y + 2.6), Point(x - 3.6, y + 2.6)])
      case .diamond:
        .polygon([Point(x, y - 4.2), Point(x + 4.2, y), Point(x, y + 4.2), Point(x - 4.2, y)])
      }
    canvas.stroke(outline, .paper, Stroke(1.6, join: .round))
    canvas.fill(outline, .role(role))
  }
}
