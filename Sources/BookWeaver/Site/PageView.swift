import BookFormat
import Foundation

/// What the templates of all pages see.
///
/// A template looks for what is nil in the view around it: so nothing here is optional. A list of one
/// or none stands for what may be missing.
struct PageView {
  let site: SiteView
  /// The way up to the output folder: `../` for a page in a folder.
  let root: String
  /// The page's own name and, for browsers' tabs, with that of the book.
  let title: String
  let documentTitle: String
  var contents: ContentsView
  /// The parts and chapters around the page.
  var trail: [String] = []
  var content = ""
  var hasMath = false
  var isCover = false
  var commands: [String] = []
  var provenance: [ProvenanceRow] = []
  var previous: [PageLink] = []
  var next: [PageLink] = []
  var editLinks: [String] = []
  /// Fragments of old and where they went, as JSON.
  var fragmentRedirects: [String] = []
  /// What relative links of the page start from.
  var base: [String] = []

  var hasTrail: Bool = false
  var hasProvenance: Bool = false
  /// Whether the page's footer has a line of links.
  var hasFooter: Bool = true

  init(site: SiteView, path: String, title: String, contents: ContentsView) {
    self.site = site
    self.title = title
    self.contents = contents
    root = SitePath.root(from: path)
    documentTitle = title == site.title ? title : "\(title) · \(site.title)"
  }
}

/// What is the same on all pages.
struct SiteView {
  let title: String
  let description: String
  let hasDescription: Bool
  let authors: String
  let hasAuthors: Bool
  let licence: String
  let language: String
  let direction: String
  /// `light` or `dark` where that is not left to the reader's system.
  let themes: [String]
  let hidesNumbers: Bool
  let isQuick: Bool
  let repositories: [String]
  let isPrinted: Bool
  let hasReferences: Bool
  let isSearched: Bool
  let hasCopyButtons: Bool
  let hasLicenses: Bool
  let assets: SiteAssets

  init(_ book: SiteBook, assets: SiteAssets, hasLicenses: Bool) {
    let configuration = book.configuration
    title = configuration.title
    description = configuration.description
    hasDescription = !configuration.description.isEmpty
    authors = configuration.authors.joined(separator: ", ")
    hasAuthors = !configuration.authors.isEmpty
    licence = configuration.licence
    language = configuration.language
    direction = configuration.textDirection.rawValue
    themes = configuration.fixedTheme.map { [$0.rawValue] } ?? []
    hidesNumbers = configuration.hidesNumbers
    isQuick = book.profile == .quick
    repositories = configuration.repository.map { [$0] } ?? []
    isPrinted = configuration.print.isEnabled
    hasReferences = book.references != nil
    isSearched = !assets.search.isEmpty
    hasCopyButtons = configuration.hasCopyButtons
    self.hasLicenses = hasLicenses
    self.assets = assets
  }
}

struct PageLink {
  /// From the output folder.
  let url: String
  let number: String
  let name: String
}

/// A line of what is known about the run behind a page.
struct ProvenanceRow {
  let name: String
  let value: String

  /// What a reader needs to know who compares the page's numbers with others.
  static func rows(of run: Transcript) -> [ProvenanceRow] {
    let written = Date(timeIntervalSince1970: run.began).formatted(.iso8601)
    let began = "\(written.prefix(10)) \(written.dropFirst(11).prefix(5)) UTC"
    var rows = [
      ProvenanceRow(name: "Computed", value: "\(began), in \(duration(run.seconds))")
    ]
    guard let provenance = run.provenance else { return rows }
    let cores = "\(provenance.cores) core\(provenance.cores == 1 ? "" : "s")"
    let processor = [provenance.processor, provenance.instructionSet, cores].compactMap(\.self)
    rows.append(ProvenanceRow(name: "Processor", value: processor.joined(separator: ", ")))
    rows.append(ProvenanceRow(name: "Toolchain", value: provenance.toolchain))
    if let commit = provenance.commit { rows.append(ProvenanceRow(name: "Commit", value: commit)) }
    return rows
  }

  /// Such as `0.4 s`, `12 s`, `3 min 5 s` or `1 h 2 min`.
  private static func duration(_ seconds: Double) -> String {
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
