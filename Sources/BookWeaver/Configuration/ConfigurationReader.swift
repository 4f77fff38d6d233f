import BookRunner
import Foundation
import TOMLKit

/// Reads `book.toml` and the `MDBOOK_…` variables by the table of settings.
package struct ConfigurationReader {
  package private(set) var configuration = BookConfiguration()
  /// What is wrong; nothing should be written by a configuration with problems.
  package private(set) var problems: [WeaveProblem] = []
  /// Settings that have no effect, and why.
  package private(set) var notes: [WeaveProblem] = []

  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: its name in messages.
  ///   - environment: `MDBOOK_BOOK__TITLE` overrides `book.title`; a value is JSON, or else text.
  package init(
    _ text: String, file: String = "book.toml", environment: [String: String] = [:]
  ) {
    let lines = TOMLKeyLines(text)
    (configuration.file, configuration.lines) = (file, lines)
    do {
      let json = try TOMLTable(string: text).convert(to: .json, options: .quoteDateAndTimes)
      let root = try JSONDecoder().decode(SettingNode.self, from: Data(json.utf8))
      take(root, at: []) { WeaveProblem(file: file, line: lines.line(of: $0), $1) }
    } catch let error as TOMLParseError {
      let message = "This is not TOML: \(error.description)."
      problems.append(WeaveProblem(file: file, line: error.source.begin.line, message))
    } catch {
      problems.append(WeaveProblem(file: file, line: nil, "Its values cannot be read: \(error)."))
    }
    for (variable, value) in environment.sorted(by: { $0.key < $1.key }) {
      take(value, ofVariable: variable)
    }
  }

  private typealias Report = (_ path: [String], _ message: String) -> WeaveProblem

  private mutating func take(_ value: String, ofVariable variable: String) {
    // MDBOOK_LOG is mdBook's own log level, no setting.
    guard variable.hasPrefix("MDBOOK_"), variable != "MDBOOK_LOG" else { return }
    let path = variable.dropFirst("MDBOOK_".count).lowercased()
      .replacing("__", with: ".").replacing("_", with: "-")
      .split(separator: ".").map(String.init)
    let decoded = try? JSONDecoder().decode(SettingNode.self, from: Data(value.utf8))
    let isText = Self.settings(below: path).contains {
      $0.path.count == path.count && $0.expectation == String.expectation
    }
    let node: SettingNode =
      if case .text? = decoded { decoded ?? .text(value) } else if isText { .text(value) } else {
        decoded ?? .text(value)
      }
    take(node, at: path) { WeaveProblem(file: variable, line: nil, $1) }
  }

  private mutating func take(_ node: SettingNode, at path: [String], report: Report) {
    // mdBook's name of old.
    let path =
      path.starts(with: ["output", "html", "playpen"])
      ? ["output", "html", "playground"] + path.dropFirst(3) : path
    let settings = Self.settings(below: path)
    if let setting = settings.first(where: { $0.path.count == path.count }) {
      take(node, as: setting, at: path, report: report)
    } else if settings.isEmpty {
      problems.append(report(path, Self.unknown(path)))
    } else if case .table(let table) = node {
      for name in table.keys.sorted() {
        table[name].map { take($0, at: path + [name], report: report) }
      }
    } else {
      problems.append(
        report(path, "\(Self.place(of: path)) must be a table, not \(node.quoted)."))
    }
  }

  private mutating func take(
    _ node: SettingNode, as setting: Setting, at path: [String], report: Report
  ) {
    switch setting.treatment {
    case .honoured(let apply):
      let name = zip(setting.path, path).first { $0.0 == "*" }?.1 ?? ""
      if !apply(&configuration, name, node) {
        let message =
          "\(Self.place(of: path)) must be \(setting.expectation), not \(node.quoted)."
        problems.append(report(path, message))
      }
    case .ignored(let why):
      notes.append(report(path, "\(Self.place(of: path)) has no effect: \(why)"))
    case .fixed(let value, _) where node == value: break
    case .refused(let why), .fixed(_, let why):
      problems.append(report(path, "\(Self.place(of: path)) is refused: \(why)"))
    }
  }

  /// The settings whose paths begin with `path`; those that name its last word go before `*`.
  private static func settings(below path: [String]) -> [Setting] {
    let matching = Setting.all.filter { setting in
      setting.path.count >= path.count
        && zip(setting.path, path).allSatisfy { $0.0 == $0.1 || $0.0 == "*" }
    }
    let literal = matching.filter { zip($0.path, path).allSatisfy { $0.0 == $0.1 } }
    return literal.isEmpty ? matching : literal
  }

  /// A key as a message names it: “title in [book]”.
  private static func place(of path: [String]) -> String {
    guard let name = path.last, path.count > 1 else { return path.last.map { "[\($0)]" } ?? "" }
    return "\(name) in [\(path.dropLast().joined(separator: "."))]"
  }

  private static func unknown(_ path: [String]) -> String {
    let (table, name) = (Array(path.dropLast()), path.last ?? "")
    let siblings = Set(settings(below: table).map { $0.path[table.count] }).subtracting(["*"])
    let nearest = nearestName(to: name, in: siblings.sorted())
    guard !table.isEmpty else {
      let hint =
        nearest.map { "did you mean [\($0)]?" }
        ?? "there are \(siblings.sorted().map { "[\($0)]" }.joined(separator: ", "))."
      return "There is no table [\(name)]; \(hint)"
    }
    let hint =
      nearest.map { "did you mean “\($0)”?" }
      ?? "it has \(siblings.sorted().joined(separator: ", "))."
    return "[\(table.joined(separator: "."))] has no key “\(name)”; \(hint)"
  }
}
