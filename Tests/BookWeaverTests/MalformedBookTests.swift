import BookFormat
import Foundation
import Testing

@testable import BookWeaver

/// Whole books with one thing wrong in them.
struct MalformedBookTests {
  /// One way to spoil the book's first page.
  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let problem: String
    let spoil: @Sendable (WovenBook) throws -> Void

    init(
      _ name: String, _ problem: String, _ spoil: @escaping @Sendable (WovenBook) throws -> Void
    ) {
      (testDescription, self.problem, self.spoil) = (name, problem, spoil)
    }

    /// A fault in a line put at the end of the page, its twelfth.
    init(_ name: String, line: String, _ problem: String) {
      self.init(name, "Chapters/boxes/boxes.md:13: \(problem)") {
        try $0.write(WovenBook.boxesText + "\n" + line, to: "Chapters/boxes/boxes.md")
      }
    }
  }

  private static let notUTF8 =
    "is not UTF-8; save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 turns most others into it)"

  static let faults = [
    Fault(
      "a wrong directive", line: "{{#cel overlap}}",
      "there is no directive “cel”; did you mean “cell”?"),
    Fault(
      "a wrong option", line: "{{#cell overlap hide-cod}}",
      "{{#cell}} has no option “hide-cod”; did you mean “hide-code”?"),
    Fault(
      "an unknown cell", line: "{{#cell overlop}}",
      "Chapters/boxes/main.swift has no cell “overlop”; did you mean “overlap”?"),
    Fault(
      "an unknown label", line: "See {{#ref sec-corner}}.",
      "no page has the label “sec-corner”; did you mean “sec-corners”?"),
    Fault(
      "an unknown record", line: "It is {{#record boxes.iuo %.2f}}.",
      "“boxes” records no “iuo”; did you mean “boxes.iou”?"),
    Fault(
      "an unknown declaration", line: "{{#source Detection.Bix}}",
      "Detection declares no “Bix”; did you mean “Detection.Box”?"),
    Fault(
      "an unknown citation", line: "See [@ren2016].",
      "the bibliography has no entry “ren2016”; did you mean “ren2015”?"),
    Fault(
      "an unclosed formula", line: "It is $x + 1.",
      "this formula does not end: write `$` behind it, in the same paragraph; `\\$` is a dollar sign"
    ),
    Fault(
      "an unclosed display", line: "$$x + 1.",
      "this formula does not end: write `$$` behind it, without an empty line before; `\\$` is a "
        + "dollar sign"),
    Fault(
      "a formula that is none", line: "It is $\\frac{1}$.",
      "the formula “\\frac{1}” is not TeX that KaTeX knows: Unexpected end of input in a macro "
        + "argument, expected '}'"),
    Fault(
      "an include of a missing file", line: "{{#include nota.md}}",
      "there is no file Chapters/boxes/nota.md to include; paths begin at this file's folder"),
    Fault(
      "an include of a missing region", line: "{{#include note.md:keep}}",
      "note.md has no anchor “keep”; it has kept"),
    Fault(
      "a loop of includes", line: "{{#include boxes.md}}",
      "this include is without end: Chapters/boxes/boxes.md includes Chapters/boxes/boxes.md; "
        + "take one of them away"),
    Fault(
      "a link to no page", line: "[there](../box/box.md)",
      "“../box/box.md” leads nowhere: there is no file Chapters/box/box.md; did you mean "
        + "“boxes/boxes.md”?"),
    Fault(
      "a label given twice", line: "## Net {#sec-corners}",
      "the label “sec-corners” names a section of this page already; choose another"),
    Fault(
      "a program with a cell that is none",
      "Chapters/boxes/main.swift:6: “Over lap” is not a cell name: small letters, digits and single "
        + "hyphens, such as “loss-curve”"
    ) {
      try $0.write(
        WovenBook.boxesProgram.replacing("cell(\"overlap\")", with: "cell(\"Over lap\")"),
        to: "Chapters/boxes/main.swift")
    },
    Fault("text that is not UTF-8", "Chapters/boxes/boxes.md:1: \(notUTF8)") {
      try $0.folder.write(Data([0x23, 0x20, 0xE9]), to: "Chapters/boxes/boxes.md")
    },
    Fault("an include that is not UTF-8", "Chapters/boxes/note.md:2: \(notUTF8)") {
      try $0.folder.write(Data([0x23, 0x0A, 0xE9]), to: $0.noteFile)
    },
    Fault(
      "a file of 50 MB",
      "Chapters/boxes/boxes.md: has 50 MB; a text may have 4 MB: divide it, or include the lines that "
        + "the page shows"
    ) {
      try $0.folder.enlarge("Chapters/boxes/boxes.md", toMegabytes: 50)
    },
    Fault(
      "a summary that names an absent file",
      "Chapters/SUMMARY.md:1: There is no file Chapters/boxes/boxes.md; write it, or leave the link "
        + "empty for a draft: [Boxes]()."
    ) {
      try FileManager.default.removeItem(
        at: $0.folder.url.appending(path: "Chapters/boxes/boxes.md"))
    },
    Fault(
      "a folder in place of a text",
      "Chapters/boxes/boxes.md: is a folder, where a text file is expected"
    ) {
      try FileManager.default.removeItem(
        at: $0.folder.url.appending(path: "Chapters/boxes/boxes.md"))
      try $0.write("", to: "Chapters/boxes/boxes.md/a")
    },
  ]

  @Test(arguments: faults)
  func `a page with a fault is named and stays as it was; the others are written`(
    fault: Fault
  ) throws {
    let book = try WovenBook()
    #expect(try book.weave().problems == [])
    let good = try book.page("boxes/boxes.html")
    try fault.spoil(book)
    try book.writeDetector("Second words.")
    let problems = try book.weave().problems.map(\.description)
    #expect(problems == [fault.problem])
    #expect(try book.page("boxes/boxes.html") == good)
    #expect(try book.page("ssd/ssd.html").contains("Second words."))
    #expect(try book.page("ssd/ssd.html").contains("Section\u{A0}1.1"))
    #expect(try book.page("ssd/ssd.html").contains("Figure\u{A0}1.1"))
  }

  // MARK: The first time

  @Test func `a page that has never been good is not written; links to it are no fault of others`()
    throws
  {
    let book = try WovenBook()
    try book.folder.write(Data([0xE9]), to: "Chapters/boxes/boxes.md")
    try book.write("# Detector\n\n[Boxes](../boxes/boxes.md#corners)", to: "Chapters/ssd/ssd.md")
    let problems = try book.weave().problems
    #expect(problems.map(\.file) == ["Chapters/boxes/boxes.md"])
    #expect(!book.folder.exists("output/boxes/boxes.html"))
    #expect(try book.page("ssd/ssd.html").contains("href=\"../boxes/boxes.html#corners\""))
  }

  // MARK: What all pages need

  @Test(arguments: [
    ("book.toml", "[book\ntitle = 1", "book.toml:1: This is not TOML: "),
    ("book.toml", "[book]\ntitel = \"A\"", "book.toml:2: [book] has no key “titel”; did you mean"),
    ("Chapters/SUMMARY.md", "\n", "Chapters/SUMMARY.md: It lists no page; write a line for each"),
  ])
  func `where no page would be what it should be, none changes`(
    file: String, text: String, problem: String
  ) throws {
    let book = try WovenBook()
    _ = try book.weave()
    let good = try book.outputBytes()
    try book.write(text, to: file)
    try book.writeDetector("Second words.")
    let report = try book.weave()
    #expect(report.problems.count == 1)
    #expect(report.problems.first?.description.hasPrefix(problem) == true)
    #expect(report.changes == [])
    #expect(try book.outputBytes() == good)
  }

  @Test(arguments: [
    (
      "- Boxes\n- [Detector](ssd/ssd.md)",
      "1: “Boxes” is not a link; an entry is [Title](folder/file.md)."
    ),
    (
      "- [Detector](ssd/ssd.md)\n- [Boxes](../boxes.md)",
      "2: “../boxes.md” is outside of the book; name a file of this folder."
    ),
    (
      "- [Detector](ssd/ssd.md)\n- [Boxes](ssd/ssd.md)",
      "2: “ssd/ssd.md” becomes the same page as the entry of line 1; remove one of them."
    ),
  ])
  func `an entry with a fault leaves what is there of its page, and goes no further`(
    summary: String, problem: String
  ) throws {
    let book = try WovenBook()
    _ = try book.weave()
    let good = try book.page("boxes/boxes.html")
    try book.write("# Outside", to: "boxes.md")
    try book.write("# Detector\n\nSecond words.\n\n{{#cell net}}", to: "Chapters/ssd/ssd.md")
    try book.write(summary, to: "Chapters/SUMMARY.md")
    let problems = try book.weave().problems.map(\.description)
    #expect(
      problems == ["Chapters/SUMMARY.md:\(problem)"])
    #expect(try book.page("boxes/boxes.html") == good)
    #expect(try book.page("ssd/ssd.html").contains("Second words."))
    #expect(!book.folder.exists("boxes.html"))
  }

  @Test func `two chapters of one name are named, and both written`() throws {
    let book = try WovenBook()
    try book.write("- [Boxes](boxes/boxes.md)\n- [Boxes](ssd/ssd.md)", to: "Chapters/SUMMARY.md")
    let problems = try book.weave().problems.map(\.description)
    #expect(
      problems == [
        "Chapters/SUMMARY.md:2: “Boxes” is also the name of the entry of line 1; name one otherwise."
      ])
    #expect(book.folder.exists("output/boxes/boxes.html"))
    #expect(book.folder.exists("output/ssd/ssd.html"))
  }

  @Test func `with a source that nobody could find, pages that cite it and the list stay`() throws {
    let book = try WovenBook()
    _ = try book.weave()
    let good = try ["boxes/boxes.html", "references.html", "print.html"].map(book.page)
    try book.write(
      """
      @article{ren2015, title={Regions}, author={Ren, S.}, journal={A}}
      @article{liu2016, title={One shot}, author={Liu, W.}, year={2016}, journal={B}}
      """, to: "Chapters/references.bib")
    try book.writeDetector("Second words.")
    let problems = try book.weave().problems.map(\.description)
    #expect(
      problems == [
        "Chapters/boxes/boxes.md:5: the bibliography has no entry “ren2015”; add it",
        "Chapters/references.bib:1: the entry “ren2015” has no year or date; add it",
      ])
    #expect(try ["boxes/boxes.html", "references.html", "print.html"].map(book.page) == good)
    #expect(try book.page("ssd/ssd.html").contains("Second words."))
  }

  @Test func `a label that an earlier page has is a fault of the later one`() throws {
    let book = try WovenBook()
    _ = try book.weave()
    let good = try book.page("ssd/ssd.html")
    try book.writeDetector("\n\n## Net {#sec-corners}")
    let problems = try book.weave().problems.map(\.description)
    #expect(
      problems == [
        "Chapters/ssd/ssd.md:9: the label “sec-corners” is given in Chapters/boxes/boxes.md already; "
          + "choose another"
      ])
    #expect(try book.page("ssd/ssd.html") == good)
  }

  @Test func `a label that moves from a page with a fault to a good one is the good one's`() throws
  {
    let book = try WovenBook()
    _ = try book.weave()
    try book.write(
      "# Boxes\n\n{{#cell overlop}}\n\n{{#cell shapes}}\n\n{{#include note.md}}",
      to: "Chapters/boxes/boxes.md")
    try book.writeDetector("\n\n## Net {#sec-corners}")
    let problems = try book.weave().problems
    #expect(problems.map(\.file) == ["Chapters/boxes/boxes.md"])
    #expect(try book.page("ssd/ssd.html").contains("Section\u{A0}2.1"))
  }

  // MARK: A chapter that fails

  @Test func `a run that fails gives a page with its error in its cell, beside the other pages`()
    throws
  {
    var book = try WovenBook()
    book.transcripts["boxes"]?.state = .failed
    book.transcripts["boxes"]?.failure = Failure(
      message: "Fatal error: index <9> out of range", cell: "shapes",
      file: "Chapters/boxes/main.swift", line: 4, lineIsExact: true)
    book.transcripts["boxes"]?.cells[0].state = .failed
    book.transcripts["boxes"]?.cells[0].outputs = [.text(stream: .stdout, text: "so far\n")]
    book.transcripts["boxes"]?.cells[1] = CellTranscript(name: "overlap", line: 6)
    #expect(try book.weave().problems == [])
    let page = try book.page("boxes/boxes.html")
    let cell = try #require(
      page.firstRange(
        of: /<section class="cell" id="cell-shapes">.*?<\/section>/.dotMatchesNewlines()))
    for part in [
      "is-failed", "so far", "index &lt;9&gt; out of range", "Chapters/boxes/main.swift:4",
    ] {
      #expect(page[cell].contains(part))
    }
    #expect(page.contains("is-not-run"))
    #expect(try book.page("ssd/ssd.html").contains("not measured yet"))
    #expect(try book.page("ssd/ssd.html").contains("Figure\u{A0}1.1"))
  }
}
