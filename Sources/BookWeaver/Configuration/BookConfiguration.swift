/// What `book.toml` says, with mdBook's meaning; `Setting.all` lists the keys.
package struct BookConfiguration: Equatable, Sendable {
  // MARK: [book]
  package var title = "Untitled book"
  package var authors: [String] = []
  package var description = ""
  /// A language tag, such as `en`.
  package var language = "en"
  /// Nil: what the language is written in.
  package var givenDirection: TextDirection?
  /// The folder of `SUMMARY.md` and the chapters.
  package var source = "Chapters"
  /// The BibTeX file of what the book cites, relative to the source folder.
  package var bibliography: String?
  /// The figure on the cover: `chapter/figure`.
  package var cover: String?
  /// Under which terms the book may be used, in a line.
  package var licence = ""

  // MARK: [build]
  package var createsMissingFiles = false
  package var expandsIncludes = true

  // MARK: [output.html]
  package var themeFolder: String?
  package var lightSystemTheme = PageTheme.light
  package var darkSystemTheme = PageTheme.dark
  package var smartPunctuation = true
  package var definitionLists = true
  package var admonitions = true
  package var stylesheets: [String] = []
  package var scripts: [String] = []
  package var hidesNumbers = false
  package var repository: String?
  /// Where a page is edited; `{path}` stands for its file.
  package var editURL: String?
  /// Where the site lies on its server, such as `/book/`.
  package var siteURL: String?
  package var domain: String?
  package var notFoundFile = "404.md"
  package var hashesFiles = true
  package var listsHeadings = true
  package var fold = Fold()
  package var print = Print()
  package var hasCopyButtons = true
  /// By language, the beginning of lines that a page hides.
  package var hiddenLines: [String: String] = [:]
  package var search = Search()
  /// From a path of old, maybe with a fragment, to where it went.
  package var redirects: [String: String] = [:]

  /// The file it was read from, and where its keys stand in it.
  var file = "book.toml"
  var lines = TOMLKeyLines("")

  package init() {}

  /// A problem with the value of `key`, such as `output.html.theme`.
  package func problem(at key: String, _ message: String) -> WeaveProblem {
    problem(at: key.split(separator: ".").map(String.init), message)
  }

  func problem(at path: [String], _ message: String) -> WeaveProblem {
    WeaveProblem(file: file, line: lines.line(of: path), message)
  }

  /// How far the contents are unfolded.
  package struct Fold: Equatable, Sendable {
    package var isEnabled = false
    package var level = 0
  }

  /// The whole book as one page.
  package struct Print: Equatable, Sendable {
    package var isEnabled = true
    package var breaksPages = true
  }

  /// What search finds, and what it puts first.
  package struct Search: Equatable, Sendable {
    package var isEnabled = true
    package var resultLimit = 30
    package var teaserWords = 30
    package var needsAllWords = false
    package var titleBoost = 2.0
    package var hierarchyBoost = 1.0
    package var paragraphBoost = 1.0
    package var expandsWords = true
    /// Deeper sections are found as part of the section around them.
    package var splitLevel = 3
    package var copiesScripts = true
    /// By path of a chapter's file or a folder of them, whether it can be found.
    package var chapters: [String: Bool] = [:]

    /// Whether the page of `file` can be found: the most specific path decides.
    package func includes(_ file: String) -> Bool {
      let parts = file.split(separator: "/")
      for length in stride(from: parts.count, through: 1, by: -1) {
        let path = parts.prefix(length).joined(separator: "/")
        if let isIncluded = chapters[path] ?? chapters["\(path)/"] { return isIncluded }
      }
      return true
    }
  }
}

extension BookConfiguration {
  /// The direction of the book's script.
  package var textDirection: TextDirection {
    if let givenDirection { return givenDirection }
    let rightToLeft = ["ar", "arc", "fa", "he", "ku", "nqo", "ps", "sam", "syr", "ur", "yi"]
    let language = language.lowercased().split(separator: "-").first.map(String.init) ?? ""
    return rightToLeft.contains(language) ? .rightToLeft : .leftToRight
  }

  /// The theme of a reader who has not chosen: nil where it follows the system.
  package var fixedTheme: PageTheme? {
    if lightSystemTheme == .dark { return .dark }
    return darkSystemTheme == .light ? .light : nil
  }
}

/// Which way lines run.
package enum TextDirection: String, Sendable, CaseIterable {
  case leftToRight = "ltr"
  case rightToLeft = "rtl"
}

/// The two looks of a page; mdBook's five themes are one of them each.
package enum PageTheme: String, Sendable, CaseIterable {
  case light, dark

  init?(name: String) {
    switch name.lowercased() {
    case "light", "rust": self = .light
    case "dark", "coal", "navy", "ayu": self = .dark
    default: return nil
    }
  }
}
