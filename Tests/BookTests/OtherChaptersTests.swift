import BookFormat
import Foundation
import Testing

@testable import Book

struct OtherChaptersTests {
  private let session = Session(
    run: RunDescription(
      chapter: "comparison", profile: .quick,
      root: FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)").path
    ), link: nil, sharedKey: ReuseKey())

  @Test func `results are found in the folder of the same profile`() throws {
    defer { try? FileManager.default.removeItem(at: session.folders.root) }
    let folder = session.folders.root.appending(path: "output/quick/ssd")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("[]".utf8).write(to: folder.appending(path: "records.json"))
    #expect(try session.resultsFolder(of: "ssd").path == folder.path)
  }

  @Test func `a chapter that has not run yet is named with the command that runs it`() {
    let error = #expect(throws: MissingResults.self) { try session.resultsFolder(of: "yolo") }
    #expect(error?.description.contains("swift run chapter yolo --quick") == true)
  }
}
