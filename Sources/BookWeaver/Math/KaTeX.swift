import Foundation

/// Where the system keeps KaTeX, and what of it a book needs.
struct KaTeX {
  static let packages = "libjs-katex and fonts-katex"
  static let folder = "usr/share/javascript/katex"
  private static let fontFolders = [
    "usr/share/javascript/katex/fonts", "usr/share/fonts/truetype/katex",
  ]
  private static let notices = [
    "katex.txt": "usr/share/doc/libjs-katex/copyright",
    "katex-fonts.txt": "usr/share/doc/fonts-katex/copyright",
  ]

  /// The system's top folder: `/`, but in tests.
  let root: URL

  /// The script that renders formulas.
  func script() throws(MathError) -> String {
    String(decoding: try data(of: "\(KaTeX.folder)/katex.js"), as: UTF8.self)
  }

  /// What the book carries for pages with formulas.
  func files() throws(MathError) -> KaTeXFiles {
    let css = String(decoding: try data(of: "\(KaTeX.folder)/katex.min.css"), as: UTF8.self)
    // Every browser that is in use reads WOFF2: the two older forms of each font are left out, and so
    // are their links.
    let lean = css.replacing(/,url\([^)]*\.(?:woff|ttf)\) format\('(?:woff|truetype)'\)/, with: "")
    var files = KaTeXFiles(style: Data(withShortSizes(lean).utf8))
    for match in lean.matches(of: /url\(fonts\/([\w-]+\.woff2)\)/) {
      let name = String(match.1)
      files.fonts[name] = try font(name)
    }
    for (name, source) in KaTeX.notices { files.licenses[name] = try data(of: source) }
    return files
  }

  /// The style sheet with its rules for each pair of sizes, more than half of it, nested in one: every
  /// page with formulas loads it.
  private func withShortSizes(_ css: String) -> String {
    let rule = /\.katex \.fontsize-ensurer([.\w-]+),\.katex \.sizing\1(\{[^}]*\})/
    let rules = css.matches(of: rule)
    guard !rules.isEmpty, let range = css.firstRange(of: rules.map { String($0.0) }.joined())
    else { return css }
    let nested = rules.map { "&\($0.1)\($0.2)" }.joined()
    return css.replacingCharacters(
      in: range, with: ".katex :is(.fontsize-ensurer,.sizing){\(nested)}")
  }

  private func font(_ name: String) throws(MathError) -> Data {
    for folder in KaTeX.fontFolders {
      if let data = try? data(of: "\(folder)/\(name)") { return data }
    }
    throw MathError.missing("\(KaTeX.fontFolders[0])/\(name)")
  }

  private func data(of path: String) throws(MathError) -> Data {
    do {
      return try Data(contentsOf: root.appending(path: path))
    } catch {
      throw MathError.missing(path)
    }
  }
}

/// The files that every book with formulas carries.
struct KaTeXFiles: Equatable {
  /// The style sheet that pages link to.
  var style: Data
  /// By name; the style sheet looks for them in a folder `fonts` beside it.
  var fonts: [String: Data] = [:]
  /// By name.
  var licenses: [String: Data] = [:]
}

/// Why a formula could not be rendered.
package enum MathError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The TeX is wrong.
  ///
  /// `offset` counts the letters before the mistake; nil where KaTeX does not say.
  case formula(String, offset: Int?)
  /// KaTeX is not as it should be: no formula can be rendered.
  case unavailable(String)

  static func missing(_ path: String) -> MathError {
    .unavailable(
      "formulas are rendered by KaTeX, but there is no /\(path): install the packages "
        + "\(KaTeX.packages) (make setup)")
  }

  package var description: String {
    switch self {
    case .formula(let message, _), .unavailable(let message): message
    }
  }
}
