import Testing

@testable import Book

struct TextTableTests {
  @Test func `columns are as wide as their widest cell, names left and numbers right`() {
    #expect(
      tableLines([["detector", "AP"], ["R-CNN", "0.446"], ["é", "1"]]) == [
        "detector     AP", "R-CNN     0.446", "é             1",
      ])
  }

  @Test func `a short row ends early, and no rows are no lines`() {
    #expect(tableLines([["a", "b", "c"], ["long"]]) == ["a     b  c", "long"])
    #expect(tableLines([]) == [])
  }
}
