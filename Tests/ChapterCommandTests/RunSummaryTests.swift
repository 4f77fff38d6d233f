import BookFormat
import Testing

@testable import ChapterCommand

struct RunSummaryTests {
  private let figure = FigureEntry(name: "a-1", alt: "", caption: nil, width: 1, height: 1)

  private func summary(_ state: RunState, _ failure: Failure? = nil) -> RunSummary {
    RunSummary(
      transcript: Transcript(
        chapter: "ssd", profile: .full, state: state, failure: failure, began: 0, seconds: 12.34,
        cells: [
          CellTranscript(
            name: "a", line: 1, state: .reused, outputs: [.figure(entry: figure)],
            reusedCheckpoints: ["net"]),
          CellTranscript(name: "b", line: 9),
        ]), folder: "output/ssd")
  }

  @Test func `a complete run counts cells, reused checkpoints, figures and seconds`() {
    #expect(
      summary(.complete).text
        == "ssd: 1 of 2 cells, reused: net, 1 figures, 12.3 s. Results: output/ssd")
  }

  @Test func `a failure says where, what and what is kept`() {
    let failure = Failure(
      message: "index out of range", cell: "b", file: "Chapters/ssd/main.swift", line: 11,
      lineIsExact: true)
    let text = summary(.failed, failure).text
    #expect(
      text.hasPrefix("Chapters/ssd/main.swift:11: error in the cell “b”: index out of range\n"))
    #expect(text.contains("Kept in output/ssd/transcript.json"))
    #expect(!text.contains("The line is where the cell begins"))
  }

  @Test func `a line without a backtrace says that it is the cell's`() {
    let failure = Failure(message: "m", cell: "b", file: "f", line: 9, lineIsExact: false)
    #expect(summary(.failed, failure).text.contains("The line is where the cell begins"))
    #expect(summary(.interrupted, failure).text.hasPrefix("Interrupted in the cell “b”, f:9."))
  }
}
