@testable import BookWeaver
import Foundation
import Testing

struct SummaryReaderTests {
  /// Reads a summary beside these files.
  private func read(
    _ text: String, files: [String] = ["a.md", "b.md", "c/c.md", "c/d.md", "README.md"],
    createsMissingFiles: Bool = false
  ) throws -> SummaryReader {
    let folder = TemporaryFolder()
    for file in files { try folder.write("# \(file)\n", to: "Chapters/\(file)") }
    try folder.write(text, to: "Chapters/SUMMARY.md")
    return SummaryReader(
      source: "Chapters", root: folder.url, createsMissingFiles: createsMissingFiles)
  }

  private func outline(_ entries: [Summary.Entry]) -> [String] {
    entries.flatMap { ["\($0.number) \($0.title) \($0.file ?? "draft")"] + outline($0.entries) }
  }

  @Test func `prefix, parts, nested chapters, drafts, separators and suffix are read in order`()
    throws
  {
    let reader = try read(
      """
      # Summary

      [Preface](a.md)

      ---

      # Part one

      - [Chapter **C**](c/c.md)
        * [Section `D`](c/d.md)
        * [Later]()
      - [Draft]()

      # Part two

      <!-- not a chapter -->
      - [Next]()

      [Appendix](<b.md>)
      [About]()
      """)
    #expect(reader.problems == [])
    let kinds = reader.summary.items.map { item in
      switch item {
      case .entry(let entry): entry.number.isEmpty ? "page" : entry.number
      case .part(let title): title
      case .separator: "---"
      }
    }
    #expect(kinds == ["page", "---", "Part one", "1", "2", "Part two", "3", "page", "page"])
    #expect(
      outline(reader.summary.entries.filter { !$0.number.contains(".") }) == [
        " Preface a.md", "1 Chapter C c/c.md", "1.1 Section D c/d.md", "1.2 Later draft",
        "2 Draft draft", "3 Next draft", " Appendix b.md", " About draft",
      ])
    #expect(reader.summary.pages.map(\.line) == [3, 9, 10, 19])
  }

  @Test(arguments: [
    (
      "- [X](x.md)", 1,
      "There is no file Chapters/x.md; write it, or leave the link empty for a draft: [X]()."
    ),
    (
      "- [A](a.md)\n- [B](a.md)", 2,
      "“a.md” becomes the same page as the entry of line 1; remove one of them."
    ),
    (
      "- [A](a.md)\n- [A](b.md)", 2,
      "“A” is also the name of the entry of line 1; name one otherwise."
    ),
    ("- [A](../a.md)", 1, "“../a.md” is outside of the book; name a file of this folder."),
    ("- [A](a.txt)", 1, "“a.txt” is not a Markdown file; its name ends in .md."),
    (
      "- [A](README.md)", 1,
      "“README.md” would become index.html, which the book writes itself; name it otherwise."
    ),
    (
      "- [A](assets/a.md)", 1,
      "“assets/a.md” would become assets/a.html, which the book writes itself; name it otherwise."
    ),
    ("1. [A](a.md)", 1, "Chapters are numbered by the book; begin each line with “-”."),
    (
      "- [A](a.md)\n* [B](b.md)", 2,
      "The list changes its mark here; keep to “-” or “*” in one list."
    ),
    (
      "- [A](a.md)\n      - [B](b.md)", 2,
      "This entry is too far in to be below the one above; indent it by two blanks more."
    ),
    ("- A", 1, "“A” is not a link; an entry is [Title](folder/file.md)."),
    ("- [A](a.md) [B](b.md)", 1, "An entry is one link; begin a line of its own with “-”."),
    ("- [](a.md)", 1, "The link has no title; write [Title](a.md)."),
    ("-\n  - [A](a.md)", 1, "An entry is one link: [Title](folder/file.md)."),
    ("- [A](a.md)\n\n  > B", 3, "Below an entry stand only entries, two blanks further in."),
    (
      "- [A](a.md)\n\n[B](b.md)\n\n- [C](c/c.md)", 5,
      "Numbered chapters stand before the pages that follow the last of them."
    ),
    (
      "- [A](a.md)\n\n[B](b.md)\n\n# Part", 5,
      "Parts stand before the pages after the last chapter; move it up."
    ),
    ("# S\n\n## Part", 3, "A part's title begins with one “#”."),
    (
      "[A](a.md)\n---", 1,
      "The rule below makes this line a heading; leave a blank line between them."
    ),
    ("Some words.", 1, "“Some words.” is not a link; an entry is [Title](folder/file.md)."),
    ("> quote", 1, "This is neither a link, a list of links, a part nor a separator."),
    (
      "[A](a.md)\n[B](x.md)", 2,
      "There is no file Chapters/x.md; write it, or leave the link empty for a draft: [B]()."
    ),
  ])
  func `what is wrong is named with its line and what to do`(
    text: String, line: Int, message: String
  ) throws {
    #expect(
      try read(text).problems == [
        WeaveProblem(file: "Chapters/SUMMARY.md", line: line, message)
      ])
  }

  @Test func `sections of different chapters may share a name`() throws {
    let text = "- [A](a.md)\n  - [Exercises]()\n- [B](b.md)\n  - [Exercises]()"
    #expect(try read(text).problems == [])
  }

  @Test func `a missing file is made where the settings say so`() throws {
    let folder = TemporaryFolder()
    try folder.write("- [New](n/new.md)", to: "Texts/SUMMARY.md")
    let reader = SummaryReader(source: "Texts", root: folder.url, createsMissingFiles: true)
    #expect(reader.problems == [])
    #expect(try folder.text("Texts/n/new.md") == "# New\n")
  }

  @Test(arguments: ["../a.md", "a.txt", "README.md", "b.md"])
  func `an entry that cannot be a page stays in the contents, as a draft`(path: String) throws {
    let summary = try read("- [B](b.md)\n- [A](\(path))\n  - [C](c/c.md)").summary
    #expect(outline(summary.entries.filter { $0.number == "2" }) == ["2 A draft", "2.1 C c/c.md"])
  }

  @Test func `a missing summary, an empty one and one that is not UTF-8 are named`() throws {
    let folder = TemporaryFolder()
    func problems() -> [String] {
      SummaryReader(source: "Chapters", root: folder.url).problems.map(\.description)
    }
    #expect(
      problems() == [
        "Chapters/SUMMARY.md: there is no such file; look at its spelling, or write it"
      ])
    try folder.write("# Summary\n", to: "Chapters/SUMMARY.md")
    #expect(
      problems() == [
        "Chapters/SUMMARY.md: It lists no page; write a line for each: - [Title](folder/file.md)."
      ])
    try folder.write(Data([0x23, 0x0A, 0xFF]), to: "Chapters/SUMMARY.md")
    #expect(problems().map { $0.prefix(39) } == ["Chapters/SUMMARY.md:2: is not UTF-8; sa"])
  }

  @Test(arguments: [
    ("ssd/ssd.md", "ssd/ssd.html"), ("README.md", "index.html"), ("a/readme.md", "a/index.html"),
    ("a.b.md", "a.b.html"),
  ])
  func `a file becomes a page beside it`(file: String, page: String) {
    #expect(pagePath(of: file) == page)
  }
}
