import ArgumentParser
import BookRunner
import BookWeaver

/// `chapter check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks for everything that is wrong with the book's text; writes and runs nothing.",
    discussion: """
      Prints a line for each problem, by file and line.

      Example:
        swift run chapter check
      """)

  @OptionGroup var option: ProfileOption

  func run() throws {
    do {
      let problems = try BookOnDisk(profile: option.profile).check().problems
      for problem in problems.sorted(by: isBefore) { print(problem) }
      guard problems.isEmpty else { throw ExitCode.failure }
      print("No problems.")
    } catch let exit as ExitCode {
      throw exit
    } catch {
      throw report(error)
    }
  }

  private func isBefore(_ a: WeaveProblem, _ b: WeaveProblem) -> Bool {
    (a.file, a.line ?? 0, a.message) < (b.file, b.line ?? 0, b.message)
  }
}
