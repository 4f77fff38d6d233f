public import Canvas

/// Figures of any kind side by side, their tops in one line.
public struct FigureRow: Figure {
  /// The figures, from left to right.
  public var figures: [any Figure]
  /// Points between neighbours.
  public var gap: Double

  /// A row; stops when there are no figures.
  public init(_ figures: [any Figure], gap: Double = 26) {
    require(!figures.isEmpty, "FigureRow: there are no figures")
    require(gap >= 0, "FigureRow: the gap is not negative, not \(gap)")
    self.figures = figures
    self.gap = gap
  }

  /// The widths and gaps together, and the height of the highest.
  public var size: CanvasSize {
    let sizes = figures.map(\.size)
    return CanvasSize(
      width: sizes.reduce(0) { $0 + $1.width } + gap * Double(figures.count - 1),
      height: sizes.map(\.height).max() ?? 0)
  }

  /// Records the figures.
  public func draw(on canvas: inout Canvas) {
    var left = 0.0
    for figure in figures {
      canvas.group(transform: .translation(left, 0)) { figure.draw(on: &$0) }
      left += figure.size.width + gap
    }
  }
}
