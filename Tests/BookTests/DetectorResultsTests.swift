import BookFormat
import Detection
import Foundation
import Testing

@testable import Book

struct DetectorResultsTests {
  private let session: Session
  private let objects = [
    [LabeledBox(box: Box(0, 0, 10, 10), classIndex: 0)], [],
  ]

  init() {
    let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    session = Session(
      run: RunDescription(chapter: "yolo", profile: .full, root: root.path), link: nil,
      sharedKey: ReuseKey())
  }

  /// Leaves the results of a detector that finds the one object, with these records.
  private func leave(_ records: [String: Double], detector: String = "") {
    for (name, value) in records { #expect(session.record(name, value, unit: "") == nil) }
    let found = ScoredBox(box: Box(0, 0, 10, 10), classIndex: 0, score: 0.5)
    #expect(
      session.recordDetections(
        [[found], []], imageIDs: [0, 1], firstCategory: 1, name: detector) == nil)
  }

  private func read(_ detector: String = "") throws(UnusableResults) -> DetectorResults {
    try DetectorResults(in: session.output, detector: detector, objects: objects, classes: 1)
  }

  @Test func `numbers and boxes of the chapter's own detector are read`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    leave(["ap50_lowest": 1, "ap50_highest": 1, "gflop": 0.5])
    let results = try read()
    #expect(results.numbers["gflop"] == 0.5)
    #expect(results.detections.map(\.count) == [1, 0])
  }

  @Test func `a further detector has its prefix and its file`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    leave(
      [
        "gflop": 7, "still_life_gflop": 2, "still_life_ap50_lowest": 1,
        "still_life_ap50_highest": 1,
      ], detector: "still-life")
    #expect(try read("still-life").numbers["gflop"] == 2)
    let error = #expect(throws: UnusableResults.self) { try read() }
    #expect(error?.reason == "holds no “ap50_lowest” and “…highest”")
  }

  @Test func `boxes that do not have the precision recorded are of another run`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    leave(["ap50_lowest": 0.4, "ap50_highest": 0.5])
    let error = #expect(throws: UnusableResults.self) { try read() }
    #expect(error?.description.contains("has an AP50 of 1.000") == true)
    #expect(error?.description.hasSuffix("swift run chapter yolo") == true)
  }

  @Test func `missing, broken and quick records are refused`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    #expect(throws: UnusableResults.self) { try read() }
    let file = session.output.appending(path: "records.json")
    try FileManager.default.createDirectory(at: session.output, withIntermediateDirectories: true)
    try Data("[1]".utf8).write(to: file)
    #expect(
      #expect(throws: UnusableResults.self) { try read() }?.reason.hasPrefix(
        "is no list of records (0: ") == true)
    let quick = RecordEntry(name: "ap50", value: 1, unit: "", profile: .quick, cell: "a")
    try bookEncoder().encode([quick]).write(to: file)
    #expect(
      #expect(throws: UnusableResults.self) { try read() }?.reason
        == "holds numbers of a run in the other profile")
  }
}
