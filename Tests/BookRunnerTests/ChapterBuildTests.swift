import BookFormat
import Testing

@testable import BookRunner

struct ChapterBuildTests {
  @Test func `a compiler's error in a chapter names its cell`() throws {
    let cells = try splitCells("import Book\n\ncell(\"model\")\nlet x: Int = \"\"\n", file: "f")
    let output = """
      [1/3] Compiling ssd main.swift
      /book/Chapters/ssd/main.swift:4:14: error: cannot convert value
       4 | let x: Int = ""
         |              `- error: cannot convert value
      error: emit-module command failed with exit code 1 (use -v to see invocation)
      /book/Chapters/ssd/main.swift:4:14: error: cannot convert value
      /book/Sources/Layers/Layer.swift:9:1: error: expected '}'
      """
    #expect(
      buildErrors(output, sourcePath: "Chapters/ssd/main.swift", cells: cells) == """
          Chapters/ssd/main.swift:4:14: error: cannot convert value  (cell “model”)
          /book/Sources/Layers/Layer.swift:9:1: error: expected '}'
        """)
  }

  @Test func `a failure without errors shows the end of the output`() {
    let output = (1...30).map { "line \($0)" }.joined(separator: "\n")
    let shown = buildErrors(output, sourcePath: "f", cells: [])
    #expect(shown.hasPrefix("line 11\n") && shown.hasSuffix("line 30"))
  }
}
