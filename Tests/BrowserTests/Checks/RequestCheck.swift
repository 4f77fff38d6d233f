import Foundation

/// Everything that the page asks for lies in the book's folder: it reads the same offline, and moved
/// to another disk.
struct RequestCheck: PageCheck {
  let claim = "no request leaves the folder"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try browser.withPage { view in
      try view.open(page.url)
      try view.run("await scrollThrough();")
      // Search loads its parts when it is first used.
      try view.press(.slash)
      try view.rest()
      let inside = page.folder.path + "/"
      return view.requests.map(\.url).filter { url in
        switch url.scheme {
        case "data", "blob", "about": false
        case "file": !url.standardizedFileURL.path(percentEncoded: false).hasPrefix(inside)
        default: true
        }
      }.map { "asks for \($0.absoluteString.prefix(200))" }
    }
  }
}
