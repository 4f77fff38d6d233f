/// On a telephone the page scrolls down only; what is wide scrolls within itself.
struct NarrowScreenCheck: PageCheck {
  let claim = "no sideways scrolling on a screen of 360 pixels"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.setWindow(.narrow)
      try view.open(page.url)
      try view.run("openDetails(); await scrollThrough();")
      return try view.value(
        of: """
          const width = 360;
          if (document.documentElement.scrollWidth <= width) return [];
          const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
          const isHeld = (element) => {
            for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
              if (scrolls(e) && e.getBoundingClientRect().right <= width + 1) return true;
            return false;
          };
          const wide = [...document.body.querySelectorAll("*")].filter((element) =>
            isVisible(element) && element.getBoundingClientRect().right > width + 1
            && !isHeld(element));
          const first = wide.filter((element) => !wide.includes(element.parentElement));
          return [`is ${document.documentElement.scrollWidth} pixels wide`].concat(
            first.slice(0, 5).map((e) =>
              `${name(e)} reaches to ${Math.round(e.getBoundingClientRect().right)}`));
          """)
    }
  }
}
