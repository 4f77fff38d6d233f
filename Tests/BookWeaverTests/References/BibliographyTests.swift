import Testing

@testable import BookWeaver

struct BibliographyTests {
  private func problems(_ text: String) -> [String] {
    Bibliography.read(bibTeX: text, file: "book.bib").problems.map(\.description)
  }

  private func entry(_ fields: String) -> Bibliography.Entry? {
    let (bibliography, problems) = Bibliography.read(
      bibTeX: "@article{k, \(fields)}", file: "book.bib")
    #expect(problems == [])
    return bibliography.entries["k"]
  }

  @Test func `an entry is read with its people, title, year and fields`() {
    let text = """
      % Papers
      @string{cvpr = "Conference on Computer Vision"}
      @comment{ anything {nested} }
      @InProceedings{ren2015,
        author = {Ren, Shaoqing and Kaiming He and
          {The R-CNN Team}},
        title = "Faster {R-CNN}: Towards {"}Real-Time{"} Detection",
        booktitle = cvpr # { (} # {CVPR)}, Year = 2015, month = jun,
        doi = {10.1/a\\_b}
      }
      """
    let (bibliography, problems) = Bibliography.read(bibTeX: text, file: "book.bib")
    #expect(problems == [])
    #expect(
      bibliography.entries == [
        "ren2015": .init(
          key: "ren2015", kind: "inproceedings",
          people: [
            .init(family: "Ren", given: "Shaoqing"), .init(family: "He", given: "Kaiming"),
            .init(family: "The R-CNN Team", given: ""),
          ],
          title: "Faster R-CNN: Towards \"Real-Time\" Detection", year: "2015",
          fields: [
            "author": "Ren, Shaoqing and Kaiming He and The R-CNN Team",
            "title": "Faster R-CNN: Towards \"Real-Time\" Detection",
            "booktitle": "Conference on Computer Vision (CVPR)", "year": "2015", "month": "June",
            "doi": "10.1/a_b",
          ])
      ])
  }

  @Test(arguments: [
    ("{G\\\"odel, Jos{\\'e}}", "Gödel", "José"), ("{van der Maaten, L.}", "van der Maaten", "L."),
    ("{Laurens van der Maaten}", "van der Maaten", "Laurens"), ("{Plato}", "Plato", ""),
    ("{Łukasz \\v{C}ern\\'{\\i}}", "Černí", "Łukasz"), ("{Dollár, Piotr}", "Dollár", "Piotr"),
    ("{King, Jr, Martin}", "King", "Martin, Jr"), ("{Fran\\c{c}ois Bo\\ss}", "Boß", "François"),
  ])
  func `names and accents are understood`(author: String, family: String, given: String) {
    let person = entry("author = \(author), title = {T}, year = 2000")?.people.first
    #expect(person == .init(family: family, given: given))
  }

  @Test(arguments: [
    ("{A \\emph{b} c--d, e~f \\& 50\\% {$x^2$}}", "A b c–d, e\u{A0}f & 50% x^2"),
    ("``Quoted'' --- {\\AA}", nil as String?), ("{``Quoted'' --- {\\AA}}", "“Quoted” — Å"),
  ])
  func `TeX in a title is turned into text`(title: String, expected: String?) {
    if let expected {
      #expect(entry("author = {A}, title = \(title), year = 1")?.title == expected)
    } else {
      #expect(!problems("@a{k, author={A}, title=\(title), year=1}").isEmpty)
    }
  }

  @Test func `each problem has its line, and the other entries are read`() {
    let text = """
      @article{a, author = {A}, title = {T}}
      @article{b, author = {B}, title = {T}, year = 2000}
      @article{b, author = {C}, title = {T}, year = 2000}
      @article{c, title = {T}, year = 2000}
      @article{d, author = nobody, title = {T}}
      @article{e author = {E}}
      @article{f,
        author = {F} title = {T}}
      @article{, year = 1}
      @article{g, author = {G}, title = {T}, year = 2001}
      @article{h,
        title = {open
      """
    let (bibliography, problems) = Bibliography.read(bibTeX: text, file: "book.bib")
    #expect(bibliography.entries.keys.sorted() == ["b", "g"])
    #expect(
      problems.map(\.description) == [
        "book.bib:1: the entry “a” has no year or date; add it",
        "book.bib:3: the key “b” is that of line 2 already; choose another",
        "book.bib:4: the entry “c” has no author or editor; add it",
        "book.bib:5: “nobody” is no @string: write {nobody}, or define it above",
        "book.bib:6: “,” is expected after the key “e”",
        "book.bib:8: a comma is expected after the author of “f”",
        "book.bib:9: this @article has no key: write @article{key, …}",
        "book.bib:12: this `{` is not closed: write `}` behind the value",
      ])
  }
}
