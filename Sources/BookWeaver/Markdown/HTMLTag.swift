/// Recognises HTML in the middle of a sentence, in which nothing is looked for.
enum HTMLTag {
  /// The length of the tag, comment or `<address>` that begins at `start`; nil where there is none.
  static func length(in bytes: [UInt8], at start: Int) -> Int? {
    // The rest of a line or two is enough for any tag; comments may be longer.
    let rest = bytes[start...]
    if rest.starts(with: "<!--".utf8) {
      var end = start + 4
      while end + 2 < bytes.count {
        if bytes[end...].starts(with: "-->".utf8) { return end + 3 - start }
        end += 1
      }
      return nil
    }
    guard let next = rest.dropFirst().first,
      next == UInt8(ascii: "/") || Unicode.Scalar(next).properties.isAlphabetic
    else { return nil }
    let text = String(decoding: rest.prefix(2000), as: UTF8.self)
    let match = text.prefixMatch(of: tag) ?? text.prefixMatch(of: address)
    return match?.0.utf8.count
  }

  private static var tag: Regex<Substring> {
    /<\/?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/
  }

  private static var address: Regex<Substring> { /<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>/ }
}
