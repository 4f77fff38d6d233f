import Testing

@testable import BookWeaver

struct LinkCheckTests {
  private func problems(of target: String, inFile file: String = "boxes/iou.md") throws -> [String]
  {
    let book = try FixtureBook()
    try book.folder.write("", to: "output/boxes/figures/shapes-1.svg")
    try book.folder.write("", to: "Chapters/boxes/figures/own.svg")
    try book.folder.write("# Not listed", to: "Chapters/boxes/more.md")
    let check = LinkCheck(
      book.book, folders: SiteFolders(root: book.folder.url, output: book.output))
    let page = FixtureBook.page("P", "", headings: [("here", "Here")], links: [target])
    return check.problems(in: file, page).map(\.message)
  }

  @Test(arguments: [
    "boxes.md", "boxes.md#corners", "#here", "#", "#top", "../preface/preface.md", "sketch.svg",
    "../index.html", "../print.html", "../references.html", "figures/shapes-1.svg",
    "https://example.org/no", "mailto:a@example.org", "boxes.md?x=1",
  ])
  func `what is there is reached`(target: String) throws {
    #expect(try problems(of: target) == [])
  }

  @Test(arguments: [
    (
      "boxs.md",
      "“boxs.md” leads nowhere: there is no file Chapters/boxes/boxs.md; did you mean “boxes/boxes.md”?"
    ),
    (
      "boxes.md#corner",
      "“boxes.md#corner” leads nowhere: nothing in boxes/boxes.md has the id corner; did you mean “corners”?"
    ),
    ("#zebra", "“#zebra” leads nowhere: nothing in boxes/iou.md has the id zebra."),
    (
      "sketch-2.svg",
      "“sketch-2.svg” leads nowhere: there is no picture Chapters/boxes/sketch-2.svg."
    ),
    ("../../README.md", "“../../README.md” leads out of the book."),
    (
      "more.md",
      "“more.md” leads nowhere: SUMMARY.md does not list boxes/more.md, so it has no page."
    ),
    (
      "figures/own.svg",
      "“figures/own.svg” lies where the chapter's run puts its results; move the file."
    ),
  ])
  func `what is not there is named, with the nearest that is`(target: String, message: String)
    throws
  {
    #expect(try problems(of: target) == [message])
  }

  @Test func `a text that neither summary nor text names is an orphan`() throws {
    var book = try FixtureBook()
    try book.folder.write("# More", to: "Chapters/boxes/more.md")
    try book.folder.write("# Part", to: "Chapters/boxes/part.md")
    book.book.includedFiles = ["boxes/part.md"]
    #expect(
      try book.write().problems.map(\.description) == [
        "Chapters/boxes/more.md: No line of SUMMARY.md names this file; add it there, or remove the "
          + "file."
      ])
  }
}
