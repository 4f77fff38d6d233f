import Canvas
import Figures
import Testing

@Suite struct HistogramTests {
  @Test func `every value falls into one bin, edges into the next`() {
    let histogram = Histogram(of: [0, 0.5, 1, 1, 2.5, 4], bins: 4, x: Axis("x", limits: 0...4))
    #expect(histogram.edges == [0, 1, 2, 3, 4])
    #expect(histogram.counts == [2, 2, 1, 1])
  }

  @Test func `values outside the limits and not-a-number are not counted`() {
    let histogram = Histogram(of: [-1, 5, .nan, .infinity, 2], bins: 2, x: Axis(limits: 0...4))
    #expect(histogram.counts == [0, 1])
  }

  @Test func `no values make an empty histogram`() {
    let histogram = Histogram(of: [], bins: 3)
    #expect(histogram.counts == [0, 0, 0])
    #expect(histogram.recording.svg().contains("<svg"))
  }
}
