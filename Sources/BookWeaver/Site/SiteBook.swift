package import BookFormat
package import Foundation

/// All that a book is written from.
package struct SiteBook {
  package var configuration: BookConfiguration
  package var summary: Summary
  /// By file of the summary; a page that is missing or has problems keeps its last good version.
  package var pages: [String: SitePage]
  /// The list of what the book cites.
  package var references: RenderedPage?
  /// The text of the page for what is not there; nil for the book's own words.
  package var notFound: RenderedPage?
  package var cover: CoverFigure?
  package var profile: Profile
  /// Markdown files that others include, relative to the source folder; they need no page.
  package var includedFiles: Set<String>
  /// Whether the summary and all texts that it names have been read; otherwise nobody knows which
  /// files are not of the book.
  package var isWhole: Bool

  package init(
    configuration: BookConfiguration, summary: Summary, pages: [String: SitePage] = [:],
    references: RenderedPage? = nil, notFound: RenderedPage? = nil, cover: CoverFigure? = nil,
    profile: Profile = .full, includedFiles: Set<String> = [], isWhole: Bool = true
  ) {
    self.configuration = configuration
    self.summary = summary
    self.pages = pages
    self.references = references
    self.notFound = notFound
    self.cover = cover
    self.profile = profile
    self.includedFiles = includedFiles
    self.isWhole = isWhole
  }
}

extension SiteBook {
  /// The texts that there are by file, in reading order; that for what is not there last.
  var texts: [(file: String, content: RenderedPage)] {
    summary.pages.compactMap { entry in
      entry.file.flatMap { file in pages[file].map { (file, $0.content) } }
    } + [notFound].compactMap(\.self).map { (configuration.notFoundFile, $0) }
  }
}

/// A page's text with what its frame says of it.
package struct SitePage {
  package var content: RenderedPage
  /// What computes the page again, such as `swift run chapter ssd`; nil for pages without a program.
  package var command: String?
  /// The run that its numbers come from; nil where there was none.
  package var run: Transcript?

  package init(_ content: RenderedPage, command: String? = nil, run: Transcript? = nil) {
    self.content = content
    self.command = command
    self.run = run
  }
}

/// The figure on the cover, drawn by a chapter.
package struct CoverFigure: Equatable, Sendable {
  package var chapter: String
  package var figure: FigureEntry

  package init(chapter: String, figure: FigureEntry) {
    self.chapter = chapter
    self.figure = figure
  }

  /// The figure that `setting`, a chapter and a figure or its cell, names among the transcripts.
  package init?(_ setting: String, transcript: (_ chapter: String) -> Transcript?) {
    let words = setting.split(separator: "/", maxSplits: 1).map(String.init)
    guard words.count == 2, let cells = transcript(words[0])?.cells else { return nil }
    let figures = cells.flatMap(\.outputs).compactMap { output -> FigureEntry? in
      if case .figure(let entry) = output { entry } else { nil }
    }
    guard let figure = figures.first(where: { [words[1], "\(words[1])-1"].contains($0.name) })
    else { return nil }
    self.init(chapter: words[0], figure: figure)
  }
}

/// The folders that a book is written from and to.
package struct SiteFolders {
  /// The package's folder.
  package var root: URL
  package var output: URL
  /// The system's top folder, which holds KaTeX and lunr: `/`, but in tests.
  package var system: URL

  package init(root: URL, output: URL, system: URL = URL(filePath: "/")) {
    self.root = root
    self.output = output
    self.system = system
  }
}
