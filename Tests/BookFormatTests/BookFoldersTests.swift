import Foundation
import Testing

import BookFormat

struct BookFoldersTests {
  @Test func `the book is found upwards from any folder in it`() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let inside = root.appending(path: "Chapters/ssd/deep")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    #expect(BookFolders(around: inside) == nil)
    try Data().write(to: root.appending(path: "Package.swift"))
    #expect(BookFolders(around: inside)?.root.path == root.path)
  }

  @Test func `a quick run stays out of the book's output`() {
    let folders = BookFolders(root: URL(filePath: "/book", directoryHint: .isDirectory))
    #expect(folders.relative(folders.output(of: "ssd", .full)) == "output/ssd")
    #expect(folders.relative(folders.output(of: "ssd", .quick)) == "output/quick/ssd")
    #expect(folders.checkpoints(of: "ssd", .full) != folders.checkpoints(of: "ssd", .quick))
  }
}
