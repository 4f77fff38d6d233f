/// Tab reaches everything that can be used, and shows where it is.
struct KeyboardCheck: PageCheck {
  let claim = "Tab reaches every link and control and shows it"

  private struct Walk: Decodable {
    var missed: [String]
    var unmarked: [String]
  }

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.open(page.url)
      let count: Int = try view.value(of: Self.begin)
      // Some stops, such as boxes that scroll, are not among those that must be reached.
      for _ in 0..<(count + count / 2 + 10) {
        try view.press(.tab)
      }
      let walk: Walk = try view.value(
        of: """
          return {
            missed: keyboard.expected.filter((e) => !keyboard.reached.has(e)).map(name),
            unmarked: [...keyboard.unmarked].map(name),
          };
          """)
      return walk.missed.map { "Tab does not reach \($0)" }
        + walk.unmarked.map { "the focus cannot be seen on \($0)" }
    }
  }

  /// Notes what Tab must reach and how it looks without the focus; then, what gets the focus.
  private static let begin = """
    const look = (element) => {
      const style = getComputedStyle(element);
      return [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow, style.border,
        style.backgroundColor, style.color, style.textDecoration, style.transform, style.opacity,
        style.clip, style.clipPath].join("|");
    };
    const selector = "a[href], button, input, select, textarea, summary, [role=button], "
      + "[tabindex]:not([tabindex='-1'])";
    openDetails();
    const expected = [...document.querySelectorAll(selector)].filter((element) =>
      !element.disabled && !element.closest("[inert]") && isVisible(element));
    const looks = new Map(expected.map((element) => [element, look(element)]));
    window.keyboard = { expected, reached: new Set(), unmarked: new Set() };
    document.addEventListener("focusin", (event) => {
      const element = event.target;
      if (keyboard.reached.has(element)) return;
      keyboard.reached.add(element);
      if (looks.has(element) && look(element) === looks.get(element))
        keyboard.unmarked.add(element);
    });
    return expected.length;
    """
}
