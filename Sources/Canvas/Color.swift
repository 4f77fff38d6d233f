/// A fixed sRGB colour with opacity, each part 0…1.
public struct RGBA: Hashable, Sendable {
  /// Red, 0…1.
  public var red: Double
  /// Green, 0…1.
  public var green: Double
  /// Blue, 0…1.
  public var blue: Double
  /// Opacity, 0 (clear) … 1.
  public var alpha: Double

  /// A colour by its parts.
  public init(_ red: Double, _ green: Double, _ blue: Double, _ alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// An opaque colour by its hexadecimal number, such as `0x1F77B4`.
  public init(hex: UInt32) {
    self.init(
      Double(hex >> 16 & 255) / 255, Double(hex >> 8 & 255) / 255, Double(hex & 255) / 255)
  }
}

/// What a colour is for; the theme says which colour that is.
public enum ColorRole: Hashable, Sendable {
  /// Text and the most important lines.
  case ink
  /// What is drawn on.
  case paper
  /// Secondary text: tick labels, captions.
  case muted
  /// Axes and frames.
  case axis
  /// Grid lines.
  case grid
  /// Large quiet areas.
  case faint
  /// The one thing to look at.
  case accent
  /// Right, hit, better.
  case good
  /// Wrong, miss, worse.
  case bad
  /// Data series; the number is taken modulo 8.
  case series(Int)
}

/// A colour as it is recorded: fixed, or a role that the theme fills in when the drawing is played.
public struct Color: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    case fixed(RGBA)
    case role(ColorRole)
    case readable(on: ColorRole)
  }

  var source: Source
  var opacity = 1.0

  /// The same colour in every theme.
  public static func fixed(_ color: RGBA) -> Color { Color(source: .fixed(color)) }
  /// The same colour in every theme, by its parts 0…1.
  public static func rgb(_ red: Double, _ green: Double, _ blue: Double) -> Color {
    fixed(RGBA(red, green, blue))
  }
  /// The theme's colour for a role.
  public static func role(_ role: ColorRole) -> Color { Color(source: .role(role)) }
  /// Black or white, whichever can be read better on the theme's colour for `role`.
  public static func readable(on role: ColorRole) -> Color {
    Color(source: .readable(on: role))
  }

  /// The theme's text colour.
  public static let ink = role(.ink)
  /// The theme's background.
  public static let paper = role(.paper)
  /// The theme's secondary text.
  public static let muted = role(.muted)
  /// The theme's colour of axes and frames.
  public static let axis = role(.axis)
  /// The theme's colour of grid lines.
  public static let grid = role(.grid)
  /// The theme's colour of large quiet areas.
  public static let faint = role(.faint)
  /// The theme's colour of the one thing to look at.
  public static let accent = role(.accent)
  /// The theme's colour of what is right.
  public static let good = role(.good)
  /// The theme's colour of what is wrong.
  public static let bad = role(.bad)
  /// The theme's colour of a data series, modulo 8.
  public static func series(_ index: Int) -> Color { role(.series(index)) }

  /// The colour made more transparent by the factor `opacity`, 0…1.
  public func opacity(_ opacity: Double) -> Color {
    Color(source: source, opacity: self.opacity * opacity)
  }
}

/// What fills a shape or a line: one colour, or a gradient.
public enum Paint: Hashable, Sendable {
  /// A colour and its place on a gradient, 0…1.
  public struct Stop: Hashable, Sendable {
    /// Place on the gradient, 0…1.
    public var offset: Double
    /// Colour at that place.
    public var color: Color

    /// A colour at a place.
    public init(_ offset: Double, _ color: Color) {
      self.offset = offset
      self.color = color
    }
  }

  /// One colour.
  case color(Color)
  /// Colours along the line from `start` to `end`; the last colour goes on outside.
  case linear(start: Point, end: Point, stops: [Stop])
  /// Colours from `center` (where the innermost is) out to `radius`.
  case radial(center: Point, radius: Double, stops: [Stop])
}
