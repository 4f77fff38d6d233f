/// The page can be read with scripts off: text, links, highlighted code, formulas and figures are in
/// the file.
struct ScriptsOffCheck: PageCheck {
  let claim = "with scripts off the page can be read"

  private struct Content: Decodable {
    /// Those of buttons do not count, which do nothing without scripts.
    var letters: Int
    var links: Int
    var navigationLinks: Int
    var highlightedPieces: Int
    var formulas: Int
    var figures: Int
    /// Swift programs on the page that are all of one color.
    var plainPrograms: [String]
    /// Figures that do not show.
    var brokenFigures: [String]
    /// Buttons that do nothing without scripts.
    var deadButtons: [String]
  }

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    let full = try content(of: page, in: browser, runsScripts: true)
    let bare = try content(of: page, in: browser, runsScripts: false)
    var findings: [String] = []
    func expect(_ what: String, _ count: KeyPath<Content, Int>) {
      if bare[keyPath: count] < full[keyPath: count] {
        findings.append("has \(bare[keyPath: count]) of \(full[keyPath: count]) \(what)")
      }
    }
    if bare.letters == 0 { findings.append("has no text") }
    if bare.navigationLinks == 0 { findings.append("has no navigation") }
    expect("letters", \.letters)
    expect("links", \.links)
    expect("pieces of highlighted code", \.highlightedPieces)
    expect("formulas", \.formulas)
    expect("figures", \.figures)
    findings += bare.plainPrograms.map { "a program is not highlighted: \($0)" }
    findings += bare.brokenFigures.map { "a figure does not show: \($0)" }
    findings += bare.deadButtons.map { "a button does nothing: \($0)" }
    return findings
  }

  private func content(
    of page: BookPage, in browser: Browser, runsScripts: Bool
  ) throws -> Content {
    try browser.withPage { view in
      try view.open(page.url, runsScripts: runsScripts)
      try view.run("await scrollThrough();")
      return try view.value(
        of: """
          const all = (selector) => [...document.querySelectorAll(selector)];
          const shown = (selector) => all(selector).filter(isVisible);
          const programs = all("pre > code.language-swift");
          const figures = shown("img, figure svg");
          const isBroken = (figure) => figure.localName === "img" && figure.naturalWidth === 0;
          const pieces = "b, i, u, em, var, samp, small";
          const colors = (code) => new Set([...code.querySelectorAll(pieces)].map(
            (piece) => getComputedStyle(piece).color));
          const deadButtons = shown("button").map(name);
          for (const button of all("button")) button.style.display = "none";
          return {
            letters: document.body.innerText.replace(/\\s+/g, "").length,
            links: shown("a[href]").length,
            navigationLinks: shown("nav a[href]").length,
            highlightedPieces: all(`pre code :is(${pieces})`).length,
            formulas: shown(".katex, math").length,
            figures: figures.filter((figure) => !isBroken(figure)).length,
            plainPrograms: programs.filter((code) => colors(code).size < 2).map(name),
            brokenFigures: figures.filter(isBroken).map(name),
            deadButtons,
          };
          """)
    }
  }
}
