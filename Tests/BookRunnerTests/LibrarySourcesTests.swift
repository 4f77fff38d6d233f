import BookFormat
import Testing

@testable import BookRunner

struct LibrarySourcesTests {
  private let book: TemporaryBook

  init() throws {
    book = try TemporaryBook()
    try book.write("let chapters = []\nlet a = 1\n", to: "Package.swift")
    try book.write("public import Lower\nlet u = 1\n", to: "Sources/Upper/Upper.swift")
    try book.write("import struct CBits.Bit\n", to: "Sources/Lower/Lower.swift")
    try book.write("int bits;\n", to: "Sources/CBits/bits.c")
  }

  @Test func `imports are followed through the package and no further`() throws {
    #expect(
      try LibrarySources(root: book.folders.root).modules(
        linkedBy: "import Upper\nimport Foundation") == ["CBits", "Lower", "Upper"])
  }

  @Test func `files are read once, so that chapters built together share one key`() throws {
    let sources = LibrarySources(root: book.folders.root)
    let before = try sources.keyParts(linkedBy: "import Upper")
    try book.write("public import Lower\nlet u = 2\n", to: "Sources/Upper/Upper.swift")
    try book.write("let chapters = []\nlet a = 2\n", to: "Package.swift")
    #expect(try sources.keyParts(linkedBy: "import Upper") == before)
    let after = try LibrarySources(root: book.folders.root).keyParts(linkedBy: "import Upper")
    #expect(
      zip(before, after).filter { $0 != $1 }.map(\.0.name)
        == ["Package.swift", "Sources/Upper/Upper.swift"])
  }
}
