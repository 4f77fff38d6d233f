import Testing

@testable import BookWeaver

struct PageWriterCaptionsTests {
  @Test func `a table scrolls in a frame that keys can reach`() {
    #expect(
      Pages.html("| a | b |\n|---|--:|\n| *c* | d |") == """
        <div class="table-scroll" role="region" aria-label="Table" tabindex="0">
        <table>
        <thead>
        <tr>
        <th scope="col">a</th>
        <th scope="col" class="align-right">b</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td><em>c</em></td>
        <td class="align-right">d</td>
        </tr>
        </tbody>
        </table>
        </div>

        """)
  }

  @Test func `the caption below a table numbers and names it`() {
    let page = Pages.render(
      "| a |\n|---|\n\nTable: What *each* costs. {#tab-cost}\n\n| b |\n|---|\n\nTable: Next.",
      chapter: "8")
    #expect(page.problems == [])
    #expect(
      page.labels == [
        Label(name: "tab-cost", kind: .table, number: "8.1", anchor: "tab-cost", line: 4)
      ])
    #expect(
      page.html.hasPrefix(
        """
        <figure class="table" id="tab-cost">
        <figcaption id="tab-cost-caption"><span class="caption-number">Table 8.1</span> What \
        <em>each</em> costs.</figcaption>
        <div class="table-scroll" role="region" aria-labelledby="tab-cost-caption" tabindex="0">
        """))
    #expect(page.html.contains("<figure class=\"table\" id=\"table-8-2\">"))
  }

  @Test func `the caption below a picture numbers and names it`() {
    let page = Pages.render("![Two boxes](a.png)\n\nFigure: A *cat*. {#fig-cat}", chapter: "8")
    #expect(page.problems == [])
    #expect(page.labels.map(\.name) == ["fig-cat"])
    #expect(
      page.html == """
        <figure class="figure" id="fig-cat">
        <img src="a.png" alt="Two boxes" />
        <figcaption id="fig-cat-caption"><span class="caption-number">Figure 8.1</span> A \
        <em>cat</em>.</figcaption>
        </figure>

        """)
  }

  @Test func `a caption of nothing is a problem`() {
    #expect(
      Pages.problems("words\n\nTable: none.\n\nwords ![a](b.png)\n\nFigure: none.") == [
        "Chapters/ssd/ssd.md:3: this caption has nothing above it: “Table:” stands below a table; begin a "
          + "sentence of the text with another word",
        "Chapters/ssd/ssd.md:7: this caption has nothing above it: “Figure:” stands below a picture that "
          + "has its paragraph for itself; begin a sentence of the text with another word",
      ])
  }

  @Test func `a picture without alternative text is a problem`() {
    #expect(
      Pages.problems("a\n![](b.png)") == [
        "Chapters/ssd/ssd.md:2: the picture b.png has no alternative text: say between the brackets what "
          + "it shows"
      ])
  }
}
