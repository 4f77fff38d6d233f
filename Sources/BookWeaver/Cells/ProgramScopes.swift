import BookFormat

/// Where the names of a program hold: the top level, and within it the braces, the functions with
/// their parameters, and the conditions with what they bind.
///
/// Read from tokens alone, so in doubt it takes a name for a local one.
struct ProgramScopes {
  struct Scope {
    var parent: Int?
    /// The names declared in it, anywhere: a type's members hold above their declaration, too.
    var names: Set<String> = []
    /// The type whose body it is.
    var typeName: String?
  }

  /// A name in the program that stands for something declared elsewhere.
  struct Mention: Equatable {
    var name: String
    var line: Int
  }

  /// A declaration at the top level.
  struct Definition: Equatable {
    var name: String
    var line: Int
  }

  private var scopes: [Scope]
  private(set) var definitions: [Definition]
  /// The mentions of names that no scope below the top level declares, in order.
  private(set) var mentions: [Mention] = []
  /// What the bodies of a type and of its extensions declare.
  private var members: [String: Set<String>] = [:]

  init(_ source: String) {
    var reader = ScopeReader(programTokens(source))
    reader.read()
    scopes = reader.scopes
    definitions = reader.definitions
    for scope in scopes {
      if let type = scope.typeName { members[type, default: []].formUnion(scope.names) }
    }
    for (index, token) in reader.tokens.enumerated() {
      guard let scope = reader.mentionScopes[index], let name = token.identifier else { continue }
      if !isLocal(name, in: scope) { mentions.append(Mention(name: name, line: token.line)) }
    }
  }

  private func isLocal(_ name: String, in scope: Int) -> Bool {
    // The compiler declares these in setters, observers and catch blocks.
    if scope != 0, ["error", "newValue", "oldValue"].contains(name) { return true }
    var scope = scope
    while let parent = scopes[scope].parent {
      if scopes[scope].names.contains(name) { return true }
      if let type = scopes[scope].typeName, members[type]?.contains(name) == true { return true }
      scope = parent
    }
    return false
  }
}

extension SwiftToken {
  /// The name that the token is, without backticks; nil for literals, operators and attributes.
  ///
  /// Swift's keywords are names here, too: nothing is declared so.
  var identifier: String? {
    guard let first = text.unicodeScalars.first else { return nil }
    if first == "`" { return String(text.dropFirst().dropLast()) }
    return first == "_" && text.count > 1 || first.properties.isXIDStart || first.value > 0x2000
      ? text : nil
  }
}
