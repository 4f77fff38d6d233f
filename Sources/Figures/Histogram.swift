public import Canvas

/// How many of some values fall into each of equally wide bins.
public struct Histogram: Figure, Equatable, Sendable {
  /// Width and height in points.
  public var size: CanvasSize
  /// The heading; empty for none.
  public var title: String
  /// The axis of the values.
  public var x: Axis
  /// The axis of the counts.
  public var y: Axis
  /// Where bins begin and end; one more than `counts`.
  public let edges: [Double]
  /// Values in each bin; a value on an edge belongs to the bin after it, the last edge to the last.
  public let counts: [Int]

  /// Counts the finite values within the limits of `x`, or all of them, in `bins` bins.
  public init(
    _ title: String = "", of values: [Double], bins: Int, x: Axis = Axis(),
    y: Axis = Axis("count"), size: CanvasSize = CanvasSize(width: 480, height: 300)
  ) {
    require(bins > 0, "Histogram: the number of bins is positive, not \(bins)")
    require(
      x.scale == .linear && y.scale == .linear, "Histogram: bins and counts have linear axes")
    let range = x.range(of: values, margin: 0, reachesZero: false)
    let width = (range.upperBound - range.lowerBound) / Double(bins)
    var counts = [Int](repeating: 0, count: bins)
    for value in values where value.isFinite && range.contains(value) {
      counts[min(bins - 1, Int((value - range.lowerBound) / width))] += 1
    }
    self.title = title
    self.x = x
    self.y = y
    self.counts = counts
    edges = (0...bins).map { range.lowerBound + Double($0) * width }
    self.size = size
  }

  /// Records the histogram.
  public func draw(on canvas: inout Canvas) {
    let (rangeX, top) = (edges[0]...edges[edges.count - 1], Double(counts.max() ?? 0))
    let rangeY = y.limits ?? 0...max(1, top * 1.05)
    let most = PlotFrame.mostTicks(size: size)
    let frame = PlotFrame(
      size: size, title: title,
      x: .init(axis: x, range: rangeX, ticks: x.ticks(in: rangeX, most: most.x), hasGrid: false),
      y: .init(axis: y, range: rangeY, ticks: y.ticks(in: rangeY, most: most.y)))
    frame.draw(on: &canvas)
    canvas.group(clip: .rectangle(frame.area)) { canvas in
      for (index, count) in counts.enumerated() where count > 0 {
        let (start, end) = (frame.horizontal(edges[index]), frame.horizontal(edges[index + 1]))
        let box = Rectangle(
          x0: start + 0.5, y0: frame.vertical(Double(count)), x1: end - 0.5, y1: frame.area.y1)
        canvas.fill(.rectangle(box), .series(0))
      }
    }
    canvas.stroke(
      .line(Point(frame.area.x0, frame.area.y1), Point(frame.area.x1, frame.area.y1)), .axis)
  }
}
