import Foundation
import Testing

struct SourceRuleTests {
  /// Files that are longer than a reader likes, and why they are one.
  private let longFiles = [
    "Tests/Goldens/engine.py": "one table of cases, each a line; its parts share their inputs"
  ]
  private let mostLines = 300

  @Test func `a source file is short, or says why it is not`() throws {
    let sources =
      Repository.files(below: "Sources", "swift", "c", "h")
      + Repository.files(below: "Tests", "swift", "py")
      + Repository.files(below: "Benchmarks", "swift", "py")
    for path in sources where longFiles[path] == nil {
      let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= mostLines + 1, "\(path) has \(lines.count - 1) lines")
    }
    for path in longFiles.keys { #expect(sources.contains(path), "\(path) is gone") }
  }

  @Test(arguments: ["nonisolated(unsafe)", "@unchecked Sendable"])
  func `what the compiler cannot check is explained above`(marker: String) throws {
    let swift = ["Sources", "Chapters", "Benchmarks", "Tests"].flatMap {
      Repository.files(below: $0, "swift")
    }
    for path in swift where !path.hasPrefix("Tests/PackageTests/") {
      let lines = try Repository.text(path).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { $0.trimmingCharacters(in: .whitespaces) }
      for (index, line) in lines.enumerated()
      where line.contains(marker) && !line.hasPrefix("//") {
        #expect(
          explains(lines[..<index], marker),
          "\(path):\(index + 1): say above what makes `\(marker)` right")
      }
    }
  }

  @Test func `an explanation names the marker or the invariant, directly above`() {
    let marker = "@unchecked Sendable"
    #expect(explains(["/// A box.", "/// `@unchecked Sendable`: immutable."], marker))
    #expect(explains(["// Invariant: one owner.", "@frozen"], marker))
    #expect(!explains(["/// A box."], marker))
    #expect(!explains(["// Invariant: one owner.", "", "/// A box."], marker))
  }

  /// Whether the comment at the end of `lines` says what the compiler has to take on trust.
  private func explains(_ lines: some BidirectionalCollection<String>, _ marker: String) -> Bool {
    lines.reversed().drop { $0.hasPrefix("@") }.prefix { $0.hasPrefix("//") }.contains {
      $0.contains("`\(marker)`:") || $0.lowercased().contains("invariant")
    }
  }
}
