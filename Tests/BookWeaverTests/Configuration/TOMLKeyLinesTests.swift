import Testing

@testable import BookWeaver

struct TOMLKeyLinesTests {
  private let lines = TOMLKeyLines(
    """
    # comment = 1
    [book]
    title = "a = b"
      src= "x"

    [output.html.redirect]
    "/old.html" = "new.html"
    [ output . html ]
    fold.level = 2
    """)

  @Test(arguments: [
    ("book", 2), ("book title", 3), ("book src", 4), ("output", 6), ("output html redirect", 6),
    ("output html redirect /old.html", 7), ("output html fold level", 9), ("output html fold", 9),
  ])
  func `a key has the line that names it first`(path: String, line: Int) {
    #expect(lines.line(of: path.split(separator: " ").map(String.init)) == line)
  }

  @Test func `a key that is not there has the line of the table around it`() {
    #expect(lines.line(of: ["book", "none", "deeper"]) == 2)
    #expect(lines.line(of: ["none"]) == nil)
    #expect(lines.line(of: ["comment"]) == nil)
  }
}
