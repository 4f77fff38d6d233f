import BookRunner
import Foundation
import Mustache

/// The templates, style sheets and scripts of the book, some replaced by a folder of the author's.
struct ThemeFiles {
  let templates: MustacheLibrary
  /// Everything that is no template, by name.
  let assets: [String: Data]

  /// - Parameter overrides: a folder; its files stand for those of the same name.
  init(overrides: URL?) throws {
    guard let folder = Bundle.module.url(forResource: "Theme", withExtension: nil) else {
      throw WeaveProblem(file: "Theme", line: nil, "The theme is missing: build the command again.")
    }
    var templates = MustacheLibrary()
    var assets: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let own = overrides?.appending(path: name)
      let isReplaced = own.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
      let data = try Data(
        contentsOf: isReplaced ? own ?? folder : folder.appending(path: name))
      guard name.hasSuffix(".mustache") else {
        assets[name] = data
        continue
      }
      do {
        try templates.register(
          String(decoding: data, as: UTF8.self), named: String(name.dropLast(".mustache".count)))
      } catch {
        throw WeaveProblem(file: own?.path ?? name, line: nil, "This is not a template: \(error).")
      }
    }
    self.templates = templates
    self.assets = assets
  }

  /// The style sheet that only the cover loads.
  static let coverStyle = "cover.css"

  /// The names of the other style sheets in the order in which pages name them.
  var stylesheets: [String] {
    let order = ["book.css": 0, "print.css": 2]
    return assets.keys.filter { $0.hasSuffix(".css") && $0 != ThemeFiles.coverStyle }.sorted {
      (order[$0] ?? 1, $0) < (order[$1] ?? 1, $1)
    }
  }

  /// A page of a template.
  func render(_ template: String, _ view: Any) -> String {
    guard let text = templates.render(view, withTemplate: template) else {
      fatalError("the theme has no template “\(template)”")
    }
    return text
  }
}

/// The name of an asset in the output: with a digest of its bytes in it, so that a browser that
/// keeps it for ever never shows an old one.
func assetPath(_ name: String, _ bytes: Data, hashed: Bool) -> String {
  guard hashed, let dot = name.lastIndex(of: ".") else { return "\(SitePath.assets)/\(name)" }
  let digest = Digest.hex(of: bytes).prefix(10)
  return "\(SitePath.assets)/\(name[..<dot])-\(digest)\(name[dot...])"
}
