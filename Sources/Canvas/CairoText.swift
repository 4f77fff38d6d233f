internal import CCairo

/// Typefaces in order of preference: all have Helvetica's widths but the last, which always exists.
let fontFamilies = ["Arial", "Liberation Sans", "Helvetica", "sans-serif"]

/// Part of a line of text whose characters one typeface has.
private struct TextRun {
  var string: String
  var family: String
}

extension CairoContext {
  /// Draws a line of text from the current origin and baseline, in the current source.
  func show(_ string: String, size: Double, weight: TextStyle.Weight) {
    var x = 0.0
    for run in runs(of: string, weight: weight) {
      selectFont(run.family, size: size, weight: weight)
      cairo_move_to(handle, x, 0)
      cairo_show_text(handle, run.string)
      x += advance(of: run)
    }
  }

  /// How far a line of text at `size` moves the pen.
  func advance(of string: String, size: Double, weight: TextStyle.Weight) -> Double {
    runs(of: string, weight: weight).reduce(0) { sum, run in
      selectFont(run.family, size: size, weight: weight)
      return sum + advance(of: run)
    }
  }

  private func advance(of run: TextRun) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(handle, run.string, &extents)
    return extents.x_advance
  }

  /// Cuts text into runs, as browsers do: Cairo itself would draw boxes for what a typeface lacks.
  private func runs(of string: String, weight: TextStyle.Weight) -> [TextRun] {
    let (first, last) = (fontFamilies[0], fontFamilies[fontFamilies.count - 1])
    if has(string, in: first, weight: weight) { return [TextRun(string: string, family: first)] }
    var runs: [TextRun] = []
    for character in string {
      let family = has(String(character), in: first, weight: weight) ? first : last
      if runs.last?.family == family {
        runs[runs.count - 1].string.append(character)
      } else {
        runs.append(TextRun(string: String(character), family: family))
      }
    }
    return runs
  }

  /// Whether a typeface has every character of `string`; glyph 0 stands for those it lacks.
  private func has(_ string: String, in family: String, weight: TextStyle.Weight) -> Bool {
    selectFont(family, size: 10, weight: weight)
    var glyphs: UnsafeMutablePointer<cairo_glyph_t>?
    var count: Int32 = 0
    let status = cairo_scaled_font_text_to_glyphs(
      cairo_get_scaled_font(handle), 0, 0, string, -1, &glyphs, &count, nil, nil, nil)
    defer { cairo_glyph_free(glyphs) }
    guard status == CAIRO_STATUS_SUCCESS else { return true }
    return UnsafeBufferPointer(start: glyphs, count: Int(count)).allSatisfy { $0.index != 0 }
  }
}
