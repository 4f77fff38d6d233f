import Foundation

/// Puts the lines of other files where `{{#include path}}` stands: in prose as in code.
struct IncludeExpander {
  /// The package's folder; included files lie below it.
  let root: URL
  private(set) var problems: [WeaveProblem] = []
  private var files: [String: [SourceLine]] = [:]
  private var bytes = 0

  private static let opening = "{{#include"

  /// The files that were read or should have been, relative to the package.
  private(set) var includedFiles: Set<String> = []

  init(root: URL) { self.root = root }

  /// The lines of a text with its includes, and theirs, expanded.
  ///
  /// An include that fails leaves nothing, and a problem.
  mutating func expand(_ text: String, file: String) -> [SourceLine] {
    expand(SourceLine.lines(of: text, file: file), within: [file])
  }

  /// - Parameter path: the files that are being included, outermost first.
  private mutating func expand(_ lines: [SourceLine], within path: [String]) -> [SourceLine] {
    lines.flatMap { line in
      line.text.contains(IncludeExpander.opening) ? expand(line, within: path) : [line]
    }
  }

  private mutating func expand(_ line: SourceLine, within path: [String]) -> [SourceLine] {
    var done: [SourceLine] = []
    var current = line
    current.text = ""
    var rest = line.text[...]
    while let start = rest.range(of: IncludeExpander.opening) {
      current.text += rest[..<start.lowerBound]
      if current.text.hasSuffix("\\") {
        current.text += rest[start]
        rest = rest[start.upperBound...]
        continue
      }
      guard let end = rest[start.upperBound...].range(of: "}}") else {
        problems.append(line.problem("this include does not end: write `}}` on the same line"))
        rest = rest[start.upperBound...]
        continue
      }
      let included = included(rest[start.upperBound..<end.lowerBound], at: line, within: path)
      rest = rest[end.upperBound...]
      guard var first = included.first, var last = included.last else { continue }
      // Lines included into a quotation or a list item belong to it as the first does.
      let isAlone = current.containerPrefix.count == current.text.utf8.count
      let indent = isAlone ? current.text : ""
      first.text = current.text + first.text
      last.text = indent + last.text
      if included.count == 1 {
        current = first
      } else {
        done.append(first)
        for var middle in included[1..<(included.count - 1)] {
          middle.text = indent + middle.text
          done.append(middle)
        }
        current = last
      }
    }
    current.text += rest
    return done + [current]
  }

  /// The lines that an include stands for; none where it is wrong.
  private mutating func included(
    _ content: Substring, at line: SourceLine, within path: [String]
  ) -> [SourceLine] {
    // A page that has become too long has said so.
    guard bytes <= TextFile.mostBytes else { return [] }
    do throws(WeaveProblem) {
      guard let region = IncludedRegion(content) else {
        throw line.problem(
          "`{{#include\(content)}}` names no lines: write {{#include file}}, {{#include file:anchor}} "
            + "or {{#include file:3:5}}")
      }
      let file = try resolved(region.path, at: line)
      if let start = path.firstIndex(of: file) {
        let loop = (path[start...] + [file]).joined(separator: " includes ")
        throw line.problem("this include is without end: \(loop); take one of them away")
      }
      let lines = try self.lines(of: file, at: line)
      let selected: [SourceLine]
      do throws(IncludedRegion.Failure) {
        selected = try region.select(from: lines)
      } catch {
        throw line.problem(error.reason)
      }
      bytes += selected.reduce(0) { $0 + $1.text.utf8.count }
      guard bytes <= TextFile.mostBytes else {
        throw line.problem(
          "with this the page includes more than \(TextFile.mostBytes >> 20) MB; include the lines "
            + "that it shows")
      }
      return expand(selected, within: path + [file])
    } catch {
      problems.append(error)
      return []
    }
  }

  private mutating func lines(
    of file: String, at line: SourceLine
  ) throws(WeaveProblem) -> [SourceLine] {
    if let lines = files[file] { return lines }
    guard FileManager.default.fileExists(atPath: root.appending(path: file).path) else {
      throw line.problem("there is no file \(file) to include; paths begin at this file's folder")
    }
    includedFiles.insert(file)
    let lines = SourceLine.lines(of: try TextFile.read(file, root: root), file: file)
    files[file] = lines
    return lines
  }

  /// A path that begins at the folder of `line`'s file, as a path that begins at the package.
  private func resolved(_ path: String, at line: SourceLine) throws(WeaveProblem) -> String {
    var parts = line.file.split(separator: "/").dropLast()
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        throw line.problem("\(path) lies outside the book's folder; only files within are included")
      }
    }
    guard !path.hasPrefix("/") else {
      throw line.problem("\(path) begins at the disk's root; paths begin at this file's folder")
    }
    return parts.joined(separator: "/")
  }
}
