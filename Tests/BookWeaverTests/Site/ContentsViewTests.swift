import Testing

@testable import BookWeaver

struct ContentsViewTests {
  private func contents(
    _ book: SiteBook, from file: String? = "boxes/iou.md"
  ) -> ContentsView {
    ContentsView(
      of: book, from: file, headings: file.flatMap { book.pages[$0]?.content.headings } ?? [],
      hasPage: { _ in true })
  }

  private func outline(_ entries: [ContentsView.Entry]) -> [String] {
    entries.flatMap { ["\($0.number) \($0.title)"] + outline($0.entries) }
  }

  @Test func `entries stand in their parts; what follows the last chapter is in none`() throws {
    let groups = contents(try FixtureBook().book).groups
    #expect(groups.map(\.part) == ["", "Foundations", ""])
    #expect(
      groups.map { outline($0.entries) } == [
        [" Preface"], ["1 Boxes & corners", "1.1 Overlap", "2 Anchors"], [" Appendix"],
      ])
  }

  @Test func `only the page itself is current and lists its headings; a draft is no link`() throws {
    var book = try FixtureBook().book
    let chapters = contents(book).groups[1].entries
    #expect(chapters.map(\.isCurrent) == [false, false])
    #expect(chapters.map(\.isLink) == [true, false])
    #expect(chapters[0].entries[0].isCurrent)
    #expect(chapters[0].entries[0].headings.map(\.id) == ["corners"])
    book.configuration.listsHeadings = false
    #expect(!contents(book).groups[1].entries[0].entries[0].hasHeadings)
  }

  @Test func `folded contents are open around the page and down to the level of the settings`()
    throws
  {
    var book = try FixtureBook().book
    #expect(!contents(book).groups[1].entries[0].folds)
    book.configuration.fold = .init(isEnabled: true, level: 0)
    let here = contents(book).groups[1].entries[0]
    let elsewhere = contents(book, from: "appendix.md").groups[1].entries[0]
    #expect(here.folds && here.isOpen)
    #expect(elsewhere.folds && !elsewhere.isOpen)
    book.configuration.fold.level = 1
    #expect(contents(book, from: "appendix.md").groups[1].entries[0].isOpen)
  }

  @Test func `numbers can be hidden`() throws {
    var book = try FixtureBook().book
    book.configuration.hidesNumbers = true
    #expect(contents(book).groups[1].entries.map(\.number) == ["", ""])
  }
}
