/// Puts tokens in place of formulas, directives, citations and labels in the text of a page, run by
/// run, past code, HTML tags and escaped characters.
struct InlineScanner {
  private let options: MarkdownOptions
  private(set) var tokens: TokenTable
  /// Where each footnote is first referred to.
  private(set) var footnoteReferences: [String: SourceLine] = [:]

  private var run: InlineRun
  /// Where the scanner is: a byte, and the line it is in, from 0.
  private var index = 0
  private var line = 0
  private var done: [SourceLine] = []
  private var current: [UInt8] = []
  private var currentLine = 0

  init(options: MarkdownOptions, tokens: TokenTable) {
    self.options = options
    self.tokens = tokens
    run = InlineRun([], BlockOutline.Leaf(lines: 0..<0, column: 0, quotationDepth: 0))
  }

  private var bytes: [UInt8] { run.bytes }

  /// The run's lines with tokens; a token that takes several lines is in one.
  mutating func scan(_ run: InlineRun) -> [SourceLine] {
    self.run = run
    (index, line, currentLine) = (0, 0, 0)
    done = []
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): copy(run.isPunctuation(at: index + 1) ? 2 : 1)
      case UInt8(ascii: "`"): scanCode()
      case UInt8(ascii: "<"): copy(HTMLTag.length(in: bytes, at: index) ?? 1)
      case UInt8(ascii: "$") where options.math: scanFormula()
      case UInt8(ascii: "{"): scanBrace()
      case UInt8(ascii: "["): scanBracket()
      case UInt8(ascii: "@") where options.citations: scanNarrativeCitation()
      case UInt8(ascii: "'") where options.smartPunctuation && isGenitive: writeApostrophe()
      default: copy(1)
      }
    }
    endLine()
    return done
  }

  // MARK: Output

  private mutating func copy(_ count: Int) {
    for byte in bytes[index..<min(index + count, bytes.count)] {
      if byte == UInt8(ascii: "\n") {
        endLine()
        line += 1
        currentLine = line
      } else {
        current.append(byte)
      }
    }
    index += count
  }

  private mutating func endLine() {
    done.append(run.line(currentLine, with: current))
    current.removeAll(keepingCapacity: true)
  }

  /// Puts a token in place of the bytes up to `end`.
  private mutating func replace(upTo end: Int, with kind: Token.Kind) {
    let place = self.place
    let source = bytes[index..<end]
    let token = Token(
      kind: kind, source: String(decoding: source, as: UTF8.self), file: place.file,
      line: place.number)
    current.append(contentsOf: tokens.add(token).utf8)
    line += source.count { $0 == UInt8(ascii: "\n") }
    index = end
  }

  /// The line the scanner is in.
  private var place: SourceLine { run.line(line) }

  // MARK: What begins with each character

  /// Whether an `'s` ends a word here that Markdown takes for an opening quotation mark, since a full
  /// stop, a bracket or code is before it.
  private var isGenitive: Bool {
    guard index > 0, run.starts(with: "'s", at: index) else { return false }
    let after = index + 2 < bytes.count ? bytes[index + 2] : 0
    return ".)]}`*_$".utf8.contains(bytes[index - 1])
      && !Unicode.Scalar(after).properties.isAlphabetic && after < 0x80
  }

  private mutating func writeApostrophe() {
    current.append(contentsOf: "’".utf8)
    index += 1
  }

  private mutating func scanCode() {
    let count = bytes[index...].prefix { $0 == UInt8(ascii: "`") }.count
    var end = index + count
    while end < bytes.count {
      let run = bytes[end...].prefix { $0 == UInt8(ascii: "`") }.count
      if run == count {
        copyCode(upTo: end + run)
        return
      }
      end += max(run, 1)
    }
    copy(count)
  }

  private mutating func copyCode(upTo end: Int) {
    while index < end {
      // In code, too, the escaped include stands for its own text.
      if run.starts(with: #"\{{#include"#, at: index) { index += 1 }
      copy(1)
    }
  }

  private mutating func scanFormula() {
    if run.starts(with: "$$", at: index) {
      guard let formula = FormulaDelimiters.displayed(in: bytes, at: index) else {
        return replace(
          upTo: index + 2,
          with: .mistake(
            "this formula does not end: write `$$` behind it, without an empty line before; `\\$` is "
              + "a dollar sign"))
      }
      guard let tex = formula.tex else {
        return replace(
          upTo: formula.end, with: .mistake("there is no formula between `$$` and `$$`"))
      }
      return replace(
        upTo: formula.end, with: .formula(tex: tex, isDisplay: true, label: formula.label))
    }
    if let end = FormulaDelimiters.inlineEnd(in: bytes, at: index) {
      let tex = run.text((index + 1)..<end)
      replace(upTo: end + 1, with: .formula(tex: tex, isDisplay: false, label: nil))
    } else if FormulaDelimiters.mayBegin(in: bytes, at: index),
      !FormulaDelimiters.isPrice(in: bytes, at: index)
    {
      replace(
        upTo: index + 1,
        with: .mistake(
          "this formula does not end: write `$` behind it, in the same paragraph; `\\$` is a dollar "
            + "sign"))
    } else {
      copy(1)
    }
  }

  private mutating func scanBrace() {
    if run.starts(with: "{{#", at: index) { return scanDirective() }
    guard let (name, end) = FormulaDelimiters.label(in: bytes, at: index),
      bytes[end...].allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "#") }),
      index == 0 || bytes[index - 1] == UInt8(ascii: " ")
    else { return copy(1) }
    replace(upTo: end, with: .label(name))
  }

  private mutating func scanDirective() {
    var end = index + 3
    var isQuoted = false
    while end < bytes.count, isQuoted || !run.starts(with: "}}", at: end) {
      switch bytes[end] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: end += 1
      default: break
      }
      end += 1
    }
    guard end < bytes.count else {
      return replace(
        upTo: index + 3,
        with: .mistake(
          "this directive does not end: write `}}` behind it and close its quotation marks; "
            + "`\\{{#` shows the braces"))
    }
    let text = run.text((index + 3)..<end)
    do throws(DirectiveMistake) {
      let directive = try Directive(parsing: text, file: place.file, line: place.number)
      replace(upTo: end + 2, with: .directive(directive))
    } catch {
      replace(upTo: end + 2, with: .mistake(error.reason))
    }
  }

  private mutating func scanBracket() {
    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) else { return copy(1) }
    if run.starts(with: "[^", at: index), index > 0 || !run.starts(with: ":", at: end + 1) {
      let name = run.text((index + 2)..<end).lowercased()
      // A name with blank space is no footnote's.
      if !name.contains(where: \.isWhitespace) {
        footnoteReferences[name] = footnoteReferences[name] ?? place
      }
    }
    guard options.citations, bytes[(index + 1)..<end].contains(UInt8(ascii: "@")),
      !bytes[(index + 1)..<end].contains(UInt8(ascii: "[")),
      // A link, and the address of one, look alike up to here.
      end + 1 == bytes.count || !"([:".utf8.contains(bytes[end + 1])
    else { return copy(1) }
    let text = run.text((index + 1)..<end)
    do throws(DirectiveMistake) {
      guard let citation = try Citation(bracketed: text) else { return copy(1) }
      replace(upTo: end + 1, with: .citation(citation))
    } catch {
      replace(upTo: end + 1, with: .mistake(error.reason))
    }
  }

  private mutating func scanNarrativeCitation() {
    let before = index == 0 ? " " : Unicode.Scalar(bytes[index - 1])
    guard " \n\t([{\"'*_-;".unicodeScalars.contains(before) || before.value >= 0x80 else {
      return copy(1)
    }
    let text = run.text((index + 1)..<bytes.count)
    guard let end = Citation.keyEnd(in: text) else { return copy(1) }
    let key = String(text[..<end])
    replace(upTo: index + 1 + key.utf8.count, with: .citation(Citation(narrative: key)))
  }
}
