import Canvas
import Figures
import Foundation
import Testing

@Suite("Block diagrams") struct BlockDiagramTests {
  private let diagram = BlockDiagram(
    "A chain",
    blocks: [
      .init("picture", detail: "3 × 256 × 256"),
      .init(
        "block", detail: "64 × 32 × 32", outputs: ["4096 anchors: class", "4096 anchors: box"]),
    ])

  @Test func `every text of the diagram is drawn once`() {
    let svg = diagram.recording.svg(theme: .light)
    for text in [
      "A chain", "picture", "3 × 256 × 256", "64 × 32 × 32", "4096 anchors: class",
    ] {
      #expect(svg.components(separatedBy: ">\(text)<").count == 2, "\(text)")
    }
  }

  @Test func `nothing is drawn outside of its size`() throws {
    let (size, ink) = (diagram.size, try #require(diagram.recording.inkBounds))
    #expect(ink.x0 >= 0 && ink.y0 >= 0 && ink.x1 <= size.width && ink.y1 <= size.height)
  }

  @Test func `a block with outputs makes the diagram higher, a longer name makes it wider`() {
    let plain = BlockDiagram(blocks: [.init("a")])
    #expect(BlockDiagram(blocks: [.init("a", outputs: ["b"])]).size.height > plain.size.height)
    #expect(BlockDiagram(blocks: [.init("a longer name")]).size.width > plain.size.width)
  }
}
