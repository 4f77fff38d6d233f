import Foundation

/// Shows that each check can fail: a small book passes all of them, and broken in one place it fails
/// the check that looks there.
struct SelfTest {
  let checks: [any PageCheck]
  let browser: Browser

  /// A place of the small book that is broken.
  struct Fault: Sendable {
    var check: any PageCheck.Type
    /// What is replaced in the page, by what.
    var old: String
    var new: String
    /// What the finding must say.
    var finding: String
  }

  static let faults = [
    Fault(
      check: ConsoleCheck.self, old: "</body>", new: "<script>missing();</script></body>",
      finding: "missing is not defined"),
    Fault(
      check: ConsoleCheck.self, old: "boxes.svg", new: "gone.svg", finding: "gone.svg"),
    Fault(
      check: RequestCheck.self, old: "boxes.svg", new: "https://example.org/boxes.svg",
      finding: "https://example.org/boxes.svg"),
    Fault(
      check: RequestCheck.self, old: "book.css", new: "../outside.css", finding: "outside.css"),
    Fault(
      check: WeightCheck.self, old: "<!--filler-->",
      new: String(repeating: "heavy ", count: 60_000),
      finding: "weighs 36"),
    Fault(
      check: NarrowScreenCheck.self, old: "<!--filler-->",
      new: "<p class=wide style='width: 700px'>wide</p>", finding: "<p.wide> wide reaches to"),
    Fault(
      check: LayoutShiftCheck.self, old: " width=\"400\" height=\"300\"", new: "",
      finding: "which is 400 × 300"),
    Fault(
      check: LayoutShiftCheck.self, old: "<h1>",
      new: "<div id=late></div><style>#late { height: 0 }</style>"
        + "<script>addEventListener('load', () => late.style.height = '400px')</script><h1>",
      finding: "shifts by"),
    Fault(
      check: ScriptsOffCheck.self, old: "<main id=\"content\">",
      new: "<main id=\"content\" hidden><script>content.hidden = false</script>",
      finding: "letters"),
    Fault(
      check: ScriptsOffCheck.self, old: "<nav aria-label=\"Pages\">", new: "<div>",
      finding: "has no navigation"),
    Fault(
      check: ScriptsOffCheck.self, old: "<math><mi>w</mi></math>",
      new: "<script>document.write('<math><mi>w</mi></math>')</script>",
      finding: "has 0 of 1 formulas"),
    Fault(
      check: ScriptsOffCheck.self, old: "<b>let</b>", new: "let",
      finding: "a program is not highlighted"),
    Fault(
      check: ScriptsOffCheck.self, old: "boxes.svg", new: "gone.svg",
      finding: "a figure does not show"),
    Fault(
      check: ScriptsOffCheck.self, old: " hidden>Theme", new: ">Theme",
      finding: "a button does nothing"),
    Fault(
      check: ThemeCheck.self, old: "<button", new: "<i", finding: "no button"),
    Fault(
      check: ThemeCheck.self, old: "<script src=\"theme.js\"></script>", new: "",
      finding: "forgets the chosen theme"),
    Fault(
      check: ThemeCheck.self, old: "</head>",
      new: "<style>html { background: white !important }</style></head>",
      finding: "is light where the system is dark"),
    Fault(
      check: SearchCheck.self, old: "data-search", new: "data-nothing",
      finding: "does not open a search field"),
    Fault(
      check: SearchCheck.self, old: "<h1>Boxes", new: "<h1>Unheardof", finding: "finds nothing"),
    Fault(
      check: SearchCheck.self, old: "data-search",
      new: "data-search data-stays", finding: "Esc does not close"),
    Fault(
      check: ArrowKeyCheck.self, old: "rel=\"next\" href=\"second.html\"",
      new: "rel=\"next\" href=\"third.html\"", finding: "does not lead to"),
    Fault(
      check: ArrowKeyCheck.self, old: "rel=\"next\"", new: "class=\"next\"",
      finding: "leads away"),
    Fault(
      check: ArrowKeyCheck.self, old: "</head>",
      new: "<link rel=\"prev\" href=\"second.html\"></head>", finding: "ArrowLeft does not lead to"),
    Fault(
      check: KeyboardCheck.self, old: "<h1>",
      new: "<a href=\"#x\" onkeydown=\"event.preventDefault()\">trap</a><h1>",
      finding: "Tab does not reach <a> program"),
    Fault(
      check: KeyboardCheck.self, old: "<a href=\"#program\">",
      new: "<a href=\"#program\" tabindex=\"-1\">", finding: "Tab does not reach <a> program"),
    Fault(
      check: KeyboardCheck.self, old: "<a href=\"#program\">",
      new: "<a href=\"#program\" style=\"outline: none\">",
      finding: "the focus cannot be seen on <a> program"),
    Fault(
      check: MarkupCheck.self, old: "</figure>", new: "", finding: "missing </figure>"),
    Fault(
      check: MarkupCheck.self, old: "id=\"content\"", new: "id=\"theme\"", finding: "theme"),
    Fault(
      check: AccessibilityCheck.self, old: "alt=\"Two boxes\"", new: "", finding: "image-alt"),
    Fault(
      check: AccessibilityCheck.self, old: "<!--filler-->",
      new: "<p style='color: #bbb; background: #fff'>pale</p>", finding: "color-contrast"),
    Fault(
      check: AccessibilityCheck.self, old: "</head>",
      new: "<style>@media (prefers-color-scheme: dark) { p { color: #333 } }</style></head>",
      finding: "dark: Elements must meet"),
  ]

  /// What the checks got wrong.
  func problems() throws -> [String] {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixture")
    var problems: [String] = []
    for page in try BookPage.all(in: fixture) {
      for check in checks {
        problems += try check.findings(on: page, in: browser)
          .map { "the book that is right fails: \(page.path): \(check.claim): \($0)" }
      }
    }
    for check in checks {
      let faults = Self.faults.filter { $0.check == type(of: check) }
      if faults.isEmpty {
        problems.append("nothing shows that this check can fail: \(check.claim)")
      }
      for fault in faults {
        let findings = try withPage(broken: fault, in: fixture) {
          try check.findings(on: $0, in: browser)
        }
        if !findings.contains(where: { $0.contains(fault.finding) }) {
          problems.append(
            "not seen: \(check.claim): “\(fault.old)” made “\(fault.new.prefix(80))”: \(findings)")
        }
      }
    }
    return problems
  }

  /// Does `body` with the first page of a copy of the small book that has the fault.
  private func withPage<Result>(
    broken fault: Fault, in fixture: URL, _ body: (BookPage) throws -> Result
  ) throws -> Result {
    let files = FileManager.default
    let folder = files.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "browser-test-\(UUID().uuidString)")
    try files.copyItem(at: fixture, to: folder)
    defer { try? files.removeItem(at: folder) }
    let page = BookPage(folder: folder, path: "index.html")
    let text = try String(contentsOf: page.url, encoding: .utf8)
    guard text.contains(fault.old) else {
      throw BrowserError("the small book has no “\(fault.old)”")
    }
    try Data(text.replacing(fault.old, with: fault.new).utf8).write(to: page.url)
    return try body(page)
  }
}
