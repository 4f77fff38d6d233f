public import Images

/// A recording of drawing commands that plays to SVG, PNG or pixels, in any theme.
///
/// Coordinates are points, x to the right, y down, origin top left. Nothing is drawn while recording.
public struct Canvas: Equatable, Sendable {
  /// How big the drawing is.
  public let size: CanvasSize
  var commands: [Command] = []

  /// An empty recording.
  public init(size: CanvasSize) {
    require(
      size.width > 0 && size.height > 0,
      "Canvas: width and height are positive, not \(size.width)×\(size.height)")
    self.size = size
  }

  // MARK: Shapes

  /// Fills the inside of a path (nonzero winding rule) with paint.
  public mutating func fill(_ path: Path, _ paint: Paint) { commands.append(.fill(path, paint)) }

  /// Fills the inside of a path (nonzero winding rule) with one colour.
  public mutating func fill(_ path: Path, _ color: Color) { fill(path, .color(color)) }

  /// Draws along a path with paint.
  public mutating func stroke(_ path: Path, _ paint: Paint, _ stroke: Stroke = Stroke()) {
    commands.append(.stroke(path, paint, stroke))
  }

  /// Draws along a path with one colour.
  public mutating func stroke(_ path: Path, _ color: Color, _ stroke: Stroke = Stroke()) {
    self.stroke(path, .color(color), stroke)
  }

  // MARK: Text and pictures

  /// Writes one line of text at `point`; the style says which part of the text lies there.
  public mutating func text(_ string: String, at point: Point, _ style: TextStyle = TextStyle()) {
    if !string.isEmpty { commands.append(.text(string, point, style)) }
  }

  /// Places a picture so that it fills `box`.
  public mutating func image(_ image: Image, in box: Rectangle, sampling: Sampling = .smooth) {
    commands.append(.image(image, box, sampling))
  }

  // MARK: Groups

  /// Records what `draw` draws as one group: moved by `transform`, cut to `clip` (in the group's own
  /// coordinates), and made transparent as a whole.
  public mutating func group(
    transform: Transform = .identity, clip: Path? = nil, opacity: Double = 1,
    _ draw: (inout Canvas) throws -> Void
  ) rethrows {
    var inner = Canvas(size: size)
    try draw(&inner)
    guard !inner.commands.isEmpty else { return }
    let group = Group(transform: transform, clip: clip, opacity: opacity)
    commands.append(.group(inner.commands, group))
  }
}

/// How a line is drawn along a path.
public struct Stroke: Hashable, Sendable {
  /// How a line ends.
  public enum Cap: String, Hashable, Sendable { case butt, round, square }
  /// How two pieces of a line meet.
  public enum Join: String, Hashable, Sendable { case miter, round, bevel }

  /// Thickness in points.
  public var width: Double
  /// Lengths drawn and left out in turn, in points; empty for a solid line.
  public var dash: [Double]
  /// How the line ends.
  public var cap: Cap
  /// How its pieces meet.
  public var join: Join

  /// A line of `width` points.
  public init(
    _ width: Double = 1, dash: [Double] = [], cap: Cap = .butt, join: Join = .miter
  ) {
    self.width = width
    self.dash = dash
    self.cap = cap
    self.join = join
  }
}

/// How a picture is shown larger or smaller than it is.
public enum Sampling: Hashable, Sendable {
  /// Each pixel a sharp square.
  case nearest
  /// Interpolated.
  case smooth
}

/// One recorded step.
indirect enum Command: Equatable, Sendable {
  case fill(Path, Paint)
  case stroke(Path, Paint, Stroke)
  case text(String, Point, TextStyle)
  case image(Image, Rectangle, Sampling)
  case group([Command], Group)
}

/// What holds for a whole group of commands.
struct Group: Equatable, Sendable {
  var transform: Transform
  var clip: Path?
  var opacity: Double
}
