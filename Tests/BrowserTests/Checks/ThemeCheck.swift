/// The page follows the system's light or dark, a switch overrules it, and the choice is kept.
struct ThemeCheck: PageCheck {
  let claim = "the theme follows the system, can be switched, and is kept"

  private let isDark = "brightness() < 0.4"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      var findings: [String] = []
      try view.setScheme(.dark)
      try view.open(page.url)
      if try !view.becomes(isDark, seconds: 1) {
        findings.append("is light where the system is dark")
      }
      try view.setScheme(.light)
      try view.reload()
      if try view.becomes(isDark, seconds: 0.2) {
        findings.append("is dark where the system is light")
      }
      guard try switchToDark(view) else {
        return findings + ["no button with “theme” in its name makes the page dark"]
      }
      try view.reload()
      if try !view.becomes(isDark, seconds: 1) {
        findings.append("forgets the chosen theme when it is loaded again")
      }
      return findings
    }
  }

  /// Presses the switch until the page is dark; it may have an automatic setting, too.
  private func switchToDark(_ view: Page) throws -> Bool {
    for _ in 0..<3 {
      let isPressed: Bool = try view.value(
        of: """
          const control = [...document.querySelectorAll("button, [role=button], [role=switch]")]
            .filter(isVisible).find((button) => /theme/i.test(
              [button.textContent, button.title, button.ariaLabel].join(" ")));
          if (control) control.click();
          return Boolean(control);
          """)
      if !isPressed { return false }
      if try view.becomes(isDark, seconds: 0.5) { return true }
    }
    return false
  }
}
