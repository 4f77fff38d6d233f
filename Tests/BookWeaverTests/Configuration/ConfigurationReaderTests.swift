import Testing

@testable import BookWeaver

struct ConfigurationReaderTests {
  private func problems(_ text: String, _ environment: [String: String] = [:]) -> [String] {
    ConfigurationReader(text, environment: environment).problems.map(\.description)
  }

  @Test func `every key finds its place`() {
    let reader = ConfigurationReader(
      """
      [book]
      title = "Boxes"
      authors = ["A", "B"]
      text-direction = "rtl"
      [output.html]
      default-theme = "rust"
      preferred-dark-theme = "ayu"
      fold = { enable = true, level = 2 }
      [output.html.search]
      boost-title = 3
      chapter."ssd/ssd.md".enable = false
      [output.html.redirect]
      "/old.html" = "new.html"
      [output.html.playpen]
      copyable = false
      """)
    #expect(reader.problems == [])
    let configuration = reader.configuration
    #expect(configuration.title == "Boxes")
    #expect(configuration.authors == ["A", "B"])
    #expect(configuration.textDirection == .rightToLeft)
    #expect(configuration.lightSystemTheme == .light)
    #expect(configuration.darkSystemTheme == .dark)
    #expect(configuration.fold.isEnabled)
    #expect(configuration.fold.level == 2)
    #expect(configuration.search.titleBoost == 3)
    #expect(!configuration.search.includes("ssd/ssd.md"))
    #expect(configuration.redirects == ["/old.html": "new.html"])
    #expect(!configuration.hasCopyButtons)
  }

  /// mdBook's keys, table by table.
  private static let mdBookKeys = """
    book: title authors description language src text-direction
    build: build-dir create-missing use-default-preprocessors extra-watch-dirs
    rust: edition
    output.html: theme default-theme preferred-dark-theme smart-punctuation definition-lists \
    admonitions mathjax-support additional-css additional-js no-section-label git-repository-url \
    git-repository-icon edit-url-template site-url cname input-404 hash-files sidebar-header-nav \
    live-reload-endpoint
    output.html.fold: enable level
    output.html.print: enable page-break
    output.html.playground: editable copyable copy-js line-numbers runnable
    output.html.code.hidelines: *
    output.html.search: enable limit-results teaser-word-count use-boolean-and boost-title \
    boost-hierarchy boost-paragraph expand heading-split-level copy-js
    output.html.search.chapter.*: enable
    output.html.redirect: *
    output: markdown *
    preprocessor: *
    """

  @Test func `every key of mdBook has a line in the table, and no key has two`() {
    let keys = Self.mdBookKeys.split(separator: "\n").flatMap { line in
      let parts = line.split(separator: ": ")
      return parts[1].split(separator: " ").map { "\(parts[0]).\($0)" }
    }
    let own = Setting.all.map { $0.path.joined(separator: ".") }
    #expect(own.count == Set(own).count)
    #expect(Set(keys).subtracting(own) == [])
    #expect(Set(own).subtracting(keys) == ["book.bibliography", "book.cover", "book.licence"])
  }

  @Test func `every key that is honoured changes something, and nothing but what it names`() {
    let samples = [
      String.expectation: ["\"x\""], Bool.expectation: ["true", "false"], Int.expectation: ["9"],
      Double.expectation: ["0.5"], [String].expectation: ["[\"x\"]"],
      TextDirection.expectation: ["\"rtl\""], PageTheme.expectation: ["\"dark\"", "\"light\""],
    ]
    var seen: [BookConfiguration] = []
    for setting in Setting.all where !setting.expectation.isEmpty {
      let path = setting.path.map { $0 == "*" ? "name" : $0 }
      let changed = samples[setting.expectation, default: []].compactMap { sample in
        let reader = ConfigurationReader(
          "[\(path.dropLast().joined(separator: "."))]\n\(path.last ?? "") = \(sample)")
        #expect(reader.problems == [])
        var configuration = reader.configuration
        configuration.lines = TOMLKeyLines("")
        return configuration == BookConfiguration() ? nil : configuration
      }
      #expect(!changed.isEmpty, "\(path)")
      #expect(!changed.contains { seen.contains($0) }, "\(path)")
      seen += changed
    }
  }

  @Test func `what a file leaves out has the values the table lists`() throws {
    #expect(ConfigurationReader("").configuration == BookConfiguration())
    for setting in Setting.all where !setting.fallback.isEmpty {
      let (table, key) = (setting.path.dropLast().joined(separator: "."), setting.path.last ?? "")
      let reader = ConfigurationReader("[\(table)]\n\(key) = \(setting.fallback)")
      #expect(reader.problems == [])
      var expected = BookConfiguration()
      expected.lines = reader.configuration.lines
      #expect(reader.configuration == expected, "\(key)")
    }
  }

  @Test func `each key refuses a value of another type, naming line, key and what it expects`() {
    for setting in Setting.all where !setting.expectation.isEmpty {
      let path = setting.path.map { $0 == "*" ? "name" : $0 }
      let table = path.dropLast().joined(separator: ".")
      let found = problems("\n[\(table)]\n\(path[path.count - 1]) = 1979-05-27\n")
      // A date is quoted, so it is a text.
      if setting.expectation == "a text in quotes" {
        #expect(found == [])
      } else {
        let key = path[path.count - 1]
        #expect(
          found == [
            "book.toml:3: \(key) in [\(table)] must be \(setting.expectation), not \"1979-05-27\"."
          ])
      }
    }
  }

  @Test(arguments: [
    ("[book]\ntitel = \"x\"", "book.toml:2: [book] has no key “titel”; did you mean “title”?"),
    (
      "title = \"x\"",
      "book.toml:1: There is no table [title]; there are [book], [build], [output], [preprocessor], [rust]."
    ),
    ("[bok]\na = 1", "book.toml:1: There is no table [bok]; did you mean [book]?"),
    (
      "[output.html.fold]\nxyzzy = 1",
      "book.toml:2: [output.html.fold] has no key “xyzzy”; it has enable, level."
    ),
    ("[book]\ntitle = 3", "book.toml:2: title in [book] must be a text in quotes, not 3."),
    (
      "[output.html]\nfold = true", "book.toml:2: fold in [output.html] must be a table, not true."
    ),
    (
      "[output.html.fold]\nlevel = -1",
      "book.toml:2: level in [output.html.fold] must be a whole number from 0, not -1."
    ),
    (
      "[rust]\nedition = \"2024\"",
      "book.toml:2: edition in [rust] is refused: the chapters are Swift; Package.swift says which version of it."
    ),
    (
      "[output.markdown]",
      "book.toml:1: markdown in [output] is refused: the book is woven to HTML only; remove the table."
    ),
    (
      "[preprocessor.toc]\ncommand = \"rm\"",
      "book.toml:1: toc in [preprocessor] is refused: its command would run a program while the book is made, and this book runs none; remove the table."
    ),
  ])
  func `a wrong key or value is named with its line and what to do`(text: String, message: String) {
    #expect(problems(text) == [message])
  }

  @Test func `all problems are found, not the first only`() {
    #expect(problems("[book]\ntitel = \"x\"\nsrc = 1\n[bild]").count == 3)
  }

  @Test func `what is not TOML is named with its line`() {
    let found = ConfigurationReader("[book]\ntitle = \"x\nsrc = 1").problems
    #expect(found.count == 1)
    #expect(found.first?.line == 2)
    #expect(found.first?.message.hasPrefix("This is not TOML: ") == true)
  }

  @Test func `a setting without effect is a note that says why`() {
    let reader = ConfigurationReader("[output.html]\nmathjax-support = true")
    #expect(reader.problems == [])
    #expect(
      reader.notes.map(\.description) == [
        "book.toml:2: mathjax-support in [output.html] has no effect: formulas are always set, when the book is made."
      ])
  }

  @Test func `variables override the file: JSON, or else text`() {
    let reader = ConfigurationReader(
      "[book]\ntitle = \"x\"",
      environment: [
        "MDBOOK_BOOK__TITLE": "1984", "MDBOOK_OUTPUT__HTML__NO_SECTION_LABEL": "true",
        "MDBOOK_BOOK": "{\"authors\": [\"A\"]}", "MDBOOK_LOG": "debug", "PATH": "/bin",
      ])
    #expect(reader.problems == [])
    #expect(reader.configuration.title == "1984")
    #expect(reader.configuration.hidesNumbers)
    #expect(reader.configuration.authors == ["A"])
  }

  @Test func `a variable that names no key is a problem of its own`() {
    #expect(
      problems("", ["MDBOOK_BOOK__TITEL": "x"]) == [
        "MDBOOK_BOOK__TITEL: [book] has no key “titel”; did you mean “title”?"
      ])
  }
}
