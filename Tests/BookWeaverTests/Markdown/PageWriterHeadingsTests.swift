import Testing

@testable import BookWeaver

struct PageWriterHeadingsTests {
  private let text = """
    # Single *shot* {#start}
    ## The loss $L$
    ### Its [parts](a.html)[^n]
    #### Deep
    ## End {#end}
    ### Last
    ## End

    [^n]: Note.
    """

  @Test func `sections of a numbered chapter are numbered on two levels`() {
    let page = Pages.render(text, chapter: "8")
    #expect(page.problems == [])
    #expect(page.title == "Single shot")
    #expect(page.headings.map(\.number) == ["", "8.1", "8.1.1", "", "8.2", "8.2.1", "8.3"])
    #expect(page.headings.map(\.level) == [1, 2, 3, 4, 2, 3, 2])
    #expect(
      page.headings.map(\.id) == [
        "start", "the-loss-l", "its-parts", "deep", "end", "last", "end-1",
      ])
  }

  @Test func `pages without a number have sections without numbers`() {
    let page = Pages.render(text)
    #expect(page.headings.allSatisfy { $0.number.isEmpty })
    #expect(page.html.hasPrefix("<h1 id=\"start\">Single <em>shot</em></h1>\n"))
  }

  @Test func `a heading shows its number and a link to itself`() {
    #expect(
      Pages.html("# A\n\n## B & *c*", chapter: "8") == """
        <h1 id="a"><span class="section-number">8</span> A</h1>
        <div class="heading"><h2 id="b-c"><span class="section-number">8.1</span> B &amp; \
        <em>c</em></h2><a class="anchor" href="#b-c" aria-label="Link to “B &amp; c”"></a></div>

        """)
  }

  @Test func `the sidebar gets a heading without links and notes`() {
    let heading = Pages.render(text, chapter: "8").headings[2]
    #expect(heading.html == "Its parts")
    #expect(Pages.render(text).headings[1].html.contains("<math"))
  }

  @Test func `labels name chapters by their file and by id, and sections by id`() {
    let labels = Pages.render(text, chapter: "8").labels
    #expect(
      labels == [
        Label(
          name: "start", kind: .chapter, number: "8", anchor: "start",
          title: "Single <em>shot</em>",
          line: 1),
        Label(
          name: "ssd", kind: .chapter, number: "8", anchor: "start", title: "Single <em>shot</em>",
          line: 1),
        Label(name: "end", kind: .section, number: "8.2", anchor: "end", title: "End", line: 5),
      ])
  }

  @Test func `a label given twice is one problem, an id given twice another`() {
    #expect(
      Pages.problems("# A {#x}\n\n$$y$$ {#x}") == [
        "Chapters/ssd/ssd.md:3: the label “x” names a chapter of this page already; choose another"
      ])
    #expect(
      Pages.problems("# A {#x}\n\n<p id=\"x\">z</p>") == [
        "Chapters/ssd/ssd.md: two elements of this page have the id “x”; rename a label, a cell or an "
          + "id of your HTML"
      ])
  }

  @Test func `search finds the words below each heading, and no markup`() {
    let sections = Pages.render(
      "before\n\n# A *b*\nc `d` &amp; [e](f)\n\n- g\n- h\n\n## I\n> j $k$\n\n```\nl\n```\n| m |\n|---|\n| n |"
    ).searchSections
    #expect(sections.map(\.anchor) == ["", "a-b", "i"])
    #expect(sections.map(\.title) == ["", "A b", "I"])
    #expect(sections.map(\.text) == ["before", "c d & e g h", "j k l m n"])
  }
}
