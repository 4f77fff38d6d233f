internal import Foundation
internal import Images

extension Canvas {
  /// The drawing as a stand-alone SVG 1.1 document, the same bytes for the same recording and theme.
  ///
  /// Text stays text, with the width it was laid out with, so that it fits in any typeface. Pictures
  /// are embedded as PNG. `idPrefix` keeps the ids of several drawings in one page apart.
  public func svg(theme: Theme = .light, idPrefix: String = "") -> String {
    var writer = SVGWriter(theme: theme, idPrefix: idPrefix)
    writer.write(commands)
    let (width, height) = (number(size.width), number(size.height))
    let families = fontFamilies.map { $0.contains(" ") ? "'\($0)'" : $0 }
    let paper = SVGWriter.attributes("fill", theme.resolve(.paper))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      font-family="\(families.joined(separator: ", "))">
      <rect width="\(width)" height="\(height)"\(paper)/>
      \(writer.body)</svg>

      """
  }
}

/// Turns commands into SVG elements, one a line.
private struct SVGWriter {
  let theme: Theme
  let idPrefix: String
  var body = ""
  private var idCount = 0
  private var pictures: [WrittenPicture] = []

  /// A picture in the document, which others like it refer to.
  private struct WrittenPicture {
    let id: String
    let image: Image
    let box: Rectangle
    let sampling: Sampling
  }

  init(theme: Theme, idPrefix: String) {
    self.theme = theme
    self.idPrefix = idPrefix
  }

  mutating func write(_ commands: [Command]) {
    for command in commands {
      switch command {
      case .fill(let path, let paint):
        let fill = reference(paint, for: "fill")
        body += "<path d=\"\(data(path))\"\(fill)/>\n"
      case .stroke(let path, let paint, let stroke):
        let line = reference(paint, for: "stroke") + attributes(stroke)
        body += "<path d=\"\(data(path))\" fill=\"none\"\(line)/>\n"
      case .text(let string, let point, let style): write(string, at: point, style)
      case .image(let image, let box, let sampling): write(image, in: box, sampling)
      case .group(let commands, let group): write(commands, group)
      }
    }
  }

  private mutating func write(_ string: String, at point: Point, _ style: TextStyle) {
    var text = "<text"
    if style.rotation == 0 {
      text += " x=\"\(number(point.x))\" y=\"\(number(point.y + style.drop))\""
    } else {
      let turn = Transform.rotation(degrees: style.rotation).then(.translation(point.x, point.y))
      text += " x=\"0\" y=\"\(number(style.drop))\"\(attribute(turn))"
    }
    text += " font-size=\"\(number(style.size))\""
    if style.weight != .regular { text += " font-weight=\"\(style.weight.rawValue)\"" }
    if style.anchor != .start { text += " text-anchor=\"\(style.anchor.rawValue)\"" }
    text += Self.attributes("fill", theme.resolve(style.color))
    if string.count > 1 { text += " textLength=\"\(number(style.width(of: string)))\"" }
    // Else XML readers drop blanks at the ends and join those in a row.
    if string.hasPrefix(" ") || string.hasSuffix(" ") || string.contains("  ") {
      text += " xml:space=\"preserve\""
    }
    body += "\(text)>\(escaped(string))</text>\n"
  }

  /// Writes a picture, or where it was written before in this size, a reference to it.
  private mutating func write(_ image: Image, in box: Rectangle, _ sampling: Sampling) {
    let same = pictures.first {
      $0.box.width == box.width && $0.box.height == box.height && $0.sampling == sampling
        && $0.image == image
    }
    if let same {
      let shift = Transform.translation(box.x0 - same.box.x0, box.y0 - same.box.y0)
      body += "<use xlink:href=\"#\(same.id)\"\(shift == .identity ? "" : attribute(shift))/>\n"
      return
    }
    let picture = WrittenPicture(id: nextID(), image: image, box: box, sampling: sampling)
    pictures.append(picture)
    let png: Data
    do {
      png = try image.pngData()
    } catch {
      fatalError("Canvas: \(error)")
    }
    let smoothness = sampling == .nearest ? " image-rendering=\"pixelated\"" : ""
    body += """
      <image id="\(picture.id)" x="\(number(box.x0))" y="\(number(box.y0))" width="\(number(box.width))" \
      height="\(number(box.height))" preserveAspectRatio="none"\(smoothness) \
      xlink:href="data:image/png;base64,\(png.base64EncodedString())"/>

      """
  }

  private mutating func write(_ commands: [Command], _ group: Group) {
    var opening = "<g"
    if group.transform != .identity { opening += attribute(group.transform) }
    if group.opacity < 1 { opening += " opacity=\"\(number(group.opacity))\"" }
    if let clip = group.clip {
      let id = nextID()
      body += "<clipPath id=\"\(id)\"><path d=\"\(data(clip))\"/></clipPath>\n"
      opening += " clip-path=\"url(#\(id))\""
    }
    body += opening + ">\n"
    write(commands)
    body += "</g>\n"
  }

  /// The attribute that paints with `paint`; a gradient is written out first.
  private mutating func reference(_ paint: Paint, for attribute: String) -> String {
    let kind: String
    let place: String
    let stops: [Paint.Stop]
    switch paint {
    case .color(let color):
      return Self.attributes(attribute, theme.resolve(color))
    case .linear(let start, let end, let recorded):
      kind = "linearGradient"
      place =
        "x1=\"\(number(start.x))\" y1=\"\(number(start.y))\""
        + " x2=\"\(number(end.x))\" y2=\"\(number(end.y))\""
      stops = recorded
    case .radial(let center, let radius, let recorded):
      kind = "radialGradient"
      place = "cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
      stops = recorded
    }
    let id = nextID()
    body += "<\(kind) id=\"\(id)\" gradientUnits=\"userSpaceOnUse\" \(place)>"
    for stop in stops {
      let color = Self.attributes("stop-color", theme.resolve(stop.color), opacity: "stop-opacity")
      body += "<stop offset=\"\(number(stop.offset))\"\(color)/>"
    }
    body += "</\(kind)>\n"
    return " \(attribute)=\"url(#\(id))\""
  }

  private mutating func nextID() -> String {
    idCount += 1
    return "\(idPrefix)i\(idCount)"
  }

  private func attributes(_ stroke: Stroke) -> String {
    var text = " stroke-width=\"\(number(stroke.width))\""
    if !stroke.dash.isEmpty {
      text += " stroke-dasharray=\"\(stroke.dash.map { number($0) }.joined(separator: " "))\""
    }
    if stroke.cap != .butt { text += " stroke-linecap=\"\(stroke.cap.rawValue)\"" }
    if stroke.join != .miter { text += " stroke-linejoin=\"\(stroke.join.rawValue)\"" }
    return text
  }

  private func attribute(_ transform: Transform) -> String {
    let linear = [transform.a, transform.b, transform.c, transform.d].map { number($0, digits: 6) }
    let shift = [transform.tx, transform.ty].map { number($0) }
    return " transform=\"matrix(\((linear + shift).joined(separator: " ")))\""
  }

  /// A colour as two attributes, the opacity left out where it is 1.
  static func attributes(_ name: String, _ color: RGBA, opacity: String? = nil) -> String {
    let parts = [color.red, color.green, color.blue].map { part in
      let hex = String(Int((min(max(part, 0), 1) * 255).rounded()), radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }
    let fill = " \(name)=\"#\(parts.joined())\""
    guard color.alpha < 1 else { return fill }
    return fill + " \(opacity ?? name + "-opacity")=\"\(number(color.alpha, digits: 3))\""
  }
}

/// A path in SVG's path language.
private func data(_ path: Path) -> String {
  func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
  return path.elements.map {
    switch $0 {
    case .move(let point): "M\(pair(point))"
    case .line(let point): "L\(pair(point))"
    case .curve(let control0, let control1, let end):
      "C\(pair(control0)) \(pair(control1)) \(pair(end))"
    case .close: "Z"
    }
  }.joined()
}

/// A number with at most `digits` decimals and no needless zeros.
private func number(_ value: Double, digits: Int = 2) -> String {
  require(value.isFinite, "Canvas: a coordinate is not a finite number")
  let scale = digits == 2 ? 100.0 : digits == 3 ? 1e3 : 1e6
  let rounded = (value * scale).rounded() / scale
  let text = rounded == 0 ? "0" : "\(rounded)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// `text` with the characters that XML reserves, or forbids, replaced.
private func escaped(_ text: String) -> String {
  var safe = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": safe += "&amp;"
    case "<": safe += "&lt;"
    case ">": safe += "&gt;"
    case "\"": safe += "&quot;"
    case "\t", "\n", "\r": safe += " "
    // XML 1.0 has no way to write these.
    case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": safe += "\u{FFFD}"
    default: safe.unicodeScalars.append(scalar)
    }
  }
  return safe
}
