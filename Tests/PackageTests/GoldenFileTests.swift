import Foundation
import Testing

/// A golden can be made again, and is read by a test.
struct GoldenFileTests {
  static let goldens = Repository.files(below: "Tests/Goldens", "json")

  private struct File: Decodable {
    struct Passport: Decodable {
      let script: String
      let seed: Int
      let dtype: String
    }
    let passport: Passport
  }

  @Test(arguments: goldens)
  func `a golden names the script beside it, its seed and its type of numbers`(path: String)
    throws
  {
    let data = try Data(contentsOf: Repository.root.appending(path: path))
    let passport = try JSONDecoder().decode(File.self, from: data).passport
    let script = URL(filePath: path).deletingPathExtension().lastPathComponent + ".py"
    #expect(passport.script.split(separator: "/").last.map(String.init) == script)
    #expect(Repository.paths.contains("Tests/Goldens/\(script)"))
    #expect(!passport.dtype.isEmpty)
  }

  @Test(arguments: goldens)
  func `a golden is read by a test`(path: String) throws {
    let name = URL(filePath: path).deletingPathExtension().lastPathComponent
    let readers = try Repository.files(below: "Tests", "swift").filter {
      try !$0.hasPrefix("Tests/PackageTests/")
        && Repository.text($0).contains(try Regex("[\"/]\(name)[\".]"))
    }
    #expect(!readers.isEmpty, "no test reads \(path)")
  }

  @Test func `there are goldens, and no script without one`() {
    #expect(!GoldenFileTests.goldens.isEmpty)
    for script in Repository.files(below: "Tests/Goldens", "py") {
      #expect(GoldenFileTests.goldens.contains(script.dropLast(2) + "json"), "\(script)")
    }
  }
}
