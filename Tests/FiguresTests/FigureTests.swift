import Canvas
import Figures
import Foundation
import FoundationXML
import Images
import Testing

@Suite struct FigureTests {
  private let plot = LinePlot(
    "Loss <train> & test", x: Axis("epoch"), y: Axis("loss"),
    series: [Series("a", y: [3.0, 2, 1]), Series("b", y: [4.0, 2, 2], line: .dashed)])

  private func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `saving writes a light and a dark drawing and a picture at two pixels a point`() throws
  {
    try inTemporaryFolder { folder in
      let files = try saveFigure(plot, to: folder, name: "loss")
      #expect(files.map(\.lastPathComponent) == ["loss.svg", "loss-dark.svg", "loss.png"])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(names) == ["loss.svg", "loss-dark.svg", "loss.png"])
      for file in files.prefix(2) {
        #expect(XMLParser(data: try Data(contentsOf: file)).parse())
      }
      let picture = try Image(contentsOf: files[2])
      #expect(picture.height == 600 && picture.width == 960)
    }
  }

  @Test func `saving twice gives the same bytes`() throws {
    try inTemporaryFolder { folder in
      let first = try saveFigure(plot, to: folder, name: "a").map { try Data(contentsOf: $0) }
      let second = try saveFigure(plot, to: folder, name: "b").map { try Data(contentsOf: $0) }
      #expect(first == second)
    }
  }

  @Test func `a folder that is absent is named and nothing is written`() {
    let error = #expect(throws: FigureError.self) {
      try saveFigure(plot, to: URL(filePath: "/nowhere"), name: "loss")
    }
    #expect(error?.file == "/nowhere/loss.svg")
    #expect(error?.description.contains("expected a folder that exists") == true)
  }

  @Test func `no text or mark reaches outside its figure`() throws {
    let small = CanvasSize(width: 240, height: 180)
    let gray = Image(height: 64, width: 64, pixels: .init(repeating: 128, count: 64 * 64 * 3))
    let box = PictureBox(x0: -3, y0: 2, x1: 90, y1: 63, label: "a banana 0.98")
    let figures: [any Figure] = [
      plot,
      LinePlot(
        "A small plot with a heading that needs two lines",
        x: Axis("anchor scale", unit: "share of the picture's side"), y: Axis("recall"),
        series: [Series("one", y: [0.5, 1]), Series("another", y: [0.25, 2.0], marker: .square)],
        references: [.y(0.9, "target"), .x(1.5, "chosen")], size: small),
      LinePlot(y: Axis("y", unit: "1/s"), series: [Series("a", y: [25_000_000.0, 34_000_000])]),
      BarChart(
        "A chart with a heading that needs two lines", categories: ["first name", "second name"],
        groups: [.init("AP50", [0.1, 0.9]), .init("AP75", [0.3, -0.2])], decimals: 3, size: small),
      Histogram("Sides", of: [1, 2, 2, 3, 5], bins: 4, x: Axis("side", unit: "px"), size: small),
      HeatMap(
        "A heading wider than its cells", values: [[1, 2]], rows: ["row"], columns: ["a", "b"],
        xLabel: "x", valueLabel: "overlap", decimals: 1),
      PictureFigure(gray, boxes: [box], title: "Title", caption: "Two lines of caption"),
      PictureGrid([PictureFigure(gray), PictureFigure(gray)], columns: 2, title: "Two pictures"),
    ]
    for (index, figure) in figures.enumerated() {
      let bounds = try #require(figure.recording.inkBounds)
      // An ascender over a capital may have a third of a point beyond the edge of a picture's title.
      #expect(bounds.x0 >= -0.5 && bounds.y0 >= -0.5, "figure \(index): \(bounds)")
      #expect(bounds.x1 <= figure.size.width + 0.5, "figure \(index): \(bounds)")
      #expect(bounds.y1 <= figure.size.height + 0.5, "figure \(index): \(bounds)")
    }
  }
}
