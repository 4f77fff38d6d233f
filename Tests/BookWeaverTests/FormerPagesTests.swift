import Foundation
import Testing

@testable import BookWeaver

struct FormerPagesTests {
  private let folder = TemporaryFolder()
  private let label = Label(name: "sec-a", kind: .section, number: "1.1", anchor: "sec-a")
  private let problem = WeaveProblem(file: "a.md", line: 1, "wrong")

  private func page(labels: [Label] = [], problems: [WeaveProblem] = []) -> RenderedPage {
    var page = RenderedPage(title: "A", problems: problems)
    page.labels = labels
    page.anchors = Set(labels.map(\.anchor))
    return page
  }

  private func completed(_ page: RenderedPage, taken: Set<String> = []) -> RenderedPage {
    var page = page
    FormerPages(folder: folder.url).complete(&page, of: "a.md", taken: taken)
    return page
  }

  @Test func `a page with a problem has what its last good version had, a good one only its own`() {
    var pages = FormerPages(folder: folder.url)
    pages.note(["a.md": page(labels: [label])])
    #expect(completed(page(problems: [problem])).labels == [label])
    #expect(completed(page(problems: [problem])).anchors == ["sec-a"])
    #expect(completed(page()).labels == [])
    #expect(completed(page(problems: [problem]), taken: ["sec-a"]).labels == [])
  }

  @Test func `a page with a problem is no last good version`() {
    var pages = FormerPages(folder: folder.url)
    pages.note(["a.md": page(labels: [label])])
    pages.note(["a.md": page(problems: [problem])])
    #expect(FormerPages(folder: folder.url).pages["a.md"]?.labels == [label])
  }

  @Test func `notes that cannot be read are none`() throws {
    try folder.write("{", to: "pages.json")
    #expect(FormerPages(folder: folder.url).pages.isEmpty)
  }
}
