import Foundation
import Testing

/// `chapter build` and `chapter check` as processes, in a book of two chapters that have not run.
struct BuildCommandTests {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "command-\(UUID().uuidString)")
    try write("let chapters = [\"boxes\", \"ssd\"]", to: "Package.swift")
    try write("[book]\ntitle = \"A small book\"", to: "book.toml")
    try write("- [Boxes](boxes/boxes.md)\n- [Detector](ssd/ssd.md)", to: "Chapters/SUMMARY.md")
    for name in ["boxes", "ssd"] {
      try write("cell(\"one\")\nprint(1)\n", to: "Chapters/\(name)/main.swift")
      try write("# The \(name)\n\n{{#cell one}}\n", to: "Chapters/\(name)/\(name).md")
    }
  }

  private func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func page(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: "output/\(path)"), encoding: .utf8)
  }

  /// Runs the command that the build put beside the tests.
  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let tests = try #require(CommandLine.arguments.first.map { URL(filePath: $0) })
    let process = Process()
    process.executableURL = tests.deletingLastPathComponent().appending(path: "chapter")
    process.arguments = arguments
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test func `a book without problems ends in 0, and its pages are there`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let (status, output) = try run(["build", "--no-run"])
    #expect(status == 0, "\(output)")
    #expect(output.contains("problems: 0"))
    #expect(try page("boxes/boxes.html").contains("not run"))
    #expect(try run(["check"]).status == 0)
  }

  @Test func `a problem in one text ends in 1, is named, and leaves the other pages to be written`()
    throws
  {
    defer { try? FileManager.default.removeItem(at: root) }
    try write("# The boxes\n\n{{#cell on}}\n", to: "Chapters/boxes/boxes.md")
    let problem =
      "Chapters/boxes/boxes.md:3: Chapters/boxes/main.swift has no cell “on”; did you mean"
    for verb in [["build", "--no-run"], ["check"]] {
      let (status, output) = try run(verb)
      #expect(status == 1)
      #expect(output.contains(problem))
    }
    #expect(try page("ssd/ssd.html").contains("The ssd"))
    #expect(throws: (any Error).self) { try page("boxes/boxes.html") }
  }

  @Test func `a program that cannot be read is one problem, by file and line`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write("cell(\"one\")\ncell(\"One\")\n", to: "Chapters/boxes/main.swift")
    let (status, output) = try run(["build", "--no-run"])
    #expect(status == 1)
    let problems = output.split(separator: "\n").filter { $0.hasPrefix("Chapters/") }
    #expect(problems.map { $0.prefix(28) } == ["Chapters/boxes/main.swift:2:"])
    #expect(try page("ssd/ssd.html").contains("The ssd"))
  }

  @Test func `settings that are none end in 1, and nothing is written`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write("[book]\ntitel = \"A\"", to: "book.toml")
    let (status, output) = try run(["build", "--no-run"])
    #expect(status == 1)
    #expect(output.contains("book.toml:2: [book] has no key “titel”; did you mean “title”?"))
    #expect(throws: (any Error).self) { try page("index.html") }
  }
}
