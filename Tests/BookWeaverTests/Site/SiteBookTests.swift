import BookFormat
import Testing

@testable import BookWeaver

struct SiteBookTests {
  private let run = Transcript(
    chapter: "boxes", profile: .full, state: .complete, began: 0, seconds: 1,
    cells: [
      CellTranscript(
        name: "scene", line: 1,
        outputs: [.figure(entry: .sample("scene-1")), .figure(entry: .sample("scene-2"))])
    ])

  @Test(arguments: [
    ("boxes/scene", "scene-1"), ("boxes/scene-1", "scene-1"), ("boxes/scene-2", "scene-2"),
  ])
  func `the cover is a figure by its name, or a cell's first`(setting: String, name: String) {
    let cover = CoverFigure(setting) { $0 == "boxes" ? run : nil }
    #expect(cover?.figure.name == name)
    #expect(cover?.chapter == "boxes")
  }

  @Test(arguments: ["boxes/scene-3", "ssd/scene", "boxes", "boxes/"])
  func `what no run has drawn is no cover`(setting: String) {
    #expect(CoverFigure(setting) { $0 == "boxes" ? run : nil } == nil)
  }
}
