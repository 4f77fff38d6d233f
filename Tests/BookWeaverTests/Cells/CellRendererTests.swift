import BookFormat
import Testing

@testable import BookWeaver

struct CellRendererTests {
  private let all: [CellTranscript] = [
    .printed("shapes", "[2, 3]\n"),
    CellTranscript(
      name: "curves", line: 6, state: .reused,
      outputs: [
        .text(stream: .stdout, text: "before\n"), .figure(entry: .sample("curves-1")),
        .text(stream: .stdout, text: "between\n"),
        .figure(entry: .sample("curves-2", caption: "Second.")),
      ]),
    CellTranscript(name: "last", line: 10, state: .fresh),
  ]

  @Test func `a cell has its name, state, code and output`() throws {
    let chapter = try SampleChapter(cells: all)
    let block = try chapter.blocks(.cell("shapes"))[0]
    #expect(
      block.html == """
        <section class="cell" id="cell-shapes">
        <p class="cell-head"><a class="cell-name" href="#cell-shapes">shapes</a>\
        <span class="cell-state is-fresh">fresh</span></p>
        <pre tabindex="0"><code class="language-swift">print(&quot;shapes&quot;)</code></pre>
        <div class="cell-output"><pre class="printed" tabindex="0">[2, 3]</pre></div>
        </section>

        """)
  }

  @Test func `figures stand among the text, numbered, each with a name of its own`() throws {
    let chapter = try SampleChapter(cells: all)
    let block = try chapter.blocks(.cell("curves", ["label": "fig-c", "caption": "<First>"]))[0]
    let parts = [
      "before", "id=\"fig-c\"", "Figure 8.1</span> &lt;First&gt;", "between",
      "id=\"fig-c-2\"", "Figure 8.2</span> Second.",
    ]
    let places = try parts.map { try #require(block.html.firstRange(of: $0)).lowerBound }
    #expect(places == places.sorted())
    #expect(
      block.labels == [
        Label(name: "fig-c", kind: .figure, number: "8.1", anchor: "fig-c"),
        Label(name: "fig-c-2", kind: .figure, number: "8.2", anchor: "fig-c-2"),
      ])
    #expect(block.searchText == "curves <First> A curve. Second. A curve.")
  }

  @Test(
    arguments: [
      (["hide-code"], false, true, false), (["hide-output"], true, false, false),
      (["collapse-code"], true, true, true), (["collapse-output"], true, true, true),
    ] as [([String], Bool, Bool, Bool)])
  func `code and output can be hidden or folded away`(
    options: [String], hasCode: Bool, hasOutput: Bool, hasDetails: Bool
  ) throws {
    let chapter = try SampleChapter(cells: all)
    let words = Dictionary(uniqueKeysWithValues: options.map { ($0, "") })
    let html = try chapter.blocks(.cell("shapes", words))[0].html
    #expect(html.contains("<code") == hasCode)
    #expect(html.contains("[2, 3]") == hasOutput)
    #expect(html.contains("<details") == hasDetails)
  }

  @Test(arguments: [
    (
      Directive.cell("shapes", ["hide-codes": ""]),
      "{{#cell}} has no option “hide-codes”; did you mean “hide-code”?"
    ),
    (
      .cell("shapes", ["zebra": "1"]),
      "{{#cell}} has no option “zebra”; it takes hide-code, collapse-code, hide-output, "
        + "collapse-output, caption, label"
    ),
    (
      .cell("shape"), "Chapters/ssd/main.swift has no cell “shape”; did you mean “shapes”?"
    ),
    (.cell("shapes", ["hide-code": "yes"]), "“hide-code” takes no value; write only the word"),
    (.cell("shapes", ["caption": ""]), "“caption” needs a value: caption=\"…\""),
    (
      .cell("shapes", ["hide-code": "", "collapse-code": ""]),
      "choose one of hide-code and collapse-code"
    ),
    (
      .cell("shapes", ["hide-output": "", "label": "x"]),
      "there is nothing for label= to name where the output is hidden"
    ),
    (.cell("shapes", ["label": "x"]), "the cell “shapes” shows no figure that label= could name"),
    (
      Directive(name: "cell", arguments: [], file: "a.md", line: 1),
      "{{#cell}} takes one name of a cell, not 0"
    ),
    (
      Directive(name: "cel", arguments: ["shapes"], file: "a.md", line: 1),
      "there is no directive “cel”; did you mean “cell”?"
    ),
  ])
  func `a directive that cannot be followed is a problem at its line`(
    directive: Directive, message: String
  ) throws {
    let chapter = try SampleChapter(cells: all)
    #expect(throws: directive.problem(message)) { try chapter.blocks(directive) }
  }

  @Test func `a cell is placed once`() throws {
    let chapter = try SampleChapter(cells: all)
    let problem = Directive.cell("shapes").problem(
      "the cell “shapes” was placed already, in Chapters/ssd/ssd.md:7")
    #expect(throws: problem) { try chapter.blocks(.cell("shapes"), .cell("shapes")) }
  }

  @Test func `what stands before the first cell is the start`() throws {
    let html = try SampleChapter(cells: all).blocks(.cell("start"))[0].html
    #expect(html.contains("<code class=\"language-swift\">import Book</code>"))
  }

  @Test func `cells without a place come after their neighbour, the first ones before it`() throws {
    var chapter = try SampleChapter(cells: all)
    chapter.pageText = "{{#cell curves}}"
    let renderer = chapter.renderer()
    var numbering = Numbering(chapter: nil)
    let html = try renderer.block(.cell("curves"), numbering: &numbering).html
    let ids = html.matches(of: /id="cell-(\w+)"/).map { String($0.1) }
    #expect(ids == ["shapes", "curves", "last"])
    #expect(html.matches(of: /not yet placed in the text/).count == 2)
    #expect(try renderer.rest(numbering: &numbering) == nil)
    #expect(renderer.checkProblems.map(\.line) == [3, 10])
  }

  @Test func `where no cell is placed, the rest is all of them`() throws {
    var chapter = try SampleChapter(cells: all)
    chapter.pageText = "No cells here."
    let renderer = chapter.renderer()
    var numbering = Numbering(chapter: nil)
    let rest = try #require(try renderer.rest(numbering: &numbering))
    #expect(rest.html.matches(of: /<section/).count == 3)
    #expect(try renderer.rest(numbering: &numbering) == nil)
  }

  @Test func `without a run the first cell says how to run them, and figures keep their numbers`()
    throws
  {
    let blocks = try SampleChapter().blocks(
      .cell("shapes"), .cell("curves", ["label": "fig-c"]), .cell("last"))
    let how = "<code>swift run chapter ssd</code> runs the chapter"
    #expect(blocks.allSatisfy { $0.html.contains("not run</span>") })
    #expect(blocks.map { $0.html.contains(how) } == [true, false, false])
    #expect(blocks[1].html.contains("Figure 8.1<"))
    #expect(blocks[1].labels.map(\.name) == ["fig-c"])
  }

  @Test func `a failed cell shows its error; those behind it say where the run stopped`() throws {
    var cells = all
    cells[0].outputs = [.text(stream: .stdout, text: "so far\n")]
    cells[0].state = .failed
    cells[1] = CellTranscript(name: "curves", line: 6)
    cells[2] = CellTranscript(name: "last", line: 10)
    let failure = Failure(
      message: "Index <out> of range", cell: "shapes", file: "Chapters/ssd/main.swift", line: 4,
      lineIsExact: true)
    let blocks = try SampleChapter(cells: cells, failure: failure).blocks(
      .cell("shapes"), .cell("curves"))
    let parts = [
      ">failed<", "so far", "<code>Chapters/ssd/main.swift:4</code>", "Index &lt;out&gt;",
    ]
    let places = try parts.map { try #require(blocks[0].html.firstRange(of: $0)).lowerBound }
    #expect(places == places.sorted())
    #expect(blocks[1].html.contains("the run stopped in <a href=\"#cell-shapes\">shapes</a>"))
  }

  @Test func `a stale cell keeps its output; the first says what to do`() throws {
    var chapter = try SampleChapter(cells: all)
    chapter.material.staleCells = ["curves", "last"]
    let blocks = try chapter.blocks(.cell("shapes"), .cell("curves"), .cell("last"))
    let states = blocks.map { $0.html.contains("is-stale") }
    #expect(states == [false, true, true])
    #expect(blocks.map { $0.html.contains("changed since it ran") } == [false, true, false])
    #expect(blocks[1].html.contains("before"))
  }

  @Test func `a cell that is stale for what it reads names the chapters to run`() throws {
    var chapter = try SampleChapter(cells: all)
    chapter.material.staleCells = ["shapes", "curves", "last"]
    chapter.material.staleChaptersRead = ["rcnn", "yolo"]
    let html = try chapter.blocks(.cell("shapes"))[0].html
    #expect(
      html.contains(
        "reads stale results; <code>swift run chapter rcnn</code>, "
          + "<code>swift run chapter yolo</code> and then <code>swift run chapter ssd</code> "
          + "make them and this page anew"))
    #expect(!html.contains("changed since it ran"))
  }

  @Test func `a cell that is newer than the run says so`() throws {
    let block = try SampleChapter(cells: [all[0]]).blocks(.cell("last"))[0]
    #expect(block.html.contains("newer than the last run"))
  }

  @Test func `left-out text leads to the file that holds it, and to no other place`() throws {
    let lines = (1...100).map { "line \($0)\n" }.joined()
    var cells = all
    cells[0].outputs = [
      .text(stream: .stdout, text: lines), .omitted(bytes: 123_456, file: "text/shapes.txt"),
      .text(stream: .stdout, text: lines),
    ]
    let html = try SampleChapter(cells: cells).blocks(.cell("shapes"))[0].html
    #expect(html.contains("line 40</pre>"))
    #expect(
      html.contains("More than 123,456 bytes are left out here: <a href=\"text/shapes.txt\">"))
    #expect(html.contains("<pre class=\"printed\" tabindex=\"0\">line 81"))
    cells[0].outputs = [.omitted(bytes: 1, file: "javascript:alert(1)/../\"x")]
    let hostile = try SampleChapter(cells: cells).blocks(.cell("shapes"))[0].html
    #expect(hostile.contains("href=\"text/%22x\""))
  }

  @Test func `a figure's file name and alt text are no markup`() throws {
    var cells = all
    let entry = FigureEntry(
      name: "../\"><script>", alt: "\"><b>", caption: "<i>", width: .infinity, height: -1)
    cells[1].outputs = [.figure(entry: entry)]
    let html = try SampleChapter(cells: cells).blocks(.cell("curves"))[0].html
    #expect(!html.contains("<script") && !html.contains("<b>") && !html.contains("<i>"))
    #expect(
      html.contains("src=\"figures/..%2F%22%3E%3Cscript%3E.svg\" width=\"100000\" height=\"1\""))
  }

  @Test func `a cell that only records says what`() throws {
    var cells = all
    cells[2].records = [
      RecordEntry(name: "ap50", value: 0.93125, unit: "", profile: .full, cell: "last"),
      RecordEntry(name: "time", value: 12, unit: "s", profile: .full, cell: "last"),
    ]
    let html = try SampleChapter(cells: cells).blocks(.cell("last"))[0].html
    #expect(html.contains("recorded: ap50 0.9313, time 12\u{a0}s"))
  }

  @Test func `two renderings of the same run are the same bytes`() throws {
    let chapter = try SampleChapter(cells: all)
    #expect(try chapter.blocks(.cell("curves")) == chapter.blocks(.cell("curves")))
  }
}
