package import BookFormat
import BookRunner
import Foundation

/// A declaration of the library, as a page quotes it.
struct QuotedSource: Equatable {
  /// Its file, relative to the package.
  var file: String
  /// The line of the declaration itself, from 1.
  var line: Int
  /// Its lines and those of its comment, without common indentation.
  var code: String
}

/// The libraries' declarations by name: `Module.function`, `Module.Type.member`, and with labels
/// where a name has several meanings, `Module.function(a:b:)`.
package struct SourceLibrary: Sendable {
  private let folders: BookFolders
  private let highlighter: CodeHighlighter

  package init(folders: BookFolders, highlighter: CodeHighlighter) {
    self.folders = folders
    self.highlighter = highlighter
  }

  /// Finds the declaration `name`.
  ///
  /// Returns nil where no server tells what declarations there are.
  /// - Throws: `SourceMistake` for a name that means nothing, or several things.
  func quoted(_ name: String) throws(SourceMistake) -> QuotedSource? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, parts[0].wholeMatch(of: /\w+/) != nil else {
      throw SourceMistake("“\(name)” names no declaration; write Module.function or Module.Type")
    }
    let (module, path) = (String(parts[0]), Self.components(of: parts[1]))
    let files = try files(of: module)
    var found: [Found] = []
    for file in files where file.text.contains(path.last?.prefix { $0 != "(" } ?? "") {
      guard let declarations = highlighter.declarations(of: file.text) else { return nil }
      found += flattened(declarations, in: file).filter { matches($0.path, path) }
    }
    // A type is where it is declared; where it is only extended, that is what there is.
    let own = found.filter { !$0.declaration.isExtension }
    if !own.isEmpty { found = own }
    guard let first = found.first else { throw unknown(path, in: module, files) }
    guard found.count == 1 else {
      let names = Set(found.map { "\(module).\($0.name)" })
      throw SourceMistake(
        names.count > 1
          ? "“\(name)” has several meanings: \(names.sorted().joined(separator: ", "))"
          : "“\(name)” is declared more than once: "
            + found.map { "\($0.file.path):\($0.declaration.lines.lowerBound + 1)" }
            .joined(separator: ", "))
    }
    return first.quoted
  }

  private struct File {
    let path: String
    let text: String
  }

  /// A declaration, the names of the types around it and its own.
  private struct Found {
    let file: File
    let path: [String]
    let declaration: SourceKitDeclaration

    var name: String { path.joined(separator: ".") }

    var quoted: QuotedSource {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      let (start, end) = (declaration.lines.lowerBound, declaration.lines.upperBound)
      let comment = lines[..<start].reversed().prefix { line in
        line.drop(while: \.isWhitespace).hasPrefix("//")
      }.count
      let own = lines[(start - comment)...min(end, lines.count - 1)]
      let indentation = lines[start].prefix(while: \.isWhitespace).count
      return QuotedSource(
        file: file.path, line: start + 1,
        code: own.map { $0.dropFirst(min(indentation, $0.prefix(while: \.isWhitespace).count)) }
          .joined(separator: "\n"))
    }
  }

  /// `Type.member(a:b:)` at its dots; an operator such as `..<(_:_:)` is one piece.
  private static func components(of path: Substring) -> [String] {
    let match = path.wholeMatch(of: /((?:[\p{L}_`][\w`]*\.)*)(.+)/)
    guard let match else { return [String(path)] }
    return match.1.split(separator: ".").map(String.init) + [String(match.2)]
  }

  private func matches(_ path: [String], _ wanted: [String]) -> Bool {
    path.count == wanted.count
      && zip(path, wanted).allSatisfy { name, wanted in
        name == wanted || baseName(name) == wanted
      }
  }

  private func baseName(_ name: String) -> String {
    name.firstIndex(of: "(").map { String(name[..<$0]) } ?? name
  }

  private func flattened(
    _ declarations: [SourceKitDeclaration], in file: File, below path: [String] = []
  ) -> [Found] {
    declarations.flatMap { declaration in
      let own = path + declaration.name.split(separator: ".", maxSplits: 8).map(String.init)
      let name = declaration.isExtension ? own : path + [declaration.name]
      return [Found(file: file, path: name, declaration: declaration)]
        + flattened(declaration.members, in: file, below: name)
    }
  }

  private func files(of module: String) throws(SourceMistake) -> [File] {
    let sources = folders.root.appending(path: "Sources")
    let modules = (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? []
    guard modules.contains(module) else {
      throw SourceMistake(
        "there is no module “\(module)” in Sources"
          + (nearestName(to: module, in: modules.sorted()).map { "; did you mean “\($0)”?" } ?? ""))
    }
    let folder = sources.appending(path: module)
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
      else { return nil }
      return File(path: "Sources/\(module)/\(name)", text: text)
    }
  }

  private func unknown(_ path: [String], in module: String, _ files: [File]) -> SourceMistake {
    let wanted = path.joined(separator: ".")
    let all = files.flatMap { flattened(highlighter.declarations(of: $0.text) ?? [], in: $0) }
    let names = Dictionary(grouping: all) { $0.path.map(baseName).joined(separator: ".") }
    let full = nearestName(to: wanted, in: all.map(\.name).sorted())
    let nearest = nearestName(to: wanted, in: names.keys.sorted()) ?? full
    return SourceMistake(
      "\(module) declares no “\(wanted)”"
        + (nearest.map { "; did you mean “\(module).\($0)”?" } ?? ""))
  }
}

/// What is wrong with the name of a declaration.
struct SourceMistake: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}
