import BookFormat
import Foundation
import Testing

@testable import Book

struct RecordTests {
  private let session: Session

  init() {
    let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    session = Session(
      run: RunDescription(chapter: "ssd", profile: .quick, root: root.path), link: nil,
      sharedKey: ReuseKey())
  }

  @Test func `records are written with unit, profile and cell`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    #expect(session.record("ap50", 0.5, unit: "") == nil)
    #expect(session.record("training_seconds", 12, unit: "s") == nil)
    let file = session.folders.root.appending(path: "output/quick/ssd/records.json")
    let records = try bookDecoder().decode([RecordEntry].self, from: Data(contentsOf: file))
    #expect(
      records == [
        RecordEntry(name: "ap50", value: 0.5, unit: "", profile: .quick, cell: ""),
        RecordEntry(name: "training_seconds", value: 12, unit: "s", profile: .quick, cell: ""),
      ])
  }

  @Test(arguments: [("AP50", 1.0), ("a b", 1), ("", 1), ("1st", 1), ("x", .nan), ("x", .infinity)])
  func `a bad name or number is refused and nothing is written`(name: String, value: Double) {
    #expect(session.record(name, value, unit: "") != nil)
    #expect(!FileManager.default.fileExists(atPath: session.folders.root.path))
  }

  @Test func `a name is recorded once`() {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    #expect(session.record("x", 1, unit: "") == nil)
    #expect(session.record("x", 1, unit: "") == "the record “x” was already made in this run")
  }
}
