/// The sources that a book may cite, by key.
package struct Bibliography: Equatable, Sendable {
  package private(set) var entries: [String: Entry] = [:]

  /// An article, a book or whatever else can be cited.
  package struct Entry: Equatable, Sendable {
    package var key: String
    /// Such as `article`, in small letters.
    package var kind: String
    /// Authors, or editors where there are none.
    package var people: [Person]
    package var title: String
    package var year: String
    /// All other fields by their names in small letters, as plain text.
    package var fields: [String: String]
  }

  /// A name in its parts.
  package struct Person: Equatable, Sendable {
    package var family: String
    package var given: String
  }

  /// A bibliography without entries.
  package init() {}

  /// Reads a BibTeX file.
  ///
  /// What is wrong with an entry is among the problems; the others are kept.
  package static func read(
    bibTeX text: String, file: String
  ) -> (bibliography: Bibliography, problems: [WeaveProblem]) {
    var reader = BibTeXReader(text, file: file)
    var bibliography = Bibliography()
    var problems: [WeaveProblem] = []
    var lines: [String: Int] = [:]
    for raw in reader.readAll() {
      do throws(WeaveProblem) {
        if let first = lines[raw.key] {
          throw WeaveProblem(
            file: file, line: raw.line,
            "the key “\(raw.key)” is that of line \(first) already; choose another")
        }
        lines[raw.key] = raw.line
        bibliography.entries[raw.key] = try Entry(raw, file: file)
      } catch {
        problems.append(error)
      }
    }
    return (bibliography, (reader.problems + problems).uniqueInOrder())
  }
}

extension Bibliography.Entry {
  /// - Throws: `WeaveProblem` where a reader could not find the source: no name, title or year.
  fileprivate init(_ raw: BibTeXEntry, file: String) throws(WeaveProblem) {
    func required(_ names: String...) throws(WeaveProblem) -> String {
      for name in names {
        if let value = raw.fields[name], !value.trimmed.isEmpty { return value }
      }
      throw WeaveProblem(
        file: file, line: raw.line,
        "the entry “\(raw.key)” has no \(names.joined(separator: " or ")); add it")
    }
    key = raw.key
    kind = raw.kind
    people = BibTeXText.people(try required("author", "editor"))
    title = BibTeXText.plain(try required("title"))
    year = String(BibTeXText.plain(try required("year", "date")).prefix(4))
    fields = [:]
    for (name, value) in raw.fields {
      let isAddress = ["doi", "url", "eprint"].contains(name)
      fields[name] = isAddress ? BibTeXText.address(value) : BibTeXText.plain(value)
    }
  }
}
