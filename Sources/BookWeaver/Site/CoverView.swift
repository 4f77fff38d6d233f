import BookFormat

/// What the templates of the first page and of the printed book's cover see.
struct CoverView {
  struct Figure {
    /// From the output folder.
    let light: String
    let dark: String
    let alt: String
    let width: String
    let height: String
  }

  let figures: [Figure]
  /// The first page with a program, which the cover shows how to run.
  let firstCommands: [String]
  let firstPages: [PageLink]

  init(_ book: SiteBook, firstPage: PageLink?) {
    figures =
      book.cover.map { cover in
        let path = "\(cover.chapter)/figures/\(cover.figure.name)"
        return [
          Figure(
            light: "\(path).svg", dark: "\(path)-dark.svg", alt: cover.figure.alt,
            width: "\(Int(cover.figure.width.rounded()))",
            height: "\(Int(cover.figure.height.rounded()))")
        ]
      } ?? []
    let commands = book.summary.pages.lazy.compactMap { entry in
      entry.file.flatMap { book.pages[$0]?.command }
    }
    firstCommands = commands.first.map { [$0] } ?? []
    firstPages = firstPage.map { [$0] } ?? []
  }
}

/// What a template of the cover sees.
struct CoverPageView {
  let page: PageView
  let cover: CoverView
}

/// What the template of a redirect sees.
struct RedirectView {
  let page: PageView
  let target: String
}
