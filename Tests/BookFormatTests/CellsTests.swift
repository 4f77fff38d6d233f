import Testing

import BookFormat

struct CellsTests {
  @Test func `cells begin at their markers and end before the next`() throws {
    let source = """
      import Book

      cell("one")
      print(1)

      cell("two-2")  // the second
      print(2)
      """
    let cells = try splitCells(source, file: "main.swift")
    #expect(cells.map(\.name) == ["", "one", "two-2"])
    #expect(cells.map(\.line) == [1, 3, 6])
    #expect(cells.map(\.lines) == [1..<3, 3..<6, 6..<8])
  }

  @Test func `markers in strings, comments and calls of other things are no cells`() throws {
    let source = """
      // cell("a")
      /*
      cell("b")
      */
      let text = \"""
      cell("c")
      \"""
      table.cell("d")
      func cell(_ name: String) {}
      """
    #expect(try splitCells(source, file: "f").map(\.name) == [""])
  }

  @Test func `a cell's text ignores comments and sees code`() throws {
    func text(_ source: String) throws -> String {
      try splitCells(source, file: "f")[1].canonicalText
    }
    let plain = try text("cell(\"a\")\nlet x = 1")
    #expect(try text("cell(\"a\")\n\n// note\nlet x  = 1\n") == plain)
    #expect(try text("cell(\"a\")\nlet x = 2") != plain)
  }

  @Test(arguments: [
    ("cell(\"a\")\ncell(\"b\")\ncell(\"a\")", 3, "began already in line 1"),
    ("\ncell(\"Two_Words\")", 2, "not a cell name"),
    ("cell(\"a--b\")", 1, "not a cell name"),
    ("cell(\"\")", 1, "not a cell name"),
    ("if x {\n  cell(\"a\")\n}", 2, "column 0"),
    ("cell(\"a\"); print(1)", 1, "alone on its line"),
  ])
  func `a wrong marker is refused with its line`(source: String, line: Int, reason: String) {
    let error = #expect(throws: CellError.self) { try splitCells(source, file: "Chapters/x.swift") }
    #expect(error?.line == line)
    #expect(error?.description.hasPrefix("Chapters/x.swift:\(line): ") == true)
    #expect(error?.reason.contains(reason) == true)
  }
}
