import BookFormat
import Foundation
import Testing

@testable import BookRunner

struct StalenessTests {
  @Test func `each stored checkpoint is fresh, or says what changed`() throws {
    let book = try TemporaryBook()
    let source = "cell(\"a\")\nlet a = 1\ncell(\"b\")\nlet b = 1\n"
    let shared = ReuseKey([.init(.profile, "profile", "full")])
    func store(_ name: String, cell: String) throws {
      let parts = try splitCells(source, file: "f").keyParts(upTo: cell)
      let key = ReuseKey(shared.parts + parts + [.init(.input, "rate", "0.1")])
      try book.write(
        String(decoding: try bookEncoder().encode(key), as: UTF8.self),
        to: ".cache/checkpoints/ssd/full/\(name)/key.json")
    }
    try store("first", cell: "a")
    try store("second", cell: "b")
    try book.write("{}", to: ".cache/checkpoints/ssd/full/.half.123/key.json")

    func judge(_ source: String) throws -> [String?] {
      try Staleness.ofAll(
        in: StoredCheckpoints(book.folders, chapter: "ssd", profile: .full),
        cells: splitCells(source, file: "f"), sharedKey: shared
      ).map(\.difference)
    }
    #expect(try judge(source) == [nil, nil])
    #expect(try judge(source.replacing("b = 1", with: "b = 2")) == [nil, "the cell “b” changed"])
    #expect(try judge("cell(\"a\")\nlet a = 1\n") == [nil, "the cell “b” is gone"])
  }
}
