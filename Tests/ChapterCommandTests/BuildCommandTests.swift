import Foundation
import Testing

/// `chapter build` and `chapter check` as processes, in a book of two chapters that have not run.
struct BuildCommandTests {
  private let book: SmallBook

  init() throws {
    let program = "cell(\"one\")\nprint(1)\n"
    book = try SmallBook(["boxes": program, "ssd": program])
    try book.write("[book]\ntitle = \"A small book\"", to: "book.toml")
    try book.write(
      "- [Boxes](boxes/boxes.md)\n- [Detector](ssd/ssd.md)", to: "Chapters/SUMMARY.md")
  }

  @Test func `a book without problems ends in 0, and its pages are there`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    let (status, output) = try book.run(["build", "--no-run"])
    #expect(status == 0, "\(output)")
    #expect(output.contains("problems: 0"))
    #expect(try book.page("boxes/boxes.html").contains("not run"))
    #expect(try book.run(["check"]).status == 0)
  }

  @Test func `a problem in one text ends in 1, is named, and leaves the other pages to be written`()
    throws
  {
    defer { try? FileManager.default.removeItem(at: book.root) }
    try book.write("# The boxes\n\n{{#cell on}}\n", to: "Chapters/boxes/boxes.md")
    let problem =
      "Chapters/boxes/boxes.md:3: Chapters/boxes/main.swift has no cell “on”; did you mean"
    for verb in [["build", "--no-run"], ["check"]] {
      let (status, output) = try book.run(verb)
      #expect(status == 1)
      #expect(output.contains(problem))
    }
    #expect(try book.page("ssd/ssd.html").contains("The ssd"))
    #expect(throws: (any Error).self) { try book.page("boxes/boxes.html") }
  }

  @Test func `a program that cannot be read is one problem, by file and line`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    try book.write("cell(\"one\")\ncell(\"One\")\n", to: "Chapters/boxes/main.swift")
    let (status, output) = try book.run(["build", "--no-run"])
    #expect(status == 1)
    let problems = output.split(separator: "\n").filter { $0.hasPrefix("Chapters/") }
    #expect(problems.map { $0.prefix(28) } == ["Chapters/boxes/main.swift:2:"])
    #expect(try book.page("ssd/ssd.html").contains("The ssd"))
  }

  @Test func `settings that are none end in 1, and nothing is written`() throws {
    defer { try? FileManager.default.removeItem(at: book.root) }
    try book.write("[book]\ntitel = \"A\"", to: "book.toml")
    let (status, output) = try book.run(["build", "--no-run"])
    #expect(status == 1)
    #expect(output.contains("book.toml:2: [book] has no key “titel”; did you mean “title”?"))
    #expect(throws: (any Error).self) { try book.page("index.html") }
  }
}
