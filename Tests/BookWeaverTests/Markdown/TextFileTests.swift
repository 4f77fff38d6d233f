import Foundation
import Testing

@testable import BookWeaver

struct TextFileTests {
  private func problem(_ data: Data, _ path: String = "a.md") throws -> String {
    let folder = try TextFolder()
    try folder.write(data, to: "a.md")
    let problem = #expect(throws: WeaveProblem.self) {
      try TextFile.read(path, root: folder.root)
    }
    return problem?.description ?? ""
  }

  @Test func `lines end in one way, whatever system they were written on`() throws {
    let folder = try TextFolder(["a.md": "\u{FEFF}a\r\nb\rc\n"])
    #expect(try TextFile.read("a.md", root: folder.root) == "a\nb\nc\n")
  }

  @Test func `a missing file is named`() throws {
    #expect(
      try problem(Data(), "b.md")
        == "b.md: there is no such file; look at its spelling, or write it")
  }

  @Test func `text that is not UTF-8 is a problem of its line`() throws {
    #expect(
      try problem(Data("ok\nok\ncaf".utf8) + [0xE9, 0x0A])
        == "a.md:3: is not UTF-8; save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 turns most others "
        + "into it)")
  }

  @Test func `a file of 50 MB is refused by its size, unread`() throws {
    let folder = try TextFolder(["a.md": ""])
    let handle = try FileHandle(forWritingTo: folder.root.appending(path: "a.md"))
    try handle.truncate(atOffset: 50 << 20)
    try handle.close()
    let expected = WeaveProblem(
      file: "a.md", line: nil,
      "has 50 MB; a text may have 4 MB: divide it, or include the lines that the page shows")
    #expect(throws: expected) { try TextFile.read("a.md", root: folder.root) }
  }

  @Test func `a folder is no text`() throws {
    let folder = try TextFolder(["a.md/b": ""])
    #expect(
      throws: WeaveProblem(file: "a.md", line: nil, "is a folder, where a text file is expected")
    ) { try TextFile.read("a.md", root: folder.root) }
  }
}
