import Canvas
import Figures
import Images
import Testing

@Suite struct HeatMapTests {
  @Test func `the lowest value is darkest, the highest brightest and not-a-number gray`() {
    let map = HeatMap(values: [[0, 1], [.nan, 0.5]], cell: 20)
    let pixels = map.recording.pixels()
    #expect(pixels[18, 18] == (22, 26, 74))
    #expect(pixels[18, 38] == (250, 238, 130))
    #expect(pixels[38, 18] == (128, 128, 128))
  }

  @Test func `values beyond the range take its end colours`() {
    let map = HeatMap(values: [[-7, 9]], range: 0...1, cell: 20)
    let pixels = map.recording.pixels()
    #expect(pixels[18, 18] == (22, 26, 74) && pixels[18, 38] == (250, 238, 130))
  }

  @Test func `equal values and only not-a-number can be drawn`() {
    for values in [[[3.0, 3]], [[Double.nan]]] {
      #expect(HeatMap(values: values).recording.svg().contains("<image"))
    }
  }

  @Test func `names, labels and values are written`() {
    let svg = HeatMap(
      "IoU", values: [[0.25]], rows: ["banana"], columns: ["A0"], xLabel: "anchor",
      yLabel: "object", valueLabel: "overlap", decimals: 2
    ).recording.svg()
    for text in ["IoU", "banana", "A0", "anchor", "object", "overlap", "0.25"] {
      #expect(svg.contains(">\(text)</text>"), "\(text)")
    }
  }

  @Test func `rows of different lengths stop the program`() async {
    await #expect(processExitsWith: .failure) { _ = HeatMap(values: [[1, 2], [3]]) }
  }
}
