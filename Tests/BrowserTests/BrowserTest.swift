import ArgumentParser
import BookRunner
import Foundation

/// Reads a built book in a browser, as a reader does, and says what is wrong.
@main
struct BrowserTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "BrowserTest",
    abstract: "Opens every page of a built book in Chromium and checks what a reader relies on.",
    discussion: """
      First, each check looks at a small book that is right and at one that is broken for it: a \
      check that cannot fail is none.

      Examples:
        swift run BrowserTest output
        swift run BrowserTest output/quick --screenshots .cache/screenshots
        swift run BrowserTest            only the checks of the checks
      """)

  @Argument(help: "The folder with the built book.")
  var folder: String?

  @Option(help: ArgumentHelp("Where pictures of all pages go.", valueName: "folder"))
  var screenshots: String?

  @Option(help: ArgumentHelp("axe-core, the rules of accessibility.", valueName: "file"))
  var axe = ".cache/axe/axe.min.js"

  @Option(help: ArgumentHelp("Only pages whose path begins so.", valueName: "path"))
  var page: String?

  func run() throws {
    // A browser that dies is an error to report, no reason to die.
    signal(SIGPIPE, SIG_IGN)
    let environment = ProcessInfo.processInfo.environment
    let pages = try folder.map { try BookPage.all(in: URL(filePath: $0)) } ?? []
    let chosen = pages.filter { $0.path.hasPrefix(page ?? "") }
    if chosen.isEmpty, !pages.isEmpty {
      let paths = pages.map(\.path).joined(separator: "\n")
      throw ValidationError("No page begins with \(page ?? ""). There are:\n\(paths)")
    }
    let (checks, skipped) = checks(in: environment)
    let browser = try Browser(Chromium(environment: environment))
    defer { browser.close() }

    report("breaking a small book in \(SelfTest.faults.count) ways")
    var problems = try SelfTest(checks: checks, browser: browser).problems()
    report("checks of the checks: \(problems.isEmpty ? "passed" : "FAILED")")
    for page in chosen { problems += try read(page, checks, browser) }
    for problem in problems { print(problem) }
    for reason in skipped { print("SKIPPED: \(reason)") }
    guard problems.isEmpty else {
      print(problems.count == 1 ? "1 problem" : "\(problems.count) problems")
      throw ExitCode.failure
    }
    print("passed")
  }

  /// The checks that this machine can make, the quick ones first, and what it cannot.
  private func checks(
    in environment: [String: String]
  ) -> (checks: [any PageCheck], skipped: [String]) {
    var checks: [any PageCheck] = [
      ConsoleCheck(), RequestCheck(), WeightCheck(), NarrowScreenCheck(), LayoutShiftCheck(),
      ScriptsOffCheck(), ThemeCheck(), SearchCheck(), ArrowKeyCheck(), KeyboardCheck(),
    ]
    var skipped: [String] = []
    if let markup = MarkupCheck(environment: environment) {
      checks.append(markup)
    } else {
      skipped.append("valid HTML. There is no tidy; make test-browser installs it.")
    }
    if let source = try? String(contentsOfFile: axe, encoding: .utf8) {
      checks.append(AccessibilityCheck(axe: source))
    } else {
      skipped.append("accessibility. \(axe) is not there; make test-browser fetches it.")
    }
    return (checks, skipped)
  }

  /// What is wrong with a page; prints whether something is.
  private func read(
    _ page: BookPage, _ checks: [any PageCheck], _ browser: Browser
  ) throws -> [String] {
    let began = ContinuousClock.now
    var problems: [String] = []
    for check in checks {
      do {
        problems += try check.findings(on: page, in: browser)
          .map { "\(page.path): \(check.claim): \($0)" }
      } catch {
        problems.append("\(page.path): \(check.claim): \(error)")
      }
    }
    if let screenshots {
      try Screenshots(folder: URL(filePath: screenshots)).take(of: page, in: browser)
    }
    let result = problems.isEmpty ? "passed" : "FAILED (\(problems.count))"
    let seconds = String(format: "%.1f s", (ContinuousClock.now - began) / .seconds(1))
    report("\(page.path): \(result), \(seconds)")
    return problems
  }

  /// Prints a line at once, also where the output is a pipe.
  private func report(_ line: String) {
    print(line)
    fflush(nil)
  }
}
