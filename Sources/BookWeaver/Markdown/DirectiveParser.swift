extension Directive {
  /// The directives that stand alone in a paragraph; all others stand in a sentence.
  static let blockNames: Set<String> = ["cell", "source"]

  /// Reads what stands between `{{#` and `}}`.
  ///
  /// A name; then words. A word `key=value` or `key="some words"` is an option. The first bare word
  /// is an argument; later ones are options if they are small letters and hyphens, as in
  /// `hide-code`, and arguments if not, as in `%.3f`.
  /// - Throws: `DirectiveMistake`, what is wrong with it.
  init(
    parsing text: some StringProtocol, file: String, line: Int
  ) throws(DirectiveMistake) {
    var words = try Directive.words(of: text)[...]
    guard let name = words.popFirst()?.text, Directive.isOptionName(name) else {
      throw DirectiveMistake(
        reason: "“{{#\(text)}}” has no name: write {{#cell name}}, {{#source Type.member}}, "
          + "{{#record name}}, {{#ref label}} or {{#include file}}")
    }
    self.init(name: name, arguments: [], file: file, line: line)
    for word in words {
      if let key = word.key {
        guard Directive.isOptionName(key) else {
          throw DirectiveMistake(
            reason:
              "“\(key)” in {{#\(name)}} names no option: options are small letters and hyphens")
        }
        try set(key, to: word.text)
      } else if !arguments.isEmpty, Directive.isOptionName(word.text) {
        try set(word.text, to: "")
      } else if options.isEmpty {
        arguments.append(word.text)
      } else {
        throw DirectiveMistake(reason: "“\(word.text)” in {{#\(name)}} stands behind an option")
      }
    }
  }

  private mutating func set(_ option: String, to value: String) throws(DirectiveMistake) {
    guard options.updateValue(value, forKey: option) == nil else {
      throw DirectiveMistake(reason: "{{#\(name)}} has the option “\(option)” twice")
    }
  }

  /// Whether a word is small letters and hyphens, a letter first.
  private static func isOptionName(_ word: String) -> Bool {
    word.utf8.first.map { $0 != UInt8(ascii: "-") } == true
      && word.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
  }

  /// A word of a directive without its quotation marks.
  private struct Word {
    /// What stands before the first `=`; nil where there is none.
    var key: String?
    var text = ""
  }

  private static func words(of text: some StringProtocol) throws(DirectiveMistake) -> [Word] {
    var words: [Word] = []
    var word: Word?
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isEscaped {
        word?.text.append(character)
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        word = word ?? Word()
      } else if character == "=", !isQuoted, let key = word?.text, word?.key == nil {
        word = Word(key: key)
      } else if character.isWhitespace, !isQuoted {
        word.map { words.append($0) }
        word = nil
      } else {
        word = word ?? Word()
        // A line end within quotation marks is a space, as in prose.
        word?.text.append(character.isNewline ? " " : character)
      }
    }
    guard !isQuoted else {
      throw DirectiveMistake(reason: "a quotation mark in “{{#\(text)}}” is not closed")
    }
    return words + (word.map { [$0] } ?? [])
  }
}

/// What is wrong with how a directive is written.
struct DirectiveMistake: Error, Equatable {
  var reason: String
}
