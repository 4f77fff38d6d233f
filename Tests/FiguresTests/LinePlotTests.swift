import Canvas
import Testing

@testable import Figures

@Suite struct LinePlotTests {
  @Test func `points lie where their values say`() {
    let plot = LinePlot(
      x: Axis("x", limits: 0...10), y: Axis("y", limits: -1...1),
      series: [Series("a", x: [0, 10], y: [-1.0, 1])])
    let frame = plot.frame()
    #expect(frame.point(0, -1) == Point(frame.area.x0, frame.area.y1))
    #expect(frame.point(10, 1) == Point(frame.area.x1, frame.area.y0))
    #expect(frame.point(5, 0) == frame.area.center)
  }

  @Test func `not-a-number leaves a gap`() {
    let series = Series("loss", y: [3, .nan, 2, 1, .infinity, 0.5] as [Float])
    let plot = LinePlot(series: [series])
    #expect(series.stretches(in: plot.frame()).map(\.count) == [1, 2, 1])
  }

  @Test func `a logarithmic axis leaves gaps at zero and below`() {
    let series = Series("loss", y: [1.0, 0, -1, 0.1])
    let plot = LinePlot(y: Axis("loss", scale: .logarithmic), series: [series])
    #expect(series.stretches(in: plot.frame()).map(\.count) == [1, 1])
  }

  @Test func `a band that leaves the line widens the axis`() {
    let series = Series("a", y: [1.0, 1], band: .init(low: [-5, 0], high: [2, 9]))
    let range = LinePlot(series: [series]).frame().y.range
    #expect(range.lowerBound < -5 && range.upperBound > 9)
  }

  @Test func `no series and only not-a-number say that there are no data`() {
    for plot in [
      LinePlot("t", x: Axis("x"), y: Axis("y"), series: []),
      LinePlot(series: [Series("a", y: [Double.nan, .nan])]),
    ] {
      #expect(plot.recording.svg().contains(">no data</text>"))
    }
    let full = LinePlot(series: [Series("a", y: [1.0, 2])])
    #expect(!full.recording.svg().contains("no data"))
  }

  @Test func `two named series have a legend and one has none`() {
    let first = Series("training", y: [2.0, 1])
    let second = Series("validation", y: [3.0, 2])
    #expect(!LinePlot(series: [first]).recording.svg().contains(">training</text>"))
    let both = LinePlot(series: [first, second]).recording.svg()
    #expect(both.contains(">training</text>") && both.contains(">validation</text>"))
  }

  @Test func `a legend that would hide lines stands beside the plot`() throws {
    let crowd = (0..<12).map { level in
      Series("s\(level)", x: [0, 1], y: [Double(level), Double(level)])
    }
    let plot = LinePlot(series: crowd)
    #expect(LinePlot.Layout(of: plot, rightMargin: 0).legendCost > 8)
    let layout = LinePlot.Layout(of: plot, rightMargin: 90)
    #expect(try #require(layout.legendBox).x0 > layout.frame.area.x1)
    #expect(try #require(layout.legendBox).x1 <= plot.size.width)
  }

  @Test func `a reference outside the limits is left out and one inside is named`() {
    let plot = LinePlot(
      x: Axis("x", limits: 0...1), y: Axis("y", limits: 0...1),
      series: [Series("a", x: [0, 1], y: [0.0, 1])],
      references: [.y(0.5, "half"), .y(7, "seven"), .x(0.2, "fifth")])
    let svg = plot.recording.svg()
    #expect(svg.contains(">half</text>") && svg.contains(">fifth</text>"))
    #expect(!svg.contains(">seven</text>"))
  }

  @Test func `names stand beside their points, within the plot, clear of points and names`() throws
  {
    let (xs, ys) = ([0.0, 0.5, 0.52, 1, 1], [0.0, 0.5, 0.5, 1, 0.98])
    let plot = LinePlot(
      x: Axis("x", limits: 0...1), y: Axis("y", limits: 0...1),
      series: [
        Series(
          "", x: xs, y: ys, line: .none, marker: .circle,
          labels: ["corner", "left", "right", "top", ""])
      ])
    let layout = LinePlot.Layout(of: plot, rightMargin: 0)
    #expect(layout.labels.map(\.text) == ["corner", "left", "right", "top"])
    let area = layout.frame.area
    for (index, label) in layout.labels.enumerated() {
      #expect(label.box.x0 >= area.x0 && label.box.x1 <= area.x1)
      #expect(label.box.y0 >= area.y0 && label.box.y1 <= area.y1)
      let own = layout.frame.point(xs[index], ys[index])
      let near = label.box.inset(by: -10)
      #expect(near.x0 <= own.x && own.x <= near.x1 && near.y0 <= own.y && own.y <= near.y1)
      let others = layout.labels.indices.filter { $0 != index }
      #expect(others.allSatisfy { label.box.overlap(with: layout.labels[$0].box) == 0 })
      for point in zip(xs, ys).map(layout.frame.point) {
        let covers =
          label.box.x0 < point.x && point.x < label.box.x1 && label.box.y0 < point.y
          && point.y < label.box.y1
        #expect(!covers)
      }
    }
    #expect(plot.recording.svg().contains(">corner</text>"))
  }

  @Test func `a point out of sight keeps its name to itself`() {
    let plot = LinePlot(
      x: Axis("x", limits: 0...1), y: Axis("y", limits: 0...1),
      series: [Series("", x: [0.5, 2], y: [0.5, .nan], line: .none, labels: ["seen", "unseen"])])
    #expect(LinePlot.Layout(of: plot, rightMargin: 0).labels.map(\.text) == ["seen"])
  }

  @Test func `fewer labels than points stop the program`() async {
    await #expect(processExitsWith: .failure) { _ = Series("a", y: [1.0, 2], labels: ["one"]) }
  }

  @Test func `series of different lengths stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = Series("a", x: [1, 2, 3], y: [1.0])
    }
  }
}
