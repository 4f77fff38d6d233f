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

  @Test func `make setup installs every system library that the manifest names`() throws {
    let makefile = try Repository.text("Makefile").replacing("\\\n", with: " ")
    let line = try #require(makefile.firstMatch(of: /\nPACKAGES := (.*)\n/))
    let installed = Set(line.1.split(separator: " ").map(String.init))
    let providers = manifest.matches(of: /\.apt\(\[([^\]]*)\]\)/).flatMap {
      $0.1.matches(of: /"([^"]+)"/).map { String($0.1) }
    }
    #expect(!providers.isEmpty)
    for package in providers { #expect(installed.contains(package), "\(package)") }
  }

  @Test func `packages have exact versions`() {
    let packages = manifest.matches(of: /\.package\(([^)]*)\)/).map { String($0.1) }
    #expect(!packages.isEmpty)
    for package in packages {
      #expect(package.contains(/exact: "\d+\.\d+\.\d+"/), "not exact: \(package)")
    }
  }
}
