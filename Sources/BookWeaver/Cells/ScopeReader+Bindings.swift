import BookFormat

/// What `let`, `var`, conditions, loops, patterns and closures bind.
extension ScopeReader {
  var isInCondition: Bool {
    for frame in frames.reversed() {
      switch frame {
      case .bracket: continue
      case .brace: return false
      case .header(_, let typeName, _, let isOpened): return typeName == nil && !isOpened
      }
    }
    return false
  }

  mutating func binding(_ index: Int) {
    let before = text(index - 1)
    if isFirstOfLine(index), !["case", ","].contains(before), !isInBrackets {
      leaveBodiless()
    }
    if before == "case" { return pattern(from: index + 1) }
    if text(index + 1) == "(" {
      for place in index + 1..<closing(index + 1) where isName(place) && text(place + 1) != ":" {
        declare(place)
      }
    } else if isName(index + 1) {
      declare(index + 1)
      let isCondition = ["if", "while", "guard", ","].contains(before)
      if isCondition, ["{", ",", "else"].contains(text(index + 2)) {
        shorthands[index + 1] = scopes[scope].parent ?? 0
      }
    }
    if !isInCondition { bindingDepth = frames.count }
  }

  var isInBrackets: Bool {
    if case .bracket? = frames.last { true } else { false }
  }

  /// `let a = 1, b = 2` binds `b`, too.
  mutating func continueBinding(_ index: Int) {
    guard bindingDepth == frames.count, isName(index + 1),
      ["=", ":"].contains(text(index + 2))
    else { return }
    declare(index + 1)
  }

  /// The names that a pattern binds: all but members, labels and types.
  mutating func pattern(from index: Int) {
    var depth = 0
    var place = index
    while place < tokens.count {
      let token = text(place)
      if depth == 0, ["=", "in", ":", "{", "where", ",", "as", "else"].contains(token) { return }
      if ["(", "["].contains(token) { depth += 1 }
      if [")", "]"].contains(token) { depth -= 1 }
      if depth < 0 { return }
      if isName(place), !isMember(place), ![":", ".", "("].contains(text(place + 1)),
        text(place) != "let"
      {
        declare(place)
      }
      place += 1
    }
  }

  mutating func condition(_ index: Int) {
    guard !isMember(index), !isWord(index) else { return }
    openHeader()
  }

  mutating func loop(_ index: Int) {
    guard !isMember(index), !isWord(index) else { return }
    openHeader()
    var place = index + 1
    while ["try", "await", "case", "let", "var"].contains(text(place)) { place += 1 }
    pattern(from: place)
  }

  /// Whether a keyword is an argument's label: `f(for: x)`, `func f(for x: Int)`.
  func isWord(_ index: Int) -> Bool {
    text(index + 1) == ":"
      || (["(", ","].contains(text(index - 1)) && text(index + 2) == ":")
  }

  /// `{ [weak self] a, b in`, `{ (a: Int, b) -> Int in`.
  mutating func closureSignature(_ index: Int) {
    var place = index + 1
    if text(place) == "[" {
      let end = closing(place)
      for name in place..<end where ["[", ","].contains(text(name)) && text(name + 2) == "=" {
        declare(name + 1)
      }
      place = end + 1
    }
    guard let end = signatureEnd(place) else { return }
    var depth = 0
    for token in place..<end {
      if ["(", "["].contains(text(token)) { depth += 1 }
      if [")", "]"].contains(text(token)) { depth -= 1 }
      if text(token) == "->" { return }
      let isFirst = token == place || ["(", ","].contains(text(token - 1))
      if isName(token), isFirst, depth <= 1 { declare(token) }
    }
  }

  /// The `in` that ends a closure's signature from `index` on; nil where there is no signature.
  func signatureEnd(_ index: Int) -> Int? {
    let statements: Set = [
      "for", "if", "let", "var", "return", "guard", "while", "switch", "repeat", "do", "=", "{",
      "}",
    ]
    for place in index..<tokens.count {
      if text(place) == "in" { return place }
      if statements.contains(text(place)) || text(place).hasPrefix("\"") { return nil }
      // A signature is one line, or its list of parameters is broken within parentheses.
      if place > index, isFirstOfLine(place), text(index) != "(" { return nil }
    }
    return nil
  }
}
