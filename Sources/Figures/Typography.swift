internal import Canvas

/// The texts of all figures, so that they look like one book.
enum Typography {
  static let title = TextStyle(size: 13, weight: .bold)
  static let axisLabel = TextStyle(size: 11.5, color: .ink)
  static let tick = TextStyle(size: 11, color: .muted)
  static let legend = TextStyle(size: 11, baseline: .middle)
  static let caption = TextStyle(size: 11, color: .muted)
  static let tag = TextStyle(size: 11, weight: .bold, baseline: .middle)
  /// Distance from one baseline to the next.
  static let lineHeight = 15.0
}

/// `text` cut at blanks into lines of at most `width` points; a longer word gets a line of its own.
func wrapped(_ text: String, width: Double, _ style: TextStyle) -> [String] {
  var lines: [String] = []
  for word in text.split(whereSeparator: \.isWhitespace) {
    if let line = lines.last, style.width(of: "\(line) \(word)") <= width {
      lines[lines.count - 1] = "\(line) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
