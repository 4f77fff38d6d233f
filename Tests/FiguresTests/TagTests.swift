import Canvas
import Testing

@testable import Figures

@Suite struct TagTests {
  private let frame = Rectangle(x0: 0, y0: 0, x1: 200, y1: 150)

  @Test func `a tag stands on top of its box`() throws {
    let box = Rectangle(x0: 50, y0: 60, x1: 120, y1: 130)
    let tag = try #require(Tag.place([("banana", box)], in: frame)[0])
    #expect(tag.plate.y1 == 61 && tag.plate.x0 == 49)
  }

  @Test func `a tag stays inside the picture`() throws {
    let outlines = [
      Rectangle(x0: 0, y0: 0, x1: 30, y1: 30), Rectangle(x0: 180, y0: 2, x1: 200, y1: 20),
      Rectangle(x0: 190, y0: 140, x1: 200, y1: 150), Rectangle(x0: 0, y0: 0, x1: 200, y1: 150),
    ]
    let tags = Tag.place(outlines.map { ("banana 0.98", $0) }, in: frame)
    for case let tag? in tags {
      #expect(tag.plate.x0 >= 0 && tag.plate.y0 >= 0)
      #expect(tag.plate.x1 <= 200 && tag.plate.y1 <= 150)
    }
    #expect(tags.compactMap { $0 }.count == 4)
  }

  @Test func `tags of boxes on the same spot do not overlap`() {
    let box = Rectangle(x0: 50, y0: 40, x1: 120, y1: 120)
    let plates = Tag.place((0..<5).map { ("class \($0)", box) }, in: frame).compactMap { $0?.plate }
    #expect(plates.count == 5)
    for (index, plate) in plates.enumerated() {
      for other in plates.dropFirst(index + 1) { #expect(plate.overlap(with: other) == 0) }
    }
  }

  @Test func `a long label gets smaller letters and no label gets no tag`() throws {
    let box = Rectangle(x0: 50, y0: 60, x1: 120, y1: 130)
    let tags = Tag.place(
      [("a label that is wider than the picture by a little", box), ("", box)], in: frame)
    let tag = try #require(tags[0])
    #expect(tag.fontSize < 11 && tag.plate.x0 >= 0 && tag.plate.x1 <= 200.01)
    #expect(tags[1] == nil)
  }
}
