import ArgumentParser
import BookFormat
import BookRunner
import Foundation

/// `chapter pdf`.
struct PDFCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pdf",
    abstract: "Prints the built book into one PDF file, with Chromium.",
    discussion: """
      Examples:
        swift run chapter pdf
        swift run chapter pdf --output ~/book.pdf
      """)

  @Option(help: ArgumentHelp("Where to; otherwise output/book.pdf.", valueName: "file"))
  var output: String?

  @OptionGroup var option: ProfileOption

  func run() throws {
    do {
      let folders = try bookFolders()
      let pages = folders.output(option.profile)
      let page = pages.appending(path: "print.html")
      guard FileManager.default.fileExists(atPath: page.path) else {
        throw RunError(
          "\(folders.relative(page)) is not there; the book is printed from it. "
            + "Build the book first: swift run chapter build\(option.quick ? " --quick" : "")")
      }
      let file =
        output.map { URL(filePath: $0).standardizedFileURL.absoluteURL }
        ?? pages.appending(path: "book.pdf")
      let chromium = try Chromium(environment: ProcessInfo.processInfo.environment)
      let screen = Screen()
      screen.showPassing("Printing \(folders.relative(page)) …")
      defer { screen.clearPassing() }
      try chromium.print(page, to: file)
      screen.clearPassing()
      screen.note("Printed \(folders.relative(file))")
    } catch {
      throw report(error)
    }
  }
}
