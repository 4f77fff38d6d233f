package import BookFormat
package import Foundation

/// The manifest's settings and the source files of the package's own modules, each read once however
/// many chapters link it.
///
/// A module of the package is a folder in `Sources/`.
package final class LibrarySources {
  package let root: URL
  private var manifest: String?
  private var modules: [String: Module] = [:]

  private struct Module {
    var imports: [String]
    var parts: [ReuseKey.Part]
  }

  package init(root: URL) { self.root = root }

  /// What a key holds of the manifest for a program that links `modules`.
  private func settingsPart(linking modules: [String]) throws -> ReuseKey.Part {
    let text =
      try manifest ?? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    manifest = text
    return ReuseKey.Part(
      .manifest, "Package.swift", Digest.hex(of: settingsText(text, linking: Set(modules))))
  }

  /// The modules that a program links: what it imports, and what that imports.
  package func modules(linkedBy source: String) throws -> [String] {
    var found: Set<String> = []
    var waiting = importedModules(swiftTokens(source))
    while let name = waiting.popLast() {
      guard !found.contains(name), let module = try module(name) else { continue }
      found.insert(name)
      waiting += module.imports
    }
    return found.sorted()
  }

  /// What a key holds of the manifest and of all modules that a program links, a part for each file.
  package func keyParts(linkedBy source: String) throws -> [ReuseKey.Part] {
    let modules = try modules(linkedBy: source)
    return try [settingsPart(linking: modules)]
      + modules.flatMap { try module($0)?.parts ?? [] }
  }

  /// A module with its imports and digests; nil where the package has none of this name.
  private func module(_ name: String) throws -> Module? {
    if let known = modules[name] { return known }
    let folder = root.appending(path: "Sources/\(name)")
    guard FileManager.default.fileExists(atPath: folder.path) else { return nil }
    var module = Module(imports: [], parts: [])
    for path in try files(in: folder) {
      let file = folder.appending(path: path)
      let digest: String
      if path.hasSuffix(".swift") {
        let tokens = swiftTokens(try String(contentsOf: file, encoding: .utf8))
        module.imports += importedModules(tokens)
        digest = Digest.hex(of: canonicalText(tokens))
      } else {
        digest = try Digest.hex(ofFile: file)
      }
      module.parts.append(.init(.library, "Sources/\(name)/\(path)", digest))
    }
    modules[name] = module
    return module
  }
}

/// The modules named in `import` declarations, `import struct Module.Name` included.
package func importedModules(_ tokens: [SwiftToken]) -> [String] {
  let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
  return tokens.indices.compactMap { index in
    guard tokens[index].text == "import", index + 1 < tokens.count else { return nil }
    let next = kinds.contains(tokens[index + 1].text) ? index + 2 : index + 1
    return next < tokens.count ? tokens[next].text : nil
  }
}

/// The regular files below a folder, as paths relative to it, in order; hidden ones left out.
package func files(in folder: URL) throws -> [String] {
  guard
    let walk = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
  else { throw RunError("cannot read the folder \(folder.path)") }
  let prefix = folder.resolvingSymlinksInPath().path + "/"
  var files: [String] = []
  for case let file as URL in walk {
    let path = file.resolvingSymlinksInPath().path
    let isRegular = try file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey])
      .isRegularFile
    guard isRegular == true else { continue }
    files.append(path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path)
  }
  return files.sorted()
}
