package import BookFormat
import Foundation

/// The chapters of a book.
package struct ChapterCatalog {
  package let folders: BookFolders
  /// Their names, in the order of the manifest's table, then those it does not list.
  package let names: [String]

  package init(_ folders: BookFolders) throws {
    self.folders = folders
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folders.chapters.path)) ?? []
    let present = all.filter {
      FileManager.default.fileExists(
        atPath: folders.root.appending(path: folders.sourcePath(of: $0)).path)
    }.sorted()
    let manifest = try String(
      contentsOf: folders.root.appending(path: "Package.swift"), encoding: .utf8)
    let tokens = swiftTokens(manifest)
    let table = chapterTable(tokens).map { tokens[$0].map(\.text) } ?? []
    let listed = table.filter { $0.hasPrefix("\"") }.map { String($0.dropFirst().dropLast()) }
      .filter(present.contains)
    names = listed + present.filter { !listed.contains($0) }
  }

  /// The chapter's title: the first heading of its text.
  package func title(of chapter: String) -> String? {
    let file = folders.chapters.appending(path: "\(chapter)/\(chapter).md")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    return text.split(separator: "\n").first { $0.hasPrefix("# ") }
      .map { $0.dropFirst(2).trimmingCharacters(in: .whitespaces) }
  }

  /// The chapters named in `chosen`, in reading order; all where it names none.
  ///
  /// - Throws: `RunError` where there is no such chapter, with the nearest name.
  package func select(_ chosen: [String]) throws -> [String] {
    if let unknown = chosen.first(where: { !names.contains($0) }) {
      let hint = nearestName(to: unknown, in: names).map { "; did you mean “\($0)”?" } ?? "."
      throw RunError(
        "There is no chapter “\(unknown)”\(hint)\nChapters: \(names.joined(separator: ", "))")
    }
    return chosen.isEmpty ? names : names.filter(chosen.contains)
  }

  /// The most bytes that a program may have: some fifty times a long chapter.
  package static let mostBytes = 4 << 20

  /// The chapter's program.
  ///
  /// - Throws: `RunError` where there is no such chapter, with the nearest name; `SourceError` where its
  ///   program is too large or not UTF-8.
  package func source(of chapter: String) throws -> String {
    _ = try select([chapter])
    let file = folders.sourcePath(of: chapter)
    let data = try Data(contentsOf: folders.root.appending(path: file), options: .alwaysMapped)
    guard data.count <= Self.mostBytes else {
      let reason =
        "has \(data.count >> 20) MB; a program may have \(Self.mostBytes >> 20) MB: read data from a "
        + "file"
      throw SourceError(file: file, line: nil, reason: reason)
    }
    guard let source = String(data: data, encoding: .utf8) else {
      let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(data: $0, encoding: .utf8) == nil } ?? 0
      throw SourceError(file: file, line: line + 1, reason: "is not UTF-8; save it as UTF-8")
    }
    return source
  }
}

/// A program that is no text, and where.
package struct SourceError: Error, Equatable, CustomStringConvertible {
  package var file: String
  package var line: Int?
  package var reason: String

  package var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)" }
}

/// The name that takes the fewest edits to reach from `name`, if they are few.
package func nearestName(to name: String, in names: [String]) -> String? {
  let ranked = names.map { ($0, editDistance(name, $0)) }.min { $0.1 < $1.1 }
  guard let (nearest, distance) = ranked, distance <= max(2, nearest.count / 3) else { return nil }
  return nearest
}

/// The number of insertions, deletions, replacements and exchanges of neighbours between two words
/// (optimal string alignment).
private func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first.lowercased()), Array(second.lowercased()))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
