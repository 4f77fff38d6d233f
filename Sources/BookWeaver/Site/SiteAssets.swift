import Foundation

/// Where the files lie that pages share, by path from the output folder.
struct SiteAssets {
  /// What each page loads, in order.
  var stylesheets: [String] = []
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
          assets.stylesheets.append(path)
        } else {
          assets.scripts.append(path)
        }
      }
    }
    var licenses: Set<String> = []
    if hasMath {
      try fromSystem { system throws(WeaveProblem) in
        (try system.data(SystemFiles.katexStyle), try system.katexFontNames())
      }.map { style, fonts in
        assets.mathStyle = try put("katex.css", style, to: &output)
        for font in fonts {
          try fromSystem { system throws(WeaveProblem) in
            try system.data("\(SystemFiles.katexFonts)/\(font)")
          }.map { try output.write($0, to: "\(SitePath.assets)/fonts/\(font)") }
        }
        licenses = ["katex.txt", "katex-fonts.txt"]
      }
    }
    if let searchIndex, configuration.search.copiesScripts {
      try fromSystem { system throws(WeaveProblem) in try system.data(SystemFiles.lunr) }.map {
        assets.search = [
          SiteAssets.SearchScripts(
            panel: try put("search.js", to: &output),
            library: try put("lunr.js", $0, to: &output),
            index: try put("search-index.js", Data(searchIndex.utf8), to: &output))
        ]
        licenses.insert("lunr.txt")
      }
    }
    for (name, path) in SystemFiles.licenses.sorted(by: { $0.key < $1.key })
    where licenses.contains(name) {
      try fromSystem { system throws(WeaveProblem) in try system.data(path) }.map {
        try output.write($0, to: "\(SitePath.licenses)/\(name)")
      }
    }
  }

  private mutating func fromSystem<Value>(
    _ read: (SystemFiles) throws(WeaveProblem) -> Value
  ) -> Value? {
    do {
      return try read(folders.system)
    } catch {
      problems.append(error)
      return nil
    }
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
