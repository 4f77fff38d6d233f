import BookFormat

/// Walks over a program's tokens and notes what declares a name, and in which scope each other name
/// stands.
struct ScopeReader {
  let tokens: [SwiftToken]
  var scopes = [ProgramScopes.Scope()]
  var definitions: [ProgramScopes.Definition] = []
  /// By token, the scope in which a mentioned name is to be looked up; nil for declarations, labels,
  /// members and what is no name.
  private(set) var mentionScopes: [Int?]

  var frames: [Frame] = []
  /// Tokens that have a name but mention nothing.
  var silent: Set<Int> = []
  /// `if let x {` mentions the `x` around it.
  var shorthands: [Int: Int] = [:]
  /// How deep the `let` or `var` stands that a comma may continue.
  var bindingDepth: Int?

  enum Frame {
    /// `(` or `[`, and whether it encloses arguments.
    case bracket(String, hasLabels: Bool)
    case brace(scope: Int, isEnum: Bool)
    /// From `func`, `if`, `struct` … to the end of the braces that belong to it.
    case header(scope: Int, typeName: String?, isEnum: Bool, isOpened: Bool)
  }

  init(_ tokens: [SwiftToken]) {
    self.tokens = tokens
    mentionScopes = Array(repeating: nil, count: tokens.count)
  }

  mutating func read() {
    for index in tokens.indices {
      if tokens[index].gap == .lineEnd, bindingDepth == frames.count, text(index - 1) != "," {
        bindingDepth = nil
      }
      if let scope = shorthands[index] {
        mentionScopes[index] = scope
      } else if tokens[index].identifier != nil, !silent.contains(index), !isMember(index),
        !isLabel(index)
      {
        mentionScopes[index] = scope
      }
      follow(index)
    }
  }

  mutating func follow(_ index: Int) {
    switch text(index) {
    case "(", "[": frames.append(.bracket(text(index), hasLabels: hasLabels(index)))
    case ")", "]": closeBracket()
    case "{": openBrace(index)
    case "}": closeBrace()
    case ",": continueBinding(index)
    case ";": bindingDepth = nil
    case "import", "#if", "#elseif": silenceLine(index)
    case "func": function(index)
    case "init", "subscript": initializer(index)
    case "struct", "class", "enum", "protocol", "actor", "extension": type(index)
    case "typealias", "associatedtype": if !isMember(index) { declare(index + 1) }
    case "let", "var": binding(index)
    case "case": enumCases(index)
    case "for": loop(index)
    case "if", "catch": condition(index)
    case "while": if text(index - 1) != "}" || isFirstOfLine(index) { condition(index) }
    default: break
    }
  }

  // MARK: Tokens

  func text(_ index: Int) -> String {
    tokens.indices.contains(index) ? tokens[index].text : ""
  }

  func isName(_ index: Int) -> Bool {
    tokens.indices.contains(index) && (tokens[index].identifier != nil || text(index) == "_")
  }

  func isFirstOfLine(_ index: Int) -> Bool {
    !tokens.indices.contains(index) || tokens[index].gap == .lineEnd
  }

  /// Whether a dot stands before the name; that of a range is none.
  func isMember(_ index: Int) -> Bool {
    let before = text(index - 1)
    return before.hasSuffix(".") && !before.hasSuffix("..")
  }

  /// The index of the bracket that closes the one at `index`.
  func closing(_ index: Int) -> Int {
    var depth = 0
    for place in index..<tokens.count {
      if ["(", "[", "{"].contains(text(place)) { depth += 1 }
      if [")", "]", "}"].contains(text(place)) { depth -= 1 }
      if depth == 0 { return place }
    }
    return tokens.count
  }

  /// Whether a name is an argument's label or labels a statement.
  func isLabel(_ index: Int) -> Bool {
    let (before, after) = (text(index - 1), text(index + 1))
    if ["break", "continue"].contains(before), !isFirstOfLine(index) { return true }
    guard after == ":" else { return false }
    if before == "}" || isFirstOfLine(index) {
      if ["{", "for", "while", "repeat", "do", "switch", "if"].contains(text(index + 2)) {
        return true
      }
    }
    guard case .bracket(_, hasLabels: true)? = frames.last else { return false }
    return ["(", "[", ","].contains(before) || (before == ":" && tokens[index].gap == .none)
  }

  func hasLabels(_ index: Int) -> Bool {
    guard text(index) == "[" else { return true }
    return tokens[index].gap == .none
      && (isName(index - 1) || [")", "]"].contains(text(index - 1)))
  }

  mutating func silenceLine(_ index: Int) {
    var place = index + 1
    while place < tokens.count, !isFirstOfLine(place) {
      silent.insert(place)
      place += 1
    }
  }

  // MARK: Scopes

  var scope: Int {
    for frame in frames.reversed() {
      switch frame {
      case .bracket: continue
      case .brace(let scope, _), .header(let scope, _, _, _): return scope
      }
    }
    return 0
  }

  mutating func newScope(typeName: String? = nil) -> Int {
    scopes.append(ProgramScopes.Scope(parent: scope, typeName: typeName))
    return scopes.count - 1
  }

  mutating func openHeader(typeName: String? = nil, isEnum: Bool = false) {
    leaveBodiless()
    frames.append(
      .header(scope: newScope(), typeName: typeName, isEnum: isEnum, isOpened: false))
  }

  /// A function without a body, as in a protocol, ends where the next declaration begins.
  mutating func leaveBodiless() {
    while case .header(_, _, _, isOpened: false)? = frames.last { frames.removeLast() }
  }

  mutating func declare(_ index: Int) {
    guard tokens.indices.contains(index), let name = tokens[index].identifier else { return }
    let scope = scope
    silent.insert(index)
    scopes[scope].names.insert(name)
    if scope == 0 {
      definitions.append(ProgramScopes.Definition(name: name, line: tokens[index].line))
    }
  }

  mutating func closeBracket() {
    while let last = frames.last {
      if case .brace = last { return }
      frames.removeLast()
      if case .bracket = last { return }
    }
  }

  mutating func openBrace(_ index: Int) {
    var (typeName, isEnum, isBody): (String?, Bool, Bool) = (nil, false, false)
    if case .header(let scope, let type, let isEnumType, isOpened: false)? = frames.last {
      (typeName, isEnum, isBody) = (type, isEnumType, true)
      frames[frames.count - 1] = .header(
        scope: scope, typeName: type, isEnum: isEnumType, isOpened: true)
    }
    frames.append(.brace(scope: newScope(typeName: typeName), isEnum: isEnum))
    if !isBody { closureSignature(index) }
  }

  mutating func closeBrace() {
    while let last = frames.popLast() {
      if case .brace = last { break }
    }
    if case .header(_, _, _, isOpened: true)? = frames.last { frames.removeLast() }
    if let depth = bindingDepth, depth > frames.count { bindingDepth = nil }
  }
}
