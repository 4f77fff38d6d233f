import BookFormat
import Foundation
import Testing

@testable import BookWeaver

struct ZZViewTests {
  @Test func view() throws {
    let root = URL(filePath: "/tmp/sample")
    let reader = SummaryReader(source: root.appending(path: "Chapters"), name: "Chapters")
    print(reader.problems)
    var c = ConfigurationReader(try String(contentsOf: root.appending(path: "book.toml"), encoding: .utf8))
    print(c.problems)
    var book = SiteBook(configuration: c.configuration, summary: reader.summary)
    if ProcessInfo.processInfo.environment["QUICKBOOK"] != nil { book.profile = .quick }
    for e in reader.summary.pages {
      let f = e.file!
      let html = (try? String(contentsOf: root.appending(path: "html/\(f).html"), encoding: .utf8)) ?? "<h1 id=\"t\">\(e.title)</h1><p>To come.</p>"
      var heads: [RenderedPage.Heading] = []
      var secs: [RenderedPage.SearchSection] = []
      let parts = html.split(separator: "\n").map(String.init)
      for l in parts {
        if let m = l.firstMatch(of: /<h([1-4]) id="([^"]+)">(?:<span class="number">([^<]*)<\/span> )?(.*?)<\/h/) {
          heads.append(.init(level: Int(m.1)!, id: String(m.2), number: String(m.3 ?? ""), html: String(m.4)))
          secs.append(.init(anchor: String(m.2), title: String(m.4), text: ""))
        } else if !secs.isEmpty { secs[secs.count-1].text += " " + l.replacing(/<[^>]+>/, with: "") }
      }
      let page = RenderedPage(title: heads.first?.html ?? e.title, html: html, headings: heads, labels: [], citations: [], links: [], anchors: Set(heads.map(\.id)), searchSections: secs, problems: [])
      book.pages[f] = SitePage(page, command: e.number.isEmpty ? nil : "swift run chapter \(f.split(separator: "/")[0])", provenance: Provenance(toolchain: "Swift 6.3.1", processor: "AMD EPYC 9B14, 2 threads", began: 1_764_043_200, seconds: 187, commit: "48905a1"))
    }
    book.references = FixtureBook.page("References", "<p id=\"ren2015\">Ren et al.</p>")
    book.cover = CoverFigure(chapter: "preface", figure: FigureEntry(name: "cover-1", alt: "Boxes", caption: nil, width: 640, height: 430))
    let t0 = Date()
    var w = SiteWriter(book, folders: SiteFolders(root: root, output: URL(filePath: "/tmp/sample/output")), cache: WeaveCache(folder: URL(filePath: "/tmp/sample/cache")))
    let r = try w.write()
    print(r.problems, r.changes.count, Date().timeIntervalSince(t0))
  }
}
