/// A key of `book.toml`: what is read, what its errors say and what a reference of the keys lists.
package struct Setting: Sendable {
  /// What becomes of the value.
  enum Treatment: Sendable {
    /// Puts the value into the configuration; false where it is of another type.
    case honoured(@Sendable (inout BookConfiguration, _ name: String, SettingNode) -> Bool)
    /// Reading goes on; the sentence says why nothing changes.
    case ignored(String)
    /// A problem; the sentence says why, and what to do.
    case refused(String)
    /// A problem where the value is another one.
    case fixed(SettingNode, String)
  }

  /// Such as `output.html.fold.enable`; `*` stands for any name.
  package let path: [String]
  /// What it does, in a sentence.
  package let meaning: String
  /// What the value must be; empty for settings without effect.
  package let expectation: String
  /// The value where the file is silent, as it would be written; empty where there is none.
  package let fallback: String
  let treatment: Treatment

  private init(
    _ path: String, _ meaning: String, expectation: String = "", fallback: String = "",
    _ treatment: Treatment
  ) {
    self.path = path.split(separator: ".").map(String.init)
    self.meaning = meaning
    self.expectation = expectation
    self.fallback = fallback
    self.treatment = treatment
  }

  /// A key whose value becomes a property.
  private static func key<Value: SettingValue>(
    _ path: String, _ place: any WritableKeyPath<BookConfiguration, Value> & Sendable,
    _ meaning: String
  ) -> Setting {
    Setting(
      path, meaning, expectation: Value.expectation,
      fallback: BookConfiguration()[keyPath: place].toml,
      .honoured { configuration, _, node in
        guard let value = Value(node) else { return false }
        configuration[keyPath: place] = value
        return true
      })
  }

  /// A key for each of many names, one of the path's words being `*`.
  private static func keys<Value: SettingValue>(
    _ path: String, _ place: any WritableKeyPath<BookConfiguration, [String: Value]> & Sendable,
    _ meaning: String
  ) -> Setting {
    Setting(
      path, meaning, expectation: Value.expectation,
      .honoured { configuration, name, node in
        guard let value = Value(node) else { return false }
        configuration[keyPath: place][name] = value
        return true
      })
  }

  private static func ignored(_ path: String, _ why: String) -> Setting {
    Setting(path, "No effect: \(why)", .ignored(why))
  }

  private static func refused(_ path: String, _ why: String) -> Setting {
    Setting(path, "Refused: \(why)", .refused(why))
  }
}

extension Setting {
  /// Every key, table by table.
  package static let all: [Setting] = book + build + html + search + others

  private static let book = [
    key("book.title", \.title, "The book's title."),
    key("book.authors", \.authors, "Who wrote it."),
    key("book.description", \.description, "What it is about, in a sentence."),
    key("book.language", \.language, "The language of the text, as a tag."),
    key("book.text-direction", \.givenDirection, "Which way lines run; else the language says."),
    key("book.src", \.source, "The folder of SUMMARY.md and the chapters."),
    key("book.bibliography", \.bibliography, "The BibTeX file of what the book cites."),
    key("book.cover", \.cover, "The figure on the cover: chapter/figure."),
    key("book.licence", \.licence, "Under which terms the book may be used, in a line."),
  ]

  private static let build = [
    Setting(
      "build.build-dir", "The folder that the book is written to; it cannot be another.",
      fallback: "\"output\"",
      .fixed(
        .text("output"),
        "chapters put their results into output, and pages lie beside them; remove the key.")),
    key(
      "build.create-missing", \.createsMissingFiles, "Whether files that SUMMARY.md names are made."
    ),
    key(
      "build.use-default-preprocessors", \.expandsIncludes, "Whether {{#include}} is expanded."),
    ignored("build.extra-watch-dirs", "nothing is watched; a program declares what it reads."),
  ]

  private static let html = [
    key("output.html.theme", \.themeFolder, "A folder whose files replace those of the theme."),
    key("output.html.default-theme", \.lightSystemTheme, "The look where the system is light."),
    key("output.html.preferred-dark-theme", \.darkSystemTheme, "The look where it is dark."),
    key("output.html.smart-punctuation", \.smartPunctuation, "Curly quotes, dashes and ellipses."),
    key("output.html.definition-lists", \.definitionLists, "Definition lists in the text."),
    key("output.html.admonitions", \.admonitions, "Notes and warnings in the text."),
    key("output.html.additional-css", \.stylesheets, "Style sheets added to each page."),
    key("output.html.additional-js", \.scripts, "Scripts added to each page."),
    key("output.html.no-section-label", \.hidesNumbers, "Hides the numbers in the contents."),
    key("output.html.git-repository-url", \.repository, "A link to the repository."),
    key("output.html.edit-url-template", \.editURL, "Where a page is edited; {path} is its file."),
    key("output.html.site-url", \.siteURL, "Where the site lies on its server, such as /book/."),
    key("output.html.cname", \.domain, "The site's domain, written to CNAME."),
    key("output.html.input-404", \.notFoundFile, "The text of the page for what is not there."),
    key("output.html.hash-files", \.hashesFiles, "Puts a digest into the names of assets."),
    key(
      "output.html.sidebar-header-nav", \.listsHeadings, "Lists a page's headings in the contents."),
    key("output.html.fold.enable", \.fold.isEnabled, "Whether the contents can be folded."),
    key("output.html.fold.level", \.fold.level, "How many levels are unfolded to begin with."),
    key("output.html.print.enable", \.print.isEnabled, "Writes print.html, the whole book."),
    key("output.html.print.page-break", \.print.breaksPages, "A new page for each chapter."),
    key(
      "output.html.playground.copyable", \.hasCopyButtons, "A copy button at each piece of code."),
    keys(
      "output.html.code.hidelines.*", \.hiddenLines,
      "By language, how lines of code begin that a page leaves out."),
    keys("output.html.redirect.*", \.redirects, "From a path of old to where it went."),
    ignored("output.html.git-repository-icon", "the icon of the repository's link is the book's."),
    ignored("output.html.mathjax-support", "formulas are always set, when the book is made."),
    ignored("output.html.live-reload-endpoint", "a page of this book talks to no server."),
    ignored("output.html.playground.editable", "code is edited in the chapter's main.swift."),
    ignored("output.html.playground.runnable", "code is run with `swift run chapter`."),
    ignored("output.html.playground.copy-js", "there is no editor in the page."),
    ignored("output.html.playground.line-numbers", "there is no editor in the page."),
  ]

  private static let search = [
    key("output.html.search.enable", \.search.isEnabled, "Whether the book can be searched."),
    key("output.html.search.limit-results", \.search.resultLimit, "The most results shown."),
    key("output.html.search.teaser-word-count", \.search.teaserWords, "Words shown of a result."),
    key(
      "output.html.search.use-boolean-and", \.search.needsAllWords, "Whether all words must occur."),
    key("output.html.search.boost-title", \.search.titleBoost, "The weight of a heading."),
    key(
      "output.html.search.boost-hierarchy", \.search.hierarchyBoost, "That of headings around it."),
    key("output.html.search.boost-paragraph", \.search.paragraphBoost, "The weight of the text."),
    key(
      "output.html.search.expand", \.search.expandsWords, "Finds words that begin as the query's."),
    key(
      "output.html.search.heading-split-level", \.search.splitLevel,
      "The deepest level found alone."),
    key(
      "output.html.search.copy-js", \.search.copiesScripts, "Whether the scripts are written, too."),
    keys("output.html.search.chapter.*.enable", \.search.chapters, "Whether a path can be found."),
  ]

  private static let others = [
    refused("rust.edition", "the chapters are Swift; Package.swift says which version of it."),
    refused("output.markdown", "the book is woven to HTML only; remove the table."),
    refused("output.*", programs),
    refused("preprocessor.*", programs),
  ]
  private static let programs =
    "its command would run a program while the book is made, and this book runs none; remove the table."
}
