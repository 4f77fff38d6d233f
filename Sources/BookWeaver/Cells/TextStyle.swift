/// How a printed character looks, as far as a page can show it in both themes.
struct TextStyle: Equatable {
  var effects: Effects = []
  var ink: Hue?
  var ground: Hue?

  struct Effects: OptionSet {
    let rawValue: UInt8
    static let bold = Effects(rawValue: 1)
    static let faint = Effects(rawValue: 2)
    static let italic = Effects(rawValue: 4)
    static let underlined = Effects(rawValue: 8)
    static let struck = Effects(rawValue: 16)
    static let inverse = Effects(rawValue: 32)
  }

  /// The colours of printed text: six hues and grey, each with a tone for light and one for dark
  /// pages.
  ///
  /// A program's own colour becomes the nearest of them, so that text can be read on any ground.
  enum Hue: String, CaseIterable {
    case red, green, yellow, blue, magenta, cyan, grey

    /// A colour of 8 bits a channel; nil for what is nearly black or white: the page's own ink.
    init?(red: Int, green: Int, blue: Int) {
      let (r, g, b) = (red, green, blue)
      let (least, most) = (min(r, g, b), max(r, g, b))
      guard most - least >= 40 else {
        guard (64..<192).contains(most) else { return nil }
        self = .grey
        return
      }
      // Each channel counts where it is nearer to the strongest than to the weakest.
      func isStrong(_ channel: Int) -> Bool { 2 * channel >= least + most }
      switch (isStrong(r), isStrong(g), isStrong(b)) {
      case (true, true, _): self = .yellow
      case (true, false, true): self = .magenta
      case (true, false, false): self = .red
      case (false, true, true): self = .cyan
      case (false, true, false): self = .green
      default: self = .blue
      }
    }

    /// A colour of the table of 256: 16 named ones, a cube of 6 × 6 × 6, and 24 greys.
    init?(index: Int) {
      switch index {
      case 0, 7, 15: return nil
      case 8: self = .grey
      case 1..<16: self = [.red, .green, .yellow, .blue, .magenta, .cyan][index % 8 - 1]
      case 16..<232:
        let levels = [0, 95, 135, 175, 215, 255]
        let place = index - 16
        self.init(
          red: levels[place / 36], green: levels[place / 6 % 6], blue: levels[place % 6])
      case 232..<256:
        let level = 8 + 10 * (index - 232)
        self.init(red: level, green: level, blue: level)
      default: return nil
      }
    }
  }

  /// The classes of the page's style sheet.
  var classes: [String] {
    var classes: [String] = []
    if effects.contains(.bold) { classes.append("ansi-bold") }
    if effects.contains(.italic) { classes.append("ansi-italic") }
    if effects.contains(.underlined) { classes.append("ansi-underline") }
    if effects.contains(.struck) { classes.append("ansi-struck") }
    if effects.contains(.inverse) {
      classes.append("ansi-on-\((ink ?? .grey).rawValue)")
    } else if let ground {
      // On a coloured ground the page's ink can be read, other colours cannot.
      classes.append("ansi-on-\(ground.rawValue)")
    } else if let ink {
      classes.append("ansi-\(ink.rawValue)")
    } else if effects.contains(.faint) {
      classes.append("ansi-grey")
    }
    return classes
  }

  /// Follows a “select graphic rendition” sequence, such as `1;31` or `38;2;255;0;0`.
  mutating func follow(_ parameters: String) {
    var codes = parameters.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    }[...]
    while let code = codes.popFirst() {
      switch code[0] {
      case 0: self = TextStyle()
      case 1: effects.insert(.bold)
      case 2: effects.insert(.faint)
      case 3: effects.insert(.italic)
      case 4:
        effects = code.last == 0 ? effects.subtracting(.underlined) : effects.union(.underlined)
      case 7: effects.insert(.inverse)
      case 9: effects.insert(.struck)
      case 21: effects.insert(.underlined)
      case 22: effects.subtract([.bold, .faint])
      case 23: effects.remove(.italic)
      case 24: effects.remove(.underlined)
      case 27: effects.remove(.inverse)
      case 29: effects.remove(.struck)
      case 30...37: ink = Hue(index: code[0] - 30)
      case 38: ink = Self.color(code.dropFirst(), &codes)
      case 39: ink = nil
      case 40...47: ground = Hue(index: code[0] - 40)
      case 48: ground = Self.color(code.dropFirst(), &codes)
      case 49: ground = nil
      case 90...97: ink = Hue(index: code[0] - 82)
      case 100...107: ground = Hue(index: code[0] - 92)
      default: break
      }
    }
  }

  /// The colour after 38 or 48: `5;n` or `2;r;g;b`, with semicolons or, in one piece, with colons.
  private static func color(_ inner: ArraySlice<Int>, _ codes: inout ArraySlice<[Int]>) -> Hue? {
    var values = Array(inner)
    if values.isEmpty {
      let count = codes.first?.first == 2 ? 4 : 2
      values = codes.prefix(count).map { $0[0] }
      codes = codes.dropFirst(count)
    }
    switch (values.first, values.count) {
    case (5, 2...): return Hue(index: values[1])
    case (2, 4...):
      let channels = values.suffix(3).map { min(max($0, 0), 255) }
      return Hue(red: channels[0], green: channels[1], blue: channels[2])
    default: return nil
    }
  }
}
