import Foundation

/// On which lines a TOML file names its keys, found by search: the parser does not say.
struct TOMLKeyLines: Equatable, Sendable {
  private var lines: [[String]: Int] = [:]

  init(_ text: String) {
    var table: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("[") {
        table = Self.path(line.drop { $0 == "[" }, until: "]") ?? table
        note(table, index + 1)
      } else if let key = Self.path(line[...], until: "=") {
        note(table + key, index + 1)
      }
    }
  }

  /// The line from 1 of a key, or else of the nearest table around it.
  func line(of path: [String]) -> Int? {
    for length in stride(from: path.count, through: 1, by: -1) {
      if let line = lines[Array(path.prefix(length))] { return line }
    }
    return nil
  }

  private mutating func note(_ path: [String], _ line: Int) {
    for length in 1...max(1, path.count) where length <= path.count {
      let path = Array(path.prefix(length))
      lines[path] = lines[path] ?? line
    }
  }

  /// The words of a dotted key, some of them quoted, up to `end`; nil where none stands there.
  private static func path(_ text: Substring, until end: Character) -> [String]? {
    var (words, word, quote) = ([String](), "", Character?.none)
    for character in text {
      switch character {
      case quote: quote = nil
      case _ where quote != nil: word.append(character)
      case "\"", "'": quote = character
      case end: return words + [word]
      case ".":
        words.append(word)
        word = ""
      case " ", "\t": break
      case _ where character.isLetter || character.isNumber || "-_".contains(character):
        word.append(character)
      default: return nil
      }
    }
    return nil
  }
}
