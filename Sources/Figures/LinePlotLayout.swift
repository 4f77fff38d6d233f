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

    /// Places names of references and points first, then the legend where it covers least, or in the right margin if there is
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
      for (text, places) in plot.series.flatMap({ $0.labelPlaces(in: frame) }) {
        let box = obstacles.cheapest(of: places).place
        labels.append((text, box))
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

extension Series {
  /// The names of the points in sight, each with where it may stand: at a side of its point, or at a
  /// corner, within the area where there is room.
  fileprivate func labelPlaces(in frame: PlotFrame) -> [(text: String, places: [Rectangle])] {
    runs(in: frame, [y]).joined().compactMap { index in
      let point = frame.point(x[index], y[index])
      let area = frame.area
      guard !labels[index].isEmpty, (area.x0...area.x1).contains(point.x),
        (area.y0...area.y1).contains(point.y)
      else { return nil }
      let (width, height, gap) = (Typography.caption.width(of: labels[index]), 13.0, 7.0)
      let lefts = [point.x + gap, point.x - gap - width, point.x - width / 2]
      let tops = [point.y - height / 2, point.y - gap - height, point.y + gap]
      let places = [(0, 0), (1, 0), (2, 1), (2, 2), (0, 1), (0, 2), (1, 1), (1, 2)].map {
        Rectangle(x: lefts[$0.0], y: tops[$0.1], width: width, height: height)
      }
      let inside = places.filter {
        $0.x0 >= area.x0 && $0.x1 <= area.x1 && $0.y0 >= area.y0 && $0.y1 <= area.y1
      }
      return (labels[index], inside.isEmpty ? places : inside)
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
