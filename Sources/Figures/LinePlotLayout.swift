internal import Canvas

extension LinePlot {
  /// Where the frame, the names of references and the legend of one plot go.
  struct Layout {
    let frame: PlotFrame
    let labels: [(text: String, box: Rectangle)]
    /// Nil when fewer than two series have names.
    let legendBox: Rectangle?
    /// What the legend covers, as `Obstacles` counts it.
    let legendCost: Double

    /// Places names first, then the legend where it covers least, or in the right margin if there is
    /// one.
    init(of plot: LinePlot, rightMargin: Double) {
      let frame = plot.frame(rightMargin: rightMargin)
      var obstacles = Obstacles(points: plot.series.flatMap { $0.samples(in: frame) })
      var labels: [(text: String, box: Rectangle)] = []
      for reference in plot.references
      where !reference.label.isEmpty && plot.isVisible(reference, in: frame) {
        let box = obstacles.cheapest(of: reference.labelPlaces(in: frame)).place
        labels.append((reference.label, box))
        obstacles.boxes.append(box)
      }
      self.frame = frame
      self.labels = labels
      guard plot.legend.entries.count > 1 else {
        (legendBox, legendCost) = (nil, 0)
        return
      }
      let size = plot.legend.size
      if rightMargin > 0 {
        legendBox = Rectangle(
          x: frame.area.x1 + rightMargin - size.width, y: frame.area.y0, width: size.width,
          height: size.height)
        legendCost = 0
      } else {
        (legendBox, legendCost) = obstacles.cheapest(
          of: Legend.places(for: size, in: frame.area))
      }
    }
  }
}

extension Series {
  /// Places every few points along the line, and all markers: what a text should not cover.
  func samples(in frame: PlotFrame) -> [Point] {
    stretches(in: frame).flatMap { stretch in
      guard line != .none else { return stretch }
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

extension LinePlot.Reference {
  /// Where the name may stand: over or under a horizontal line, at its right, left or middle; beside a
  /// vertical one, at its top or bottom.
  fileprivate func labelPlaces(in frame: PlotFrame) -> [Rectangle] {
    let (width, height) = (Typography.caption.width(of: label), 13.0)
    let area = frame.area
    let corners: [(x: Double, y: Double)]
    switch direction {
    case .x:
      let line = frame.horizontal(value)
      let beside = [line + 5, line - 5 - width].filter { $0 >= area.x0 && $0 + width <= area.x1 }
      let lefts = beside.isEmpty ? [max(area.x0, area.x1 - width)] : beside
      corners = lefts.flatMap { left in
        [(left, area.y0 + 2), (left, area.y1 - height - 3), (left, area.center.y)]
      }
    case .y:
      let line = frame.vertical(value)
      let tops = [line - 2 - height, line + 4].filter {
        $0 >= area.y0 && $0 + height <= area.y1
      }
      corners = tops.flatMap { top in
        [(area.x1 - 4 - width, top), (area.x0 + 6, top), (area.center.x - width / 2, top)]
      }
    }
    return corners.map { Rectangle(x: $0.x, y: $0.y, width: width, height: height) }
  }
}
