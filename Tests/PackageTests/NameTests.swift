import Foundation
import Testing

struct NameTests {
  @Test func `no two names differ only in letter case`() {
    // Such a pair is one file on the disks of many readers.
    #expect(!Repository.paths.isEmpty)
    for (name, paths) in Dictionary(grouping: Repository.paths, by: { $0.lowercased() }) {
      #expect(paths.count == 1, "\(name) is written in \(paths.count) ways: \(paths)")
    }
  }
}
