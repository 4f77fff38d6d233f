import Foundation

/// Where the files lie that pages share, by path from the output folder.
struct SiteAssets {
  /// What each page loads, in order; then the cover its own, then those of the book's author.
  var stylesheets: [String] = []
  var coverStyle = ""
  var addedStylesheets: [String] = []
  var scripts: [String] = []
  /// The style of formulas, for pages that have some.
  var mathStyle = ""
  /// Sets the theme before anything is painted.
  var themeScript = ""
  var bookScript = ""
  /// Follows fragments of old.
  var redirectScript = ""
  var icon = ""
  /// What search loads when it is first used; none where the book is not searched.
  var search: [SearchScripts] = []

  struct SearchScripts {
    let panel: String
    let library: String
    let index: String
  }
}

/// Writes what pages share, and collects what is missing.
struct AssetWriter {
  let configuration: BookConfiguration
  let folders: SiteFolders
  let theme: ThemeFiles
  private(set) var assets = SiteAssets()
  private(set) var problems: [WeaveProblem] = []

  init(_ configuration: BookConfiguration, folders: SiteFolders, theme: ThemeFiles) {
    self.configuration = configuration
    self.folders = folders
    self.theme = theme
  }

  mutating func write(
    to output: inout OutputFolder, hasMath: Bool, searchIndex: String?
  ) throws {
    assets.stylesheets = try theme.stylesheets.map { try put($0, to: &output) }
    assets.coverStyle = try put(ThemeFiles.coverStyle, to: &output)
    assets.themeScript = try put("theme.js", to: &output)
    assets.bookScript = try put("book.js", to: &output)
    assets.redirectScript = try put("redirect.js", to: &output)
    assets.icon = try put("icon.svg", to: &output)
    for (key, names) in [
      ("additional-css", configuration.stylesheets), ("additional-js", configuration.scripts),
    ] {
      for name in names {
        guard let data = try? Data(contentsOf: folders.root.appending(path: name)) else {
          let message = "\(key) in [output.html]: there is no file \(name)."
          problems.append(configuration.problem(at: "output.html.\(key)", message))
          continue
        }
        let path = try put(URL(filePath: name).lastPathComponent, data, to: &output)
        if key == "additional-css" {
          assets.addedStylesheets.append(path)
        } else {
          assets.scripts.append(path)
        }
      }
    }
    if hasMath { try writeMath(to: &output) }
    if let searchIndex, configuration.search.copiesScripts {
      try writeSearch(searchIndex, to: &output)
    }
  }

  private mutating func writeMath(to output: inout OutputFolder) throws {
    let files: KaTeXFiles
    do throws(MathError) {
      files = try KaTeX(root: folders.system).files()
    } catch {
      problems.append(WeaveProblem(file: "/\(KaTeX.folder)", line: nil, "\(error)"))
      return
    }
    assets.mathStyle = try put("katex.css", files.style, to: &output)
    for (name, font) in files.fonts {
      try output.write(font, to: "\(SitePath.assets)/fonts/\(name)")
    }
    for (name, text) in files.licenses {
      try output.write(text, to: "\(SitePath.licenses)/\(name)")
    }
  }

  private mutating func writeSearch(_ index: String, to output: inout OutputFolder) throws {
    let (library, license): (Data, Data)
    do throws(WeaveProblem) {
      let lunr = Lunr(root: folders.system)
      (library, license) = (try lunr.script(), try lunr.license())
    } catch {
      problems.append(error)
      return
    }
    // Its name stays the same, or an edit of one page would change all that name it.
    let indexPath = "\(SitePath.assets)/search-index.js"
    try output.write(index, to: indexPath)
    assets.search = [
      SiteAssets.SearchScripts(
        panel: try put("search.js", to: &output), library: try put("lunr.js", library, to: &output),
        index: indexPath)
    ]
    try output.write(license, to: "\(SitePath.licenses)/lunr.txt")
  }

  private func put(_ name: String, to output: inout OutputFolder) throws -> String {
    try put(name, theme.assets[name] ?? Data(), to: &output)
  }

  private func put(
    _ name: String, _ bytes: Data, to output: inout OutputFolder
  ) throws -> String {
    let path = assetPath(name, bytes, hashed: configuration.hashesFiles)
    try output.write(bytes, to: path)
    return path
  }
}
