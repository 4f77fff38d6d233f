import Foundation
import Testing

import BookFormat

struct MessagesTests {
  @Test func `every message of a chapter survives the wire`() throws {
    let task = PictureTask(picture: "/a.jpg", drawing: "/a.ssd.png", detections: "/a.ssd.json")
    let messages: [ChapterMessage] = [
      .hello(version: 1, isDebugBuild: true),
      .begin(cell: "train", line: 7),
      .figure(FigureEntry(name: "train-1", alt: "ä \"b\"\n", caption: nil, width: 1, height: 2.5)),
      .record(RecordEntry(name: "ap50", value: 0.1, unit: "%", profile: .quick, cell: "c")),
      .progress(ProgressState(label: "l", done: 1, total: 2, seconds: .infinity, note: "n")),
      .training(checkpoint: "a"), .trained(checkpoint: "a", folder: nil), .reused(checkpoint: "a"),
      .untrained(checkpoint: "a", difference: nil), .untrained(checkpoint: "a", difference: "d"),
      .predicted(PictureOutcome(task, objects: ["banana 0.97"], failure: "f")),
    ]
    var wire = Data()
    for message in messages { wire.append(try JSONLines.encode(message)) }
    var lines = JSONLines()
    var received: [ChapterMessage] = []
    for byte in wire {
      for line in try lines.append(Data([byte])) {
        received.append(try bookDecoder().decode(ChapterMessage.self, from: line))
      }
    }
    #expect(received == messages)
  }

  @Test func `every answer of a runner survives the wire`() throws {
    let key = ReuseKey([.init(.cell, "train", "0a")])
    let run = RunDescription(
      chapter: "ssd", profile: .full, root: "/r", dataFolder: "/d",
      pictures: [PictureTask(picture: "/a", drawing: "/b", detections: "/c")])
    let record = RecordEntry(name: "n", value: -0.1, unit: "", profile: .full, cell: "c")
    let replies: [RunnerReply] = [
      .welcome(version: 1, run: run, sharedKey: key), .begun(cells: key, reuse: true), .proceed,
      .replayed(figures: 2, records: [record]), .cannotReplay(reason: "r"),
    ]
    for reply in replies {
      let line = try JSONLines.encode(reply)
      #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
      #expect(try bookDecoder().decode(RunnerReply.self, from: line) == reply)
    }
  }

  @Test func `a line without an end is refused before it fills the memory`() throws {
    var lines = JSONLines()
    let part = Data(repeating: UInt8(ascii: "x"), count: JSONLines.longestLine / 2 + 1)
    #expect(try lines.append(part).isEmpty)
    #expect(throws: JSONLinesError.lineTooLong) { try lines.append(part) }
  }
}
