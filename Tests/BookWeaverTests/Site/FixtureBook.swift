import BookFormat
import Foundation

@testable import BookWeaver

/// A book of a few pages in a folder of its own.
struct FixtureBook {
  let folder = TemporaryFolder()
  var book: SiteBook

  init() throws {
    for file in ["preface/preface.md", "boxes/boxes.md", "boxes/iou.md", "appendix.md"] {
      try folder.write("# \(file)\n", to: "Chapters/\(file)")
    }
    try folder.write(
      """
      [Preface](preface/preface.md)

      # Foundations

      - [Boxes & corners](boxes/boxes.md)
        - [Overlap](boxes/iou.md)
      - [Anchors]()

      [Appendix](appendix.md)
      """, to: "Chapters/SUMMARY.md")
    try folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "Chapters/boxes/sketch.svg")
    try folder.write(
      "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "output/preface/figures/cover-1.svg")
    var configuration = BookConfiguration()
    configuration.title = "Boxes <and> more"
    configuration.description = "A book of a few pages."
    configuration.licence = "CC BY 4.0"
    let reader = SummaryReader(source: "Chapters", root: folder.url)
    book = SiteBook(configuration: configuration, summary: reader.summary)
    book.pages = [
      "preface/preface.md": SitePage(
        Self.page(
          "Preface", "<p>Read <a href=\"../boxes/boxes.html#corners\">corners</a>.</p>",
          links: ["../boxes/boxes.md#corners"])),
      "boxes/boxes.md": SitePage(
        Self.page(
          "Boxes & corners",
          """
          <h2 id="corners">Corners</h2>
          <p>A box has four corners: <span class="katex">x</span>. See <a href="iou.html">overlap</a>,
          <a href="#corners">above</a> and <a href="https://example.org/?a=1&amp;b">there</a>.</p>
          <p><img src="sketch.svg" alt="A box"></p>
          """,
          headings: [("corners", "Corners")],
          links: ["iou.md", "#corners", "https://example.org/?a=1&b", "sketch.svg"]),
        command: "swift run chapter boxes",
        run: Transcript(
          chapter: "boxes", profile: .full, state: .complete, began: 1_764_043_200, seconds: 187,
          cells: [],
          provenance: Provenance(
            toolchain: "Swift 6.3.1", processor: "A processor", instructionSet: nil, cores: 2,
            threads: 2, commit: "0123abc"))),
      "boxes/iou.md": SitePage(
        Self.page(
          "Overlap", "<h2 id=\"corners\">Corners again</h2><p>Intersection over union.</p>",
          headings: [("corners", "Corners again")])),
      "appendix.md": SitePage(Self.page("Appendix", "<p>Ends.</p>")),
    ]
    book.references = Self.page("References", "<p id=\"ren2015\">Ren et al.</p>")
    book.cover = CoverFigure(
      chapter: "preface",
      figure: FigureEntry(name: "cover-1", alt: "Boxes", caption: nil, width: 600, height: 400))
  }

  /// A page with a title, sections of level 2 and links, one on each line.
  static func page(
    _ title: String, _ html: String, headings: [(id: String, text: String)] = [],
    links: [String] = []
  ) -> RenderedPage {
    let id = title.lowercased().replacing(" ", with: "-").replacing("&-", with: "")
    let escaped = title.replacing("&", with: "&amp;")
    return RenderedPage(
      title: title, html: "<h1 id=\"\(id)\">\(escaped)</h1>\n\(html)\n",
      headings: [.init(level: 1, id: id, number: "", html: escaped)]
        + headings.map { .init(level: 2, id: $0.id, number: "1.1", html: $0.text) },
      labels: [], citations: [],
      links: links.enumerated().map {
        .init(target: $1, line: $0 + 1, isImage: $1.hasSuffix(".svg"))
      },
      anchors: Set([id] + headings.map(\.id)),
      searchSections: [.init(anchor: id, title: title, text: "The page \(title).")]
        + headings.map { .init(anchor: $0.id, title: $0.text, text: "Detectors draw \($0.text).") },
      problems: [])
  }

  var output: URL { folder.url.appending(path: "output") }

  /// Writes the book and returns what came of it.
  @discardableResult
  func write() throws -> SiteWriter.Report {
    var writer = SiteWriter(
      book, folders: SiteFolders(root: folder.url, output: output),
      cache: WeaveCache(folder: folder.url.appending(path: ".cache/weave")))
    return try writer.write()
  }

  func text(_ path: String) throws -> String { try folder.text("output/\(path)") }

  /// The files of the output by path from it.
  var files: [String] {
    folder.files.filter { $0.hasPrefix("output/") }.map { String($0.dropFirst(7)) }
  }
}
