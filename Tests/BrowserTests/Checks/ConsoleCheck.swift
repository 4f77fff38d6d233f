/// No error on the console, no exception, no file that is missing.
struct ConsoleCheck: PageCheck {
  let claim = "no error on the console"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.open(page.url)
      try view.run("await scrollThrough();")
      return view.complaints
    }
  }
}
