package import BookFormat
package import Foundation

/// The modules of this package that a program links: what it imports, and what that imports.
///
/// A module of the package is a folder in `Sources/`.
package func linkedModules(of source: String, root: URL) throws -> [String] {
  let sources = root.appending(path: "Sources")
  var found: Set<String> = []
  var waiting = importedModules(swiftTokens(source))
  while let module = waiting.popLast() {
    let folder = sources.appending(path: module)
    guard !found.contains(module), FileManager.default.fileExists(atPath: folder.path) else {
      continue
    }
    found.insert(module)
    for file in try files(in: folder) where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      waiting += importedModules(swiftTokens(text))
    }
  }
  return found.sorted()
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
