import Foundation
import Testing

/// `chapter NAME --predict` as a process, in a book whose chapters have not run.
struct PredictionTests {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "command-\(UUID().uuidString)")
    try write("let chapters = [\"boxes\", \"ssd\"]", to: "Package.swift")
    try write("cell(\"one\")\nlet classPredictor = (1)\n", to: "Chapters/boxes/main.swift")
    try write(
      "cell(\"one\")\npredictor(classNames: [], height: 1, width: 1) { _ in [] }\n",
      to: "Chapters/ssd/main.swift")
  }

  private func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
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
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test func `a chapter that is not trained is an error before anything is built`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let (status, output) = try run(["ssd", "--predict", "a.png", "b.jpg", "--quick"])
    #expect(status == 1)
    #expect(
      output
        == "The chapter “ssd” is not trained yet. Train it first: swift run chapter ssd --quick\n"
    )
    #expect(!FileManager.default.fileExists(atPath: root.appending(path: ".build").path))
  }

  @Test func `a chapter without a predictor names those that have one`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let (status, output) = try run(["boxes", "--predict", "a.png"])
    #expect(status == 1)
    #expect(
      output == "The chapter “boxes” finds no objects in pictures. Those that do: ssd\n")
  }

  @Test func `arguments that mean nothing together are refused with what to write`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    for (arguments, said) in [
      (["--predict", "a.png"], "swift run chapter ssd --predict a.png"),
      (["ssd", "--predict", "a.png", "--fresh"], "--fresh trains anew"),
      (["ssd", "--out", "found"], "--out goes with --predict"),
    ] {
      let (status, output) = try run(arguments)
      #expect(status == 64)
      #expect(output.contains(said), "\(output)")
    }
  }

  @Test func `the help has an example`() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    #expect(
      try run(["run", "--help"]).output.contains("swift run chapter ssd --predict photo.jpg"))
  }
}
