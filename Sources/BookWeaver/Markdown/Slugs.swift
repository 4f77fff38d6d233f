/// Gives each heading of a page an id of its own that says what the heading says.
struct Slugs {
  private var taken: Set<String>

  /// - Parameter taken: ids that the author has given.
  init(taken: Set<String>) { self.taken = taken }

  /// The id of a heading.
  ///
  /// Letters and digits of any script in lower case, hyphens for blank space; where that is taken,
  /// with the first number that is not.
  mutating func next(for heading: String) -> String {
    var slug = ""
    for character in heading.lowercased() {
      if character.isLetter || character.isNumber || character == "_" {
        slug.append(character)
      } else if character.isWhitespace || character == "-", !slug.hasSuffix("-") {
        slug.append("-")
      }
    }
    slug = String(slug.trimmingPrefix("-"))
    if slug.hasSuffix("-") { slug.removeLast() }
    if slug.isEmpty { slug = "section" }
    var candidate = slug
    var number = 1
    while !taken.insert(candidate).inserted {
      candidate = "\(slug)-\(number)"
      number += 1
    }
    return candidate
  }
}
