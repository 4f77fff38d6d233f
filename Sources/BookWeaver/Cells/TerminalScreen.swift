import BookFormat

/// What a terminal shows after a program has printed: bars that were drawn over and over stand there
/// once, in their last state.
///
/// Text, line ends, tabulators, the cursor's moves, erasing and styles have an effect; links, titles
/// and all other controls have none.
struct TerminalScreen {
  /// A character in its place.
  struct Glyph: Equatable {
    var scalar: Unicode.Scalar
    var style = TextStyle()
    var stream = TextStream.stdout
  }

  /// How far to the right a program may move without printing.
  private static let mostColumns = 240

  private(set) var lines: [[Glyph]] = []
  private var row = 0 {
    didSet { lastRow = max(lastRow, row) }
  }
  /// The lowest row that the cursor has been in.
  private var lastRow = 0
  private var column = 0
  private var style = TextStyle()

  /// Prints `text`.
  mutating func print(_ text: String, to stream: TextStream) {
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\n": (row, column) = (row + 1, 0)
      case "\r": column = 0
      case "\u{8}": column = max(0, column - 1)
      case "\t":
        repeat { put(" ", stream) } while column % 8 != 0
      case "\u{1b}": followEscape(&scalars)
      case "\u{9b}": followControlSequence(&scalars)
      case "\u{90}", "\u{98}", "\u{9d}", "\u{9e}", "\u{9f}": skipString(&scalars)
      default: if Self.isVisible(scalar) { put(scalar, stream) }
      }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar, _ stream: TextStream) {
    while lines.count <= row { lines.append([]) }
    while lines[row].count < column { lines[row].append(Glyph(scalar: " ")) }
    let glyph = Glyph(scalar: scalar, style: style, stream: stream)
    if column < lines[row].count { lines[row][column] = glyph } else { lines[row].append(glyph) }
    column += 1
  }

  /// Whether a character shows itself: no control, nothing that turns the text around it.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff,
      0xfff9...0xfffb:
      false
    default: !scalar.properties.isNoncharacterCodePoint
    }
  }

  private mutating func followEscape(_ scalars: inout Substring.UnicodeScalarView) {
    switch scalars.popFirst() {
    case "[": followControlSequence(&scalars)
    case "]", "P", "X", "^", "_": skipString(&scalars)
    case let scalar? where (0x20...0x2f).contains(scalar.value):
      scalars = scalars.drop { (0x20...0x2f).contains($0.value) }.dropFirst()
    default: break
    }
  }

  /// Skips a command string, such as a link or a title: up to its end mark or the end of the line.
  private func skipString(_ scalars: inout Substring.UnicodeScalarView) {
    while let scalar = scalars.first, scalar != "\n" {
      scalars = scalars.dropFirst()
      if scalar == "\u{7}" || scalar == "\u{9c}" { return }
      if scalar == "\u{1b}" {
        if scalars.first == "\\" { scalars = scalars.dropFirst() }
        return
      }
    }
  }

  private mutating func followControlSequence(_ scalars: inout Substring.UnicodeScalarView) {
    let parameters = String(scalars.prefix { (0x30...0x3f).contains($0.value) })
    scalars = scalars.dropFirst(parameters.unicodeScalars.count)
    let isPlain = !(0x20...0x2f).contains(scalars.first?.value ?? 0)
    scalars = scalars.drop { (0x20...0x2f).contains($0.value) }
    guard let final = scalars.first, (0x40...0x7e).contains(final.value) else { return }
    scalars = scalars.dropFirst()
    guard isPlain else { return }
    let numbers = parameters.split(separator: ";").map { min(Int($0) ?? 0, 1 << 16) }
    let count = max(1, numbers.first ?? 1)
    switch final {
    case "m": style.follow(parameters)
    case "A": row = max(0, row - count)
    case "B": row = min(lastRow, row + count)
    case "C": column = min(column + count, max(column, Self.mostColumns))
    case "D": column = max(0, column - count)
    case "E": (row, column) = (min(lastRow, row + count), 0)
    case "F": (row, column) = (max(0, row - count), 0)
    case "G": column = min(count - 1, Self.mostColumns)
    case "H", "f":
      row = min(count - 1, lastRow)
      column = min(max(1, numbers.dropFirst().first ?? 1) - 1, Self.mostColumns)
    case "J": eraseScreen(numbers.first ?? 0)
    case "K": eraseLine(numbers.first ?? 0)
    default: break
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    if part == 0 {
      eraseLine(0)
      lines = Array(lines.prefix(row + 1))
    } else if part >= 2 {
      lines = []
      (row, column, lastRow) = (0, 0, 0)
    }
  }

  private mutating func eraseLine(_ part: Int) {
    guard row < lines.count else { return }
    switch part {
    case 0: lines[row] = Array(lines[row].prefix(column))
    case 1:
      for place in 0..<min(column + 1, lines[row].count) { lines[row][place] = Glyph(scalar: " ") }
    default: lines[row] = []
    }
  }
}
