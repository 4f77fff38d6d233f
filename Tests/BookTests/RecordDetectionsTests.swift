import BookFormat
import Detection
import Foundation
import Testing

@testable import Book

struct RecordDetectionsTests {
  private let session: Session

  init() {
    let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    session = Session(
      run: RunDescription(chapter: "ssd", profile: .full, root: root.path), link: nil,
      sharedKey: ReuseKey())
  }

  private func scored(_ box: Box, class classIndex: Int = 0, _ score: Float = 0.5) -> ScoredBox {
    ScoredBox(box: box, classIndex: classIndex, score: score)
  }

  @Test func `detections become COCO results, calls adding up`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    let box = Box(1, 2, 4, 8)
    #expect(
      session.recordDetections(
        [[scored(box, class: 0, 0.25)], [], [scored(box, class: 2), scored(box, class: -1)]],
        imageIDs: [7, 8, 9], firstCategory: 1) == nil)
    #expect(
      session.recordDetections([[scored(box)]], imageIDs: [10], firstCategory: 0) == nil)
    let file = session.folders.root.appending(path: "output/ssd/detections.json")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == "["
        + #"{"bbox":[1,2,3,6],"category_id":1,"image_id":7,"score":0.25},"#
        + #"{"bbox":[1,2,3,6],"category_id":3,"image_id":9,"score":0.5},"#
        + #"{"bbox":[1,2,3,6],"category_id":0,"image_id":10,"score":0.5}]"#)
  }

  @Test func `a further detector has a file of its own`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    let box = Box(1, 2, 4, 8)
    for (name, picture) in [("", 1), ("scales", 2), ("", 3)] {
      #expect(
        session.recordDetections(
          [[scored(box)]], imageIDs: [picture], firstCategory: 1, name: name) == nil)
    }
    func pictures(_ file: String) throws -> [Int] {
      let data = try Data(contentsOf: session.output.appending(path: file))
      return try bookDecoder().decode([DetectionEntry].self, from: data).map(\.image_id)
    }
    #expect(try pictures("detections.json") == [1, 3])
    #expect(try pictures("detections-scales.json") == [2])
  }

  @Test func `a detector's name that cannot be part of a file's name is refused`() {
    let reason = session.recordDetections(
      [[]], imageIDs: [1], firstCategory: 1, name: "../three grids")
    #expect(
      reason == "“../three grids” is not a detector's name: small letters, digits, single hyphens")
  }

  @Test func `too few ids and boxes that are not finite are refused`() {
    let box = Box(1, 2, .nan, 8)
    #expect(
      session.recordDetections([[], []], imageIDs: [1], firstCategory: 1)
        == "1 image ids for the detections of 2 pictures")
    #expect(
      session.recordDetections([[scored(box)]], imageIDs: [1], firstCategory: 1)?
        .hasPrefix("a detection in picture 1 is not finite") == true)
    #expect(!FileManager.default.fileExists(atPath: session.folders.root.path))
  }
}
