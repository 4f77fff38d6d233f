import BookFormat

/// The package's manifest as far as a program's code depends on it: without comments, blank space,
/// the table of chapters, and targets that it does not link.
///
/// - Parameter modules: the modules that the program links.
func settingsText(_ manifest: String, linking modules: Set<String>) -> String {
  var tokens = swiftTokens(manifest)
  if let range = chapterTable(tokens) { tokens.removeSubrange(range) }
  for range in targets(in: tokens).reversed() {
    // A target's name is its first argument; that of the chapters is no literal.
    let name = tokens[range].first { $0.text.hasPrefix("\"") }.map {
      $0.text.dropFirst().dropLast()
    }
    let isTest = tokens[range.lowerBound + 1].text == "testTarget"
    guard let name, isTest || !modules.contains(String(name)) else { continue }
    tokens.removeSubrange(range)
  }
  return canonicalText(tokens)
}

/// Where `let chapters = [ … ]` stands in a manifest.
func chapterTable(_ tokens: [SwiftToken]) -> Range<Int>? {
  let opening = ["let", "chapters", "=", "["]
  guard
    let start = tokens.indices.first(where: { tokens[$0...].prefix(4).map(\.text) == opening }),
    let end = tokens[start...].firstIndex(where: { $0.text == "]" })
  else { return nil }
  return start..<end + 1
}

/// Where `.target(name: "…", …)` and its like stand in a manifest, the commas after them included.
private func targets(in tokens: [SwiftToken]) -> [Range<Int>] {
  let kinds: Set = ["target", "executableTarget", "systemLibrary", "testTarget"]
  return tokens.indices.compactMap { start in
    guard start + 5 < tokens.count, tokens[start].text == ".",
      kinds.contains(tokens[start + 1].text), tokens[start + 2].text == "(",
      tokens[start + 3].text == "name", tokens[start + 5].text.hasPrefix("\"")
    else { return nil }
    var depth = 0
    let end = tokens[(start + 2)...].firstIndex { token in
      depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0
      return depth == 0
    }
    return end.map { end in
      start..<(tokens.dropFirst(end + 1).first?.text == "," ? end + 2 : end + 1)
    }
  }
}
