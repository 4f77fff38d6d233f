import Canvas
import Figures
import Images
import Testing

@Suite struct BarChartTests {
  /// How many pixels of column `x` have the first series' colour.
  private func height(of figure: some Figure, x: Int) -> Int {
    let pixels = figure.recording.pixels()
    return (0..<pixels.height).count { pixels[$0, x] == (0x0C, 0x74, 0xA8) }
  }

  @Test func `a bar twice the value is twice as high`() {
    let chart = BarChart(
      categories: ["a", "b"], y: Axis("AP", limits: 0...1), groups: [.init("x", [0.4, 0.8])])
    let (low, high) = (height(of: chart, x: 150), height(of: chart, x: 360))
    // Both ends of a bar may share a pixel with what lies beyond.
    #expect(low > 50 && abs(high - 2 * low) <= 3)
  }

  @Test func `a value that is not a number has no bar`() {
    let chart = BarChart(categories: ["a", "b"], groups: [.init("x", [.nan, 1])])
    #expect(height(of: chart, x: 150) == 0 && height(of: chart, x: 360) > 100)
  }

  @Test func `values are printed with their decimals and a true minus sign`() {
    let chart = BarChart(categories: ["a", "b"], groups: [.init("x", [-0.5, 1])], decimals: 2)
    let svg = chart.recording.svg()
    #expect(svg.contains(">\u{2212}0.50</text>") && svg.contains(">1.00</text>"))
  }

  @Test func `several groups have a legend and long names are wrapped`() {
    let chart = BarChart(
      categories: ["a name that is too long for one line", "b", "c", "d", "e"],
      groups: [.init("AP50", [1, 1, 1, 1, 1]), .init("AP75", [1, 1, 1, 1, 1])])
    let svg = chart.recording.svg()
    #expect(svg.contains(">AP50</text>") && svg.contains(">AP75</text>"))
    #expect(!svg.contains(">a name that is too long for one line</text>"))
  }

  @Test func `a group with a value missing stops the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = BarChart(categories: ["a", "b"], groups: [.init("x", [1])])
    }
  }
}
