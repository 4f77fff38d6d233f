/// Which lines of a file an include takes: all, a range, or what stands between two anchors.
///
/// The grammar is mdBook's: `file`, `file:3`, `file:3:`, `file::5`, `file:3:5`, `file:anchor`.
struct IncludedRegion: Equatable {
  enum Part: Equatable {
    case all
    /// Line numbers from 1, both included.
    case lines(from: Int, through: Int?)
    case anchor(String)
  }
  var path: String
  var part: Part

  /// - Parameter text: what stands between `{{#include` and `}}`.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map {
      String($0).trimmed
    }
    guard let path = parts.first, !path.isEmpty, !path.contains(where: \.isWhitespace) else {
      return nil
    }
    self.path = path
    let numbers = parts.dropFirst().map { $0.isEmpty ? 0 : Int($0) ?? -1 }
    switch numbers.count {
    case 0: part = .all
    case 1 where numbers[0] > 0: part = .lines(from: numbers[0], through: numbers[0])
    case 1 where numbers[0] < 0: part = .anchor(parts[1])
    case 2 where !numbers.contains(-1):
      part = .lines(from: max(1, numbers[0]), through: numbers[1] == 0 ? nil : numbers[1])
    default: return nil
    }
  }

  /// Why lines cannot be taken from a file.
  struct Failure: Error, Equatable {
    var reason: String
  }

  /// The lines of this region, without the lines that mark anchors.
  func select(from lines: [SourceLine]) throws(Failure) -> [SourceLine] {
    let selected: ArraySlice<SourceLine>
    switch part {
    case .all: selected = lines[...]
    case .lines(let first, let last):
      guard first <= lines.count, last.map({ (first...).contains($0) && $0 <= lines.count }) ?? true
      else {
        throw Failure(
          reason: "\(path) has \(lines.count) lines, not the lines \(first) to "
            + "\(last.map(String.init) ?? "its end")")
      }
      selected = lines[(first - 1)..<(last ?? lines.count)]
    case .anchor(let name): selected = try anchored(name, lines)
    }
    return selected.filter { IncludedRegion.mark(in: $0.text) == nil }
  }

  private func anchored(
    _ name: String, _ lines: [SourceLine]
  ) throws(Failure) -> ArraySlice<SourceLine> {
    let marks = lines.map { IncludedRegion.mark(in: $0.text) }
    guard let start = marks.firstIndex(where: { $0?.name == name && $0?.isEnd == false }) else {
      let names = marks.compactMap { $0?.isEnd == false ? $0?.name : nil }
      let hint =
        names.isEmpty
        ? "mark the lines with “ANCHOR: \(name)” and “ANCHOR_END: \(name)” in comments"
        : "it has " + names.joined(separator: ", ")
      throw Failure(reason: "\(path) has no anchor “\(name)”; \(hint)")
    }
    let rest = marks[(start + 1)...]
    guard let end = rest.firstIndex(where: { $0?.name == name && $0?.isEnd == true }) else {
      throw Failure(
        reason: "the anchor “\(name)” in \(path), line \(lines[start].number), does not end: write "
          + "“ANCHOR_END: \(name)” below its lines")
    }
    return lines[(start + 1)..<end]
  }

  /// The anchor that begins or ends in a line.
  private static func mark(in line: String) -> (name: String, isEnd: Bool)? {
    // Few lines of a file have one: look for the word before the pattern.
    guard line.contains("ANCHOR"), let match = line.firstMatch(of: /ANCHOR(_END)?:\s*([\w-]+)/)
    else { return nil }
    return (String(match.2), match.1 != nil)
  }
}
