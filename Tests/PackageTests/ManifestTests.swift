import Foundation
import Testing

/// What `Package.swift` says, and what else must say the same.
struct ManifestTests {
  private let manifest: String

  init() throws { manifest = try Repository.text("Package.swift") }

  /// The names in the table of chapters, in reading order.
  private var chapters: [String] {
    get throws {
      let table = try #require(manifest.firstMatch(of: /let chapters = \[([^\]]*)\]/))
      return table.1.matches(of: /"([^"]+)"/).map { String($0.1) }
    }
  }

  @Test func `the chapters of the manifest are the folders of Chapters`() throws {
    let folders = Set(
      Repository.files(below: "Chapters", "swift").map { String($0.split(separator: "/")[1]) })
    #expect(try Set(chapters) == folders)
    #expect(try chapters.count == folders.count)
  }

  @Test func `the summary links every chapter in the same order`() throws {
    let summary = try Repository.text("Chapters/SUMMARY.md")
    let links = summary.matches(of: /\[[^\]]+\]\(([^)]+)\)/).map { String($0.1) }
    #expect(try links == chapters.map { "\($0)/\($0).md" })
    for link in links { #expect(Repository.paths.contains("Chapters/\(link)")) }
  }

  @Test func `packages have exact versions`() {
    let packages = manifest.matches(of: /\.package\(([^)]*)\)/).map { String($0.1) }
    #expect(!packages.isEmpty)
    for package in packages {
      #expect(package.contains(/exact: "\d+\.\d+\.\d+"/), "not exact: \(package)")
    }
  }
}
