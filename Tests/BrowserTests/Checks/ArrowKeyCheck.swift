import Foundation

/// → and ← lead to the pages that the page names as next and previous, and back.
struct ArrowKeyCheck: PageCheck {
  let claim = "← and → lead to the previous and next page"

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try [("next", Page.Key.right), ("prev", .left)].flatMap { relation, key in
      try browser.withPage { view in
        try view.open(page.url)
        let target: String? = try view.value(
          of: """
            const link = document.querySelector("a[rel~=\(relation)], link[rel~=\(relation)]");
            return link ? link.href : null;
            """)
        try view.press(key)
        guard let target else {
          usleep(300_000)
          let hasLeft = try view.becomes(
            "location.href !== '\(page.url.absoluteString)'", seconds: 0.1)
          return hasLeft ? ["\(key.name) leads away, but there is no \(relation) page"] : []
        }
        return try view.becomes("location.href === '\(target)'", seconds: 3)
          ? [] : ["\(key.name) does not lead to \(target)"]
      }
    }
  }
}
