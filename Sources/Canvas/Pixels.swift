internal import CCairo
internal import Foundation
public import Images

extension Canvas {
  /// The drawing as a picture of `scale` pixels a point, on the theme's paper.
  ///
  /// Edges are antialiased. With `supersampling` n, each pixel is the mean of n×n finer ones: textures
  /// and clipped edges, which Cairo samples once, get as smooth as outlines.
  public func pixels(theme: Theme = .light, scale: Double = 1, supersampling: Int = 1) -> Image {
    let fine = rendered(theme: theme, scale: scale, supersampling: supersampling, onPaper: true)
    let (height, width) = pixelSize(scale: scale)
    let block = supersampling * supersampling
    let bytes = fine.withPixels { words, stride in
      [UInt8](unsafeUninitializedCapacity: 3 * height * width) { bytes, count in
        for y in 0..<height {
          for x in 0..<width {
            var (red, green, blue) = (block / 2, block / 2, block / 2)
            for row in 0..<supersampling {
              let start = (y * supersampling + row) * stride + x * supersampling
              for word in start..<start + supersampling {
                let value = words[word]
                red += Int(value >> 16 & 255)
                green += Int(value >> 8 & 255)
                blue += Int(value & 255)
              }
            }
            let place = 3 * (y * width + x)
            bytes[place] = UInt8(red / block)
            bytes[place + 1] = UInt8(green / block)
            bytes[place + 2] = UInt8(blue / block)
          }
        }
        count = 3 * height * width
      }
    }
    return Image(height: height, width: width, pixels: bytes)
  }

  /// How much of each pixel the drawing covers, 0…255, of shape (height, width), row after row.
  ///
  /// Draws without paper: an exact mask of whatever was recorded.
  public func coverage(scale: Double = 1) -> [UInt8] {
    let (height, width) = pixelSize(scale: scale)
    return rendered(theme: .light, scale: scale, supersampling: 1, onPaper: false)
      .withPixels { words, stride in
        (0..<height * width).map {
          UInt8(truncatingIfNeeded: words[$0 / width * stride + $0 % width] >> 24)
        }
      }
  }

  /// Height and width in pixels: the size times the scale, rounded up.
  private func pixelSize(scale: Double) -> (height: Int, width: Int) {
    // A thousandth of slack keeps 100 points at scale 1.1 at 110 pixels.
    (
      Int((size.height * scale - 1e-3).rounded(.up)), Int((size.width * scale - 1e-3).rounded(.up))
    )
  }

  private func rendered(
    theme: Theme, scale: Double, supersampling: Int, onPaper: Bool
  ) -> CairoContext {
    require(scale > 0 && supersampling > 0, "Canvas: scale and supersampling are positive")
    let (height, width) = pixelSize(scale: scale)
    require(
      height * width <= Image.largestPixelCount,
      "Canvas: \(height)×\(width) pixels are too many; use a smaller scale")
    let context = CairoContext(height: height * supersampling, width: width * supersampling)
    if onPaper {
      context.setPaint(.color(.paper), theme)
      cairo_paint(context.handle)
    }
    cairo_scale(context.handle, scale * Double(supersampling), scale * Double(supersampling))
    context.play(commands, theme)
    context.check("the recording")
    return context
  }
}

extension CairoContext {
  /// Draws commands one after the other.
  func play(_ commands: [Command], _ theme: Theme) {
    for command in commands {
      switch command {
      case .fill(let path, let paint):
        setPath(path)
        setPaint(paint, theme)
        cairo_fill(handle)
      case .stroke(let path, let paint, let stroke):
        setPath(path)
        setPaint(paint, theme)
        setStroke(stroke)
        cairo_stroke(handle)
      case .text(let string, let point, let style): draw(string, at: point, style, theme)
      case .image(let image, let box, let sampling): draw(image, in: box, sampling)
      case .group(let commands, let group): draw(commands, group, theme)
      }
    }
  }

  /// Makes `paint` the source of what is drawn next.
  func setPaint(_ paint: Paint, _ theme: Theme) {
    let pattern: OpaquePointer?
    let stops: [Paint.Stop]
    switch paint {
    case .color(let color):
      let fixed = theme.resolve(color)
      return cairo_set_source_rgba(handle, fixed.red, fixed.green, fixed.blue, fixed.alpha)
    case .linear(let start, let end, let recorded):
      pattern = cairo_pattern_create_linear(start.x, start.y, end.x, end.y)
      stops = recorded
    case .radial(let center, let radius, let recorded):
      pattern = cairo_pattern_create_radial(
        center.x, center.y, 0, center.x, center.y, radius)
      stops = recorded
    }
    for stop in stops {
      let fixed = theme.resolve(stop.color)
      cairo_pattern_add_color_stop_rgba(
        pattern, stop.offset, fixed.red, fixed.green, fixed.blue, fixed.alpha)
    }
    cairo_set_source(handle, pattern)
    cairo_pattern_destroy(pattern)
  }

  private func draw(_ string: String, at point: Point, _ style: TextStyle, _ theme: Theme) {
    cairo_save(handle)
    apply(Transform.rotation(degrees: style.rotation).then(.translation(point.x, point.y)))
    let shift: Double
    switch style.anchor {
    case .start: shift = 0
    case .middle: shift = style.width(of: string) / 2
    case .end: shift = style.width(of: string)
    }
    setPaint(.color(style.color), theme)
    cairo_translate(handle, -shift, style.drop)
    show(string, size: style.size, weight: style.weight)
    cairo_restore(handle)
  }

  private func draw(_ image: Image, in box: Rectangle, _ sampling: Sampling) {
    let picture = CairoContext(height: image.height, width: image.width)
    picture.withPixels { words, stride in
      image.pixels.withUnsafeBufferPointer { bytes in
        for y in 0..<image.height {
          for x in 0..<image.width {
            let place = 3 * (y * image.width + x)
            words[y * stride + x] =
              0xFF00_0000 | UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8
              | UInt32(bytes[place + 2])
          }
        }
      }
    }
    cairo_save(handle)
    apply(
      Transform.scaling(box.width / Double(image.width), box.height / Double(image.height))
        .then(.translation(box.x0, box.y0)))
    cairo_set_source_surface(handle, picture.surface, 0, 0)
    let pattern = cairo_get_source(handle)
    // Without this the edges of an enlarged picture fade into what lies below.
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    cairo_pattern_set_filter(
      pattern, sampling == .nearest ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD)
    cairo_rectangle(handle, 0, 0, Double(image.width), Double(image.height))
    cairo_fill(handle)
    cairo_restore(handle)
  }

  private func draw(_ commands: [Command], _ group: Group, _ theme: Theme) {
    cairo_save(handle)
    apply(group.transform)
    if let clip = group.clip {
      setPath(clip)
      cairo_clip(handle)
    }
    if group.opacity < 1 {
      cairo_push_group(handle)
      play(commands, theme)
      cairo_pop_group_to_source(handle)
      cairo_paint_with_alpha(handle, group.opacity)
    } else {
      play(commands, theme)
    }
    cairo_restore(handle)
  }
}
