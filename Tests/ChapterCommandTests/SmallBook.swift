import Foundation
import Testing

/// A book in a temporary folder, and the command that the build put beside the tests.
struct SmallBook {
  let root = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")

  /// A book of these chapters, by their programs; their pages have a line for the cell `one`.
  init(_ programs: KeyValuePairs<String, String>) throws {
    let names = programs.map { "\"\($0.key)\"" }.joined(separator: ", ")
    try write("let chapters = [\(names)]", to: "Package.swift")
    for (name, program) in programs {
      try write(program, to: "Chapters/\(name)/main.swift")
      try write("# The \(name)\n\n{{#cell one}}\n", to: "Chapters/\(name)/\(name).md")
    }
  }

  func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func page(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: "output/\(path)"), encoding: .utf8)
  }

  /// Runs the command in the book.
  func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
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
}
