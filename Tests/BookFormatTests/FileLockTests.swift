import Foundation
import Testing

import BookFormat

struct FileLockTests {
  @Test func `a lock is held by one at a time`() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "locks-\(UUID().uuidString)/ssd-full")
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    var first = try FileLock(file)
    #expect(first != nil)
    #expect(try FileLock(file) == nil)
    first = nil
    #expect(try FileLock(file) != nil)
  }

  @Test func `a lock that cannot be made says why`() {
    let error = #expect(throws: FileLockError.self) { try FileLock(URL(filePath: "/dev/null/x/y")) }
    #expect(error?.description.contains("/dev/null/x/y") == true)
  }
}
