import Foundation

/// Pictures of a page, light and dark, wide and narrow, for a person to look at.
struct Screenshots {
  let folder: URL

  /// The most pixels of one picture from top to bottom; a longer page takes several.
  private static let tallest = 4000.0

  /// Writes `<page>-<window>-<scheme>-<n>.png`.
  func take(of page: BookPage, in browser: Browser) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let name = page.path.dropLast(".html".count).replacing("/", with: "-")
    try browser.withPage { view in
      try view.open(page.url)
      for window in Page.Window.allCases {
        try view.setWindow(window)
        for scheme in Page.Scheme.allCases {
          try view.setScheme(scheme)
          try view.run("await scrollThrough();")
          let height: Double = try view.value(
            of: "return document.documentElement.scrollHeight;")
          for (number, y) in stride(from: 0, to: height, by: Self.tallest).enumerated() {
            let picture = try view.screenshot(
              y: y, width: window.width, height: min(Self.tallest, height - y))
            let file = "\(name)-\(window.rawValue)-\(scheme.rawValue)-\(number + 1).png"
            try picture.write(to: folder.appending(path: file))
          }
        }
      }
    }
  }
}
