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
}
