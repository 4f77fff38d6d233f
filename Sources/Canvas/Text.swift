/// How a line of text looks and which part of it lies on its point.
public struct TextStyle: Hashable, Sendable {
  /// Thickness of the strokes.
  public enum Weight: String, Hashable, Sendable { case regular = "normal", bold }
  /// Which part of the text's width lies on its point.
  public enum Anchor: String, Hashable, Sendable { case start, middle, end }
  /// Which part of the text's height lies on its point.
  public enum Baseline: Hashable, Sendable {
    /// The line the letters stand on.
    case alphabetic
    /// Half the height of a capital letter.
    case middle
    /// The top of a capital letter.
    case top
  }

  /// Size of the font in points.
  public var size: Double
  /// Thickness of the strokes.
  public var weight: Weight
  /// Colour of the letters.
  public var color: Color
  /// Which part of the width lies on the point.
  public var anchor: Anchor
  /// Which part of the height lies on the point.
  public var baseline: Baseline
  /// Degrees the text is turned clockwise around its point; −90 reads upwards.
  public var rotation: Double

  /// A style; what is not named is plain 11-point ink that starts at its point.
  public init(
    size: Double = 11, weight: Weight = .regular, color: Color = .ink, anchor: Anchor = .start,
    baseline: Baseline = .alphabetic, rotation: Double = 0
  ) {
    self.size = size
    self.weight = weight
    self.color = color
    self.anchor = anchor
    self.baseline = baseline
    self.rotation = rotation
  }

  /// Height of a capital letter in points (0.716 of the size in Helvetica and its likes).
  public var capHeight: Double { 0.716 * size }

  /// How wide `string` runs in this style, in points.
  public func width(of string: String) -> Double {
    let context = CairoContext(height: 1, width: 1)
    let width = context.advance(of: string, size: size, weight: weight)
    context.check("the text “\(string)”")
    return width
  }

  /// How far the baseline lies below the point.
  var drop: Double {
    switch baseline {
    case .alphabetic: 0
    case .middle: capHeight / 2
    case .top: capHeight
    }
  }
}
