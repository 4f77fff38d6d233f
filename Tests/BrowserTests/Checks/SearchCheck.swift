/// `/` opens search, a word of the page is found, Esc closes it.
struct SearchCheck: PageCheck {
  let claim = "/ opens search, typing finds, Esc closes"

  private let isOpen = "document.querySelector('dialog[open] input')"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.open(page.url)
      try view.press(.slash)
      guard try view.becomes("\(isOpen) && document.activeElement.matches('dialog[open] input')")
      else { return ["/ does not open a search field"] }
      let word: String = try view.value(
        of: """
          const heading = document.querySelector("\(page.isFound ? "h1" : "nav li")");
          const words = (heading || document.body).innerText
            .match(/\\p{L}{4,}/gu) || ["book"];
          return words.sort((a, b) => b.length - a.length)[0];
          """)
      try view.type(word)
      var findings: [String] = []
      if try !view.becomes("document.querySelector('dialog[open] a[href]')") {
        findings.append("search for “\(word)”, which a heading holds, finds nothing")
      }
      try view.press(.escape)
      if try !view.becomes("!\(isOpen)", seconds: 1) {
        findings.append("Esc does not close search")
      }
      return findings + view.complaints
    }
  }
}
