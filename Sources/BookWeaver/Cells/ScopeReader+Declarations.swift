import BookFormat

/// Functions, types and their parameters.
extension ScopeReader {
  mutating func function(_ index: Int) {
    declare(index + 1)
    openHeader()
    parameters(after: index + 2)
  }

  mutating func initializer(_ index: Int) {
    guard !isMember(index) else { return }
    leaveBodiless()
    guard case .brace(let scope, _)? = frames.last, scopes[scope].typeName != nil else { return }
    openHeader()
    parameters(after: index + 1)
  }

  /// Generic parameters and parameters from `index` on.
  mutating func parameters(after index: Int) {
    var place = index
    while ["?", "!"].contains(text(place)) { place += 1 }
    place = genericParameters(place)
    guard text(place) == "(" else { return }
    var depth = 0
    for token in place...min(closing(place), tokens.count - 1) {
      if ["(", "[", "{"].contains(text(token)) { depth += 1 }
      if [")", "]", "}"].contains(text(token)) { depth -= 1 }
      guard depth == 1, text(token + 1) == ":", isName(token) else { continue }
      let hasLabel = isName(token - 1) && ["(", ","].contains(text(token - 2))
      guard hasLabel || ["(", ","].contains(text(token - 1)) else { continue }
      if hasLabel { silent.insert(token - 1) }
      declare(token)
    }
  }

  mutating func genericParameters(_ index: Int) -> Int {
    guard text(index) == "<" else { return index }
    var place = index
    while place < tokens.count, !text(place).hasPrefix(">") {
      if ["<", ","].contains(text(place)) { declare(place + 1) }
      place += 1
    }
    return place + 1
  }

  mutating func type(_ index: Int) {
    guard !isMember(index), isName(index + 1),
      ["{", ":", "<", ".", "where"].contains(text(index + 2))
    else { return }
    let isExtension = text(index) == "extension"
    if !isExtension { declare(index + 1) }
    var name = index + 1
    while text(name + 1) == ".", isName(name + 2) { name += 2 }
    openHeader(typeName: text(name), isEnum: text(index) == "enum")
    if !isExtension { _ = genericParameters(index + 2) }
  }

  mutating func enumCases(_ index: Int) {
    guard case .brace(_, isEnum: true)? = frames.last else { return }
    var place = index + 1
    while isName(place) {
      declare(place)
      place += 1
      if text(place) == "(" { place = closing(place) + 1 }
      if text(place) == "=" { place += text(place + 1) == "-" ? 3 : 2 }
      guard text(place) == "," else { return }
      place += 1
    }
  }
}
