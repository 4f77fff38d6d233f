internal import CCairo

extension Canvas {
  /// The tightest upright rectangle, in points, around everything filled or stroked.
  ///
  /// Counts outlines after all transforms and before any cutting: it may reach outside the canvas, and
  /// clips and opacity change nothing. Text and pictures count with the box they are laid out in.
  /// A stroke under a transform that does not keep shapes is bounded by its transformed box.
  /// Nil when nothing is drawn.
  public var inkBounds: Rectangle? {
    let context = CairoContext(height: 1, width: 1)
    cairo_set_tolerance(context.handle, 1e-2)
    // Cairo keeps coordinates in 1/256: measured larger, they come out finer.
    let zoom = 16.0
    let bounds = context.inkBounds(of: commands, .scaling(zoom, zoom))
    context.check("the outlines to measure")
    return bounds.map {
      Rectangle(x0: $0.x0 / zoom, y0: $0.y0 / zoom, x1: $0.x1 / zoom, y1: $0.y1 / zoom)
    }
  }
}

extension CairoContext {
  fileprivate func inkBounds(of commands: [Command], _ transform: Transform) -> Rectangle? {
    var bounds: Rectangle?
    for command in commands {
      let box: Rectangle?
      switch command {
      case .fill(let path, _): box = fillBounds(path.transformed(by: transform))
      case .stroke(let path, _, let stroke): box = strokeBounds(path, stroke, transform)
      case .text(let string, let point, let style):
        box = fillBounds(style.layoutBox(of: string, at: point).transformed(by: transform))
      case .image(_, let frame, _):
        box = fillBounds(Path.rectangle(frame).transformed(by: transform))
      case .group(let commands, let group):
        box = inkBounds(of: commands, group.transform.then(transform))
      }
      if let box { bounds = bounds?.union(box) ?? box }
    }
    return bounds
  }

  private func fillBounds(_ path: Path) -> Rectangle? {
    setPath(path)
    return measured(by: cairo_path_extents)
  }

  private func strokeBounds(
    _ path: Path, _ stroke: Stroke, _ transform: Transform
  ) -> Rectangle? {
    let scale = transform.uniformScale
    setPath(scale == nil ? path : path.transformed(by: transform))
    var scaled = stroke
    scaled.width *= scale ?? 1
    scaled.dash = stroke.dash.map { $0 * (scale ?? 1) }
    setStroke(scaled)
    guard let box = measured(by: cairo_stroke_extents) else { return nil }
    return scale == nil ? fillBounds(Path.rectangle(box).transformed(by: transform)) : box
  }

  private func measured(
    by extents: (
      OpaquePointer?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?
    ) -> Void
  ) -> Rectangle? {
    var box = Rectangle(x0: 0, y0: 0, x1: 0, y1: 0)
    extents(handle, &box.x0, &box.y0, &box.x1, &box.y1)
    return box.width == 0 && box.height == 0 ? nil : box
  }
}

extension Transform {
  /// The factor by which all lengths grow, or nil when it depends on the direction.
  fileprivate var uniformScale: Double? {
    let (lengthX, lengthY) = ((a * a + b * b).squareRoot(), (c * c + d * d).squareRoot())
    let isSimilar =
      abs(lengthX - lengthY) <= 1e-9 * lengthX && abs(a * c + b * d) <= 1e-9 * lengthX * lengthY
    return isSimilar ? lengthX : nil
  }
}

extension TextStyle {
  /// The box of a line of text: its width, and from an ascender's top to a descender's bottom.
  fileprivate func layoutBox(of string: String, at point: Point) -> Path {
    let width = width(of: string)
    let start =
      switch anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    let box = Rectangle(
      x0: start, y0: drop - 0.74 * size, x1: start + width, y1: drop + 0.21 * size)
    return Path.rectangle(box).transformed(
      by: Transform.rotation(degrees: rotation).then(.translation(point.x, point.y)))
  }
}
