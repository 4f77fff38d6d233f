/// The sources that a book cites: how each is named in the text, and their list.
package struct CitedSources: Equatable, Sendable {
  /// In the order of the list: by names, year and title.
  private let entries: [Bibliography.Entry]
  /// The letter behind the year of each source that shares names and year with another.
  private let letters: [String: String]

  /// - Parameter keys: the keys that the pages cite.
  init(_ bibliography: Bibliography, keys: Set<String>) {
    entries = keys.compactMap { bibliography.entries[$0] }.sorted { $0.order < $1.order }
    var letters: [String: String] = [:]
    for alike in Dictionary(grouping: entries, by: { $0.shortNames + $0.year }).values {
      for (index, entry) in alike.sorted(by: { $0.order < $1.order }).enumerated()
      where alike.count > 1 {
        letters[entry.key] = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(index, 25))))
      }
    }
    self.letters = letters
  }

  /// The id of a source in the list.
  static func anchor(_ key: String) -> String { "ref-" + key }

  /// A citation as HTML: `(Ren et al., 2015; Girshick, 2015)` or `Ren et al. (2015)`.
  ///
  /// - Parameter link: puts a link around the HTML that names the source of a key.
  func text(of citation: Citation, link: (_ key: String, _ html: String) -> String) -> String {
    let sources = citation.sources.compactMap { source -> String? in
      guard let entry = entries.first(where: { $0.key == source.key }) else { return nil }
      let names = HTMLText.escaped(entry.shortNames)
      let year = HTMLText.escaped(entry.year + (letters[entry.key] ?? ""))
      return HTMLText.escaped(source.prefix)
        + link(source.key, citation.isNarrative ? "\(names) (\(year))" : "\(names), \(year)")
        + HTMLText.escaped(source.suffix)
    }
    let text = sources.joined(separator: "; ")
    return citation.isNarrative ? text : "(\(text))"
  }

  /// The list as HTML: one item for each source, with links to where it can be read.
  package var listHTML: String {
    guard !entries.isEmpty else { return "<p>The book cites nothing.</p>\n" }
    return "<ul class=\"references\">\n" + entries.map(item).joined() + "</ul>\n"
  }

  /// The words of the list, for search.
  var listText: String {
    entries.map { "\($0.longNames) (\($0.year)). \($0.title)." }.joined(separator: " ")
  }

  private func item(_ entry: Bibliography.Entry) -> String {
    let year = entry.year + (letters[entry.key] ?? "")
    var parts = ["\(entry.longNames) (\(year))", entry.title].map { HTMLText.escaped($0) }
    parts += [entry.venue].compactMap(\.self) + entry.links
    let text = parts.map { part in
      [".", "?", "!", ".</em>"].contains { part.hasSuffix($0) } ? part : part + "."
    }
    return "<li id=\"\(HTMLText.escaped(CitedSources.anchor(entry.key)))\">"
      + text.joined(separator: " ") + "</li>\n"
  }
}

extension Bibliography.Entry {
  /// What entries are sorted by.
  fileprivate var order: String {
    (people.map { "\($0.family) \($0.given)" } + [year, title]).joined(separator: "\u{1}")
      .lowercased()
  }

  /// One name or two, such as `Ren and Sun`, or the first with `et al.` behind.
  fileprivate var shortNames: String {
    let names = people.map(\.family)
    return switch names.count {
    case 1: names[0]
    case 2 where names[1] != "others": "\(names[0]) and \(names[1])"
    default: "\(names[0]) et al."
    }
  }

  /// All names, the first with its family's name in front, by which the list is sorted.
  fileprivate var longNames: String {
    let first =
      people[0].given.isEmpty ? people[0].family : "\(people[0].family), \(people[0].given)"
    let others = people.dropFirst().map {
      $0.family == "others" ? "others" : "\($0.given) \($0.family)".trimmed
    }
    guard let last = others.last else { return first }
    let names = ([first] + others.dropLast()).joined(separator: ", ")
    return last == "others" ? "\(names) et al." : "\(names) and \(last)"
  }

  /// Where it appeared, as HTML.
  fileprivate var venue: String? {
    func escaped(_ name: String) -> String? { fields[name].map { HTMLText.escaped($0) } }
    let pages = escaped("pages").map { ", \($0)" } ?? ""
    if let journal = escaped("journal") ?? escaped("journaltitle") {
      let volume = escaped("volume").map { " \($0)" } ?? ""
      return "<em>\(journal)</em>\(volume)\(escaped("number").map { "(\($0))" } ?? "")\(pages)"
    }
    if let book = escaped("booktitle") { return "In <em>\(book)</em>\(pages)" }
    return ["publisher", "school", "institution", "howpublished"].lazy.compactMap(escaped).first
  }

  /// Links to where it can be read, as HTML.
  fileprivate var links: [String] {
    func link(_ address: String, _ text: String) -> String {
      "<a href=\"\(HTMLText.escapedAddress(address))\" rel=\"external noopener\">\(HTMLText.escaped(text))</a>"
    }
    var links: [String] = []
    if let doi = fields["doi"] {
      let number = doi.replacing(/^https?:\/\/(dx\.)?doi\.org\//, with: "")
      links.append(link("https://doi.org/" + number, "doi:" + number))
    }
    if let eprint = fields["eprint"],
      (fields["archiveprefix"] ?? fields["eprinttype"] ?? "arxiv").lowercased() == "arxiv"
    {
      let number = eprint.replacing(/^arxiv:/.ignoresCase(), with: "")
      links.append(link("https://arxiv.org/abs/" + number, "arXiv:" + number))
    }
    if let url = fields["url"],
      !links.contains(where: { $0.contains("\"\(HTMLText.escapedAddress(url))\"") })
    {
      links.append(link(url, url.replacing(/^https?:\/\/(www\.)?/, with: "")))
    }
    return links
  }
}
