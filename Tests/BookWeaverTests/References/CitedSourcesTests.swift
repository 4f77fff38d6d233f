import Testing

@testable import BookWeaver

struct CitedSourcesTests {
  private let sources = CitedSources(
    Bibliography.read(
      bibTeX: """
        @article{liu, author = {Wei Liu and Dragomir Anguelov}, title = {SSD}, journal = {J}, volume = 3,
          number = 2, pages = {1--9}, year = 2016, doi = {https://doi.org/10.1/x}}
        @article{ren, author = {Ren, S. and He, K. and Sun, J.}, title = {Why?}, year = 2015,
          eprint = {1506.01497}, archivePrefix = {arXiv}, url = {https://arxiv.org/abs/1506.01497}}
        @book{twoB, author = {Girshick, R.}, title = {B & C}, publisher = {P}, year = 2014}
        @inproceedings{twoA, author = {Girshick, R.}, title = {A}, booktitle = {Proc.}, year = 2014,
          url = {https://www.a.b/c}}
        @misc{many, author = {Many, M. and others}, title = {M}, howpublished = {Web}, year = 2013}
        @misc{uncited, author = {Girshick, R.}, title = {0}, year = 2014}
        """, file: "a.bib"
    ).bibliography, keys: ["liu", "ren", "twoA", "twoB", "many"])

  private func text(_ citation: Citation?) -> String {
    citation.map { sources.text(of: $0) { key, text in "<\(key)>\(text)</>" } } ?? ""
  }

  @Test func `citations name authors and year`() throws {
    #expect(
      try text(Citation(bracketed: "see @ren, p. 3; @liu"))
        == "(see <ren>Ren et al., 2015</>, p. 3; <liu>Liu and Anguelov, 2016</>)")
    #expect(text(Citation(narrative: "ren")) == "<ren>Ren et al. (2015)</>")
    #expect(text(Citation(narrative: "many")) == "<many>Many et al. (2013)</>")
  }

  @Test func `cited sources of the same names and year are told apart by letters`() {
    #expect(text(Citation(narrative: "twoA")) == "<twoA>Girshick (2014a)</>")
    #expect(text(Citation(narrative: "twoB")) == "<twoB>Girshick (2014b)</>")
  }

  @Test func `the list is sorted, and links to where each can be read`() {
    #expect(
      sources.listHTML == """
        <ul class="references">
        <li id="ref-twoA">Girshick, R. (2014a). A. In <em>Proc.</em> \
        <a href="https://www.a.b/c" rel="external noopener">a.b/c</a>.</li>
        <li id="ref-twoB">Girshick, R. (2014b). B &amp; C. P.</li>
        <li id="ref-liu">Liu, Wei and Dragomir Anguelov (2016). SSD. <em>J</em> 3(2), 1–9. \
        <a href="https://doi.org/10.1/x" rel="external noopener">doi:10.1/x</a>.</li>
        <li id="ref-many">Many, M. et al. (2013). M. Web.</li>
        <li id="ref-ren">Ren, S., K. He and J. Sun (2015). Why? \
        <a href="https://arxiv.org/abs/1506.01497" rel="external noopener">arXiv:1506.01497</a>.</li>
        </ul>

        """)
  }

  @Test func `the page with the list is a page like others`() {
    let references = BookReferences(
      pages: [], bibliography: Bibliography(), referencesPath: "references.html")
    let page = references.referencesPage()
    #expect(page.html == "<h1 id=\"references\">References</h1>\n<p>The book cites nothing.</p>\n")
    #expect(
      page.anchors == ["references"] && page.headings.count == 1 && page.title == "References")
  }
}
