/// An entry as it stands in a BibTeX file, its values still in TeX.
struct BibTeXEntry: Equatable {
  var kind: String
  var key: String
  var line: Int
  /// Values by the fields' names in small letters.
  var fields: [String: String] = [:]
}

/// Reads the entries of a BibTeX file; `@string` names are put in, `@comment` and `@preamble` skipped.
struct BibTeXReader {
  private(set) var problems: [WeaveProblem] = []
  private let characters: [Character]
  private let file: String
  private var index = 0
  private var line = 1
  private var strings: [String: String]

  init(_ text: String, file: String) {
    characters = Array(text)
    self.file = file
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    strings = Dictionary(uniqueKeysWithValues: months.map { ($0.prefix(3).lowercased(), $0) })
  }

  /// The entries in their order, but those that are wrong: they become problems.
  mutating func readAll() -> [BibTeXEntry] {
    var entries: [BibTeXEntry] = []
    while skip(to: "@") {
      do throws(WeaveProblem) {
        if let entry = try readEntry() { entries.append(entry) }
      } catch {
        problems.append(error)
        skipToNextEntry()
      }
    }
    return entries
  }

  // MARK: Entries

  /// Reads what begins with `@`; nil for what is no entry.
  private mutating func readEntry() throws(WeaveProblem) -> BibTeXEntry? {
    let start = line
    advance()
    let kind = readName().lowercased()
    guard !kind.isEmpty else { throw problem("“@” begins no entry: write @article{key, …}") }
    try expect("{", after: "@\(kind)")
    switch kind {
    case "comment", "preamble":
      _ = try readBraced(openedAt: start)
      return nil
    case "string":
      let name = readName().lowercased()
      try expect("=", after: name)
      strings[name] = try readValue()
      try expect("}", after: "the value of \(name)")
      return nil
    default: break
    }
    skipBlank()
    var entry = BibTeXEntry(kind: kind, key: readKey(), line: start)
    guard !entry.key.isEmpty else {
      throw problem("this @\(kind) has no key: write @\(kind){key, …}")
    }
    skipBlank()
    guard current == "," || current == "}" else {
      throw problem("“,” is expected after the key “\(entry.key)”")
    }
    while true {
      skipBlank()
      if current == "," { advance() }
      skipBlank()
      if current == "}" {
        advance()
        return entry
      }
      let name = readName().lowercased()
      guard !name.isEmpty else {
        throw problem(
          "a field or `}` is expected in “\(entry.key)”, which begins in line \(start), but there is "
            + (current.map { "“\($0)”" } ?? "the file's end"))
      }
      try expect("=", after: name)
      entry.fields[name] = try readValue()
      skipBlank()
      guard current == "," || current == "}" else {
        throw problem("a comma is expected after the \(name) of “\(entry.key)”")
      }
    }
  }

  /// Reads a value: pieces joined by `#`.
  private mutating func readValue() throws(WeaveProblem) -> String {
    var value = ""
    while true {
      skipBlank()
      let start = line
      switch current {
      case "{":
        advance()
        value += try readBraced(openedAt: start)
      case "\"":
        advance()
        value += try readQuoted(openedAt: start)
      case let digit? where digit.isNumber: value += readName()
      default:
        let name = readName()
        guard let string = strings[name.lowercased()] else {
          throw problem(
            name.isEmpty
              ? "a value is expected: write it between { and }"
              : "“\(name)” is no @string: write {\(name)}, or define it above")
        }
        value += string
      }
      skipBlank()
      guard current == "#" else { return value }
      advance()
    }
  }

  private mutating func readBraced(openedAt start: Int) throws(WeaveProblem) -> String {
    var depth = 1
    var value = ""
    while let character = current {
      if character == "\\" {
        value.append(character)
        advance()
      } else if character == "{" {
        depth += 1
      } else if character == "}" {
        depth -= 1
        if depth == 0 {
          advance()
          return value
        }
      }
      if let character = current { value.append(character) }
      advance()
    }
    throw WeaveProblem(
      file: file, line: start, "this `{` is not closed: write `}` behind the value")
  }

  private mutating func readQuoted(openedAt start: Int) throws(WeaveProblem) -> String {
    var depth = 0
    var value = ""
    while let character = current {
      if character == "\"", depth == 0 {
        advance()
        return value
      }
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      value.append(character)
      advance()
    }
    throw WeaveProblem(file: file, line: start, "this quotation mark is not closed")
  }

  // MARK: Characters

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func advance() {
    if current?.isNewline == true { line += 1 }
    index += 1
  }

  private mutating func skipBlank() { while current?.isWhitespace == true { advance() } }

  private mutating func skip(to character: Character) -> Bool {
    while let found = current, found != character { advance() }
    return current != nil
  }

  /// After a mistake: to the next `@` at the beginning of a line.
  private mutating func skipToNextEntry() {
    while let character = current, character != "@" || index > 0 && !characters[index - 1].isNewline
    {
      advance()
    }
  }

  private mutating func readName() -> String {
    skipBlank()
    return read { $0.isLetter || $0.isNumber || "_-+:./'".contains($0) }
  }

  private mutating func readKey() -> String { read { !$0.isWhitespace && !",{}".contains($0) } }

  private mutating func read(while isPart: (Character) -> Bool) -> String {
    let start = index
    while let character = current, isPart(character) { advance() }
    return String(characters[start..<index])
  }

  private mutating func expect(_ character: Character, after what: String) throws(WeaveProblem) {
    skipBlank()
    guard current == character else { throw problem("“\(character)” is expected after \(what)") }
    advance()
  }

  private func problem(_ message: String) -> WeaveProblem {
    WeaveProblem(file: file, line: line, message)
  }
}
