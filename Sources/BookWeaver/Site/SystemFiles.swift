package import Foundation

/// What the book takes from packages of the system: KaTeX's style and fonts, lunr, their licences.
package struct SystemFiles {
  private let root: URL

  /// - Parameter root: the folder that stands for `/`.
  package init(root: URL = URL(filePath: "/")) { self.root = root }

  static let lunr = "usr/share/javascript/lunr/lunr.min.js"
  static let katexStyle = "usr/share/javascript/katex/katex.min.css"
  static let katexFonts = "usr/share/fonts/truetype/katex"
  /// By name in the book's folder of licences.
  static let licenses = [
    "katex.txt": "usr/share/doc/libjs-katex/copyright",
    "katex-fonts.txt": "usr/share/doc/fonts-katex/copyright",
    "lunr.txt": "usr/share/doc/libjs-lunr/copyright",
  ]

  /// The bytes of a file.
  func data(_ path: String) throws(WeaveProblem) -> Data {
    guard let data = try? Data(contentsOf: root.appending(path: path)) else {
      let message = "The file is not there: `make setup` installs what holds it."
      throw WeaveProblem(file: "/\(path)", line: nil, message)
    }
    return data
  }

  /// The names of KaTeX's fonts in the form that all browsers read.
  func katexFontNames() throws(WeaveProblem) -> [String] {
    let folder = root.appending(path: Self.katexFonts).resolvingSymlinksInPath()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let fonts = names.filter { $0.hasSuffix(".woff2") }.sorted()
    if fonts.isEmpty {
      let message = "There are no fonts: `make setup` installs what holds them."
      throw WeaveProblem(file: "/\(Self.katexFonts)", line: nil, message)
    }
    return fonts
  }
}
