internal import CCairo
internal import Images

/// Something Cairo draws on, and the context that draws; both are destroyed with the object.
final class CairoContext {
  let surface: OpaquePointer
  let handle: OpaquePointer

  /// A bitmap of four bytes a pixel; starts clear.
  init(height: Int, width: Int) {
    surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
    handle = cairo_create(surface)
    check("a bitmap of \(height)×\(width) pixels")
  }

  deinit {
    cairo_destroy(handle)
    cairo_surface_destroy(surface)
  }

  /// Stops with Cairo's message when anything since the last check has failed.
  ///
  /// Failures are lack of memory, absurd sizes, or not-a-number coordinates: bugs, not bad input.
  func check(_ action: String) {
    for status in [cairo_surface_status(surface), cairo_status(handle)]
    where status != CAIRO_STATUS_SUCCESS {
      let reason = String(cString: cairo_status_to_string(status))
      fatalError("Canvas: Cairo could not draw \(action): \(reason)")
    }
  }

  /// Passes the rows of premultiplied pixels (blue, green, red, alpha in native order) and their stride.
  func withPixels<T>(_ body: (UnsafeMutablePointer<UInt32>, _ stride: Int) -> T) -> T {
    cairo_surface_flush(surface)
    guard let bytes = cairo_image_surface_get_data(surface) else {
      fatalError("Canvas: Cairo gives no access to the bitmap")
    }
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    // Cairo aligns every row to four bytes and keeps native 32-bit words in it.
    let result = UnsafeMutableRawPointer(bytes).withMemoryRebound(
      to: UInt32.self, capacity: stride * Int(cairo_image_surface_get_height(surface))
    ) { body($0, stride) }
    cairo_surface_mark_dirty(surface)
    return result
  }

  /// Selects a typeface at `size`, without hinting so that widths grow with the size.
  func selectFont(_ family: String, size: Double, weight: TextStyle.Weight) {
    cairo_select_font_face(
      handle, family, CAIRO_FONT_SLANT_NORMAL,
      weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(handle, size)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(handle, options)
    cairo_font_options_destroy(options)
  }

  /// Replaces the current path.
  func setPath(_ path: Path) {
    cairo_new_path(handle)
    for element in path.elements {
      switch element {
      case .move(let point): cairo_move_to(handle, point.x, point.y)
      case .line(let point): cairo_line_to(handle, point.x, point.y)
      case .curve(let control0, let control1, let end):
        cairo_curve_to(
          handle, control0.x, control0.y, control1.x, control1.y, end.x, end.y)
      case .close: cairo_close_path(handle)
      }
    }
  }

  /// Sets everything about the line that a stroke needs.
  func setStroke(_ stroke: Stroke) {
    cairo_set_line_width(handle, stroke.width)
    cairo_set_dash(handle, stroke.dash, Int32(stroke.dash.count), 0)
    switch stroke.cap {
    case .butt: cairo_set_line_cap(handle, CAIRO_LINE_CAP_BUTT)
    case .round: cairo_set_line_cap(handle, CAIRO_LINE_CAP_ROUND)
    case .square: cairo_set_line_cap(handle, CAIRO_LINE_CAP_SQUARE)
    }
    switch stroke.join {
    case .miter: cairo_set_line_join(handle, CAIRO_LINE_JOIN_MITER)
    case .round: cairo_set_line_join(handle, CAIRO_LINE_JOIN_ROUND)
    case .bevel: cairo_set_line_join(handle, CAIRO_LINE_JOIN_BEVEL)
    }
    // SVG's limit, so that both playbacks cut the same corners.
    cairo_set_miter_limit(handle, 4)
  }

  /// Multiplies `transform` onto the current one.
  func apply(_ transform: Transform) {
    var matrix = cairo_matrix_t()
    cairo_matrix_init(
      &matrix, transform.a, transform.b, transform.c, transform.d, transform.tx, transform.ty)
    cairo_transform(handle, &matrix)
  }
}
