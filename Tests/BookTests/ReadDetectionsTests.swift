import BookFormat
import Detection
import Foundation
import Testing

@testable import Book

struct ReadDetectionsTests {
  private let session: Session

  init() {
    let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    session = Session(
      run: RunDescription(chapter: "ssd", profile: .quick, root: root.path), link: nil,
      sharedKey: ReuseKey())
  }

  private var file: URL { session.output.appending(path: "detections.json") }

  private func read(pictures: Int = 3, classes: Int = 3) throws(UnusableResults) -> [[ScoredBox]] {
    try readDetections(from: file, pictures: pictures, classes: classes)
  }

  /// What is wrong with a file of this text.
  private func reason(_ text: String, pictures: Int = 3, classes: Int = 3) throws -> String {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    try FileManager.default.createDirectory(at: session.output, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    let error = #expect(throws: UnusableResults.self) {
      try read(pictures: pictures, classes: classes)
    }
    return error?.reason ?? ""
  }

  private let entry = #"[{"bbox":[1,2,3,6],"category_id":3,"image_id":2,"score":0.5}]"#

  @Test func `what was recorded is read again, picture by picture`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    let found = [
      [
        ScoredBox(box: Box(1, 2, 4, 8), classIndex: 2, score: 0.25),
        ScoredBox(box: Box(-1, 0, 4, 8.5), classIndex: 0, score: -1.5),
      ], [], [ScoredBox(box: Box(1, 2, 4, 8), classIndex: 1, score: 0.5)],
    ]
    #expect(
      session.recordDetections(found, imageIDs: [0, 1, 2], firstCategory: 1) == nil)
    #expect(try read() == found)
  }

  @Test func `a missing file is named with the command that writes it`() {
    let error = #expect(throws: UnusableResults.self) { try read() }
    #expect(
      error?.description
        == "output/quick/ssd/detections.json is not there; write it anew: "
        + "swift run chapter ssd --quick")
  }

  @Test func `a file that is none of detections is refused, with the place where it breaks off`()
    throws
  {
    #expect(try reason("{").contains("is no list of COCO's results"))
    #expect(try reason("[]x").contains("is no list of COCO's results"))
    let text = entry.replacing("[{", with: "[" + entry.dropFirst().dropLast() + ",{")
    #expect(try reason(text.replacing(#""score":0.5}]"#, with: "\"s\":1}]")).contains("1: "))
  }

  @Test func `boxes without four finite sides are refused`() throws {
    #expect(
      try reason(entry.replacing("[1,2,3,6]", with: "[1,2,3]"))
        == "has no four finite sides and a score in entry 0")
    #expect(try reason(entry.replacing("[1,2", with: #"["nan",2"#)).contains("four finite"))
  }

  @Test func `detections of other pictures and classes are refused`() throws {
    #expect(
      try reason(entry, pictures: 2) == "tells of picture 2, and there are 2 from 0 on")
    #expect(try reason(entry, classes: 2) == "tells of category 3, and there are 2 from 1 on")
    #expect(
      try reason(entry.replacing("\"category_id\":3", with: "\"category_id\":0"))
        .contains("category 0"))
  }
}
