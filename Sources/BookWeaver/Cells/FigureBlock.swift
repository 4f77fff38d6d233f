import BookFormat

/// A figure that a cell showed, with its number and caption, as Markdown's figures have them.
///
/// Two pictures, one of which the style sheet shows: it follows the reader's choice of theme as well
/// as the system's, which a `<picture>` does not. The other one is not loaded.
struct FigureBlock {
  var entry: FigureEntry
  /// Such as `8.2`.
  var number: String
  var caption: String?
  var anchor: String

  var html: String {
    """
    <figure class="figure" id="\(HTMLText.escaped(anchor))">\
    \(picture(file: "\(entry.name).svg", className: "only-light"))\
    \(picture(file: "\(entry.name)-dark.svg", className: "only-dark"))\
    \(Self.caption(number, caption))</figure>
    """
  }

  private func picture(file: String, className: String) -> String {
    let address = "\(ResultFile.figures)/\(addressPart(file))"
    let (width, height) = (entry.width, entry.height)
    let size = [("width", width), ("height", height)].map { name, points in
      "\(name)=\"\(Int(min(max(points, 1), 1e5).rounded(.up)))\""
    }
    return """
      <a class="\(className)" href="\(address)"><img src="\(address)" \(size[0]) \(size[1]) \
      alt="\(HTMLText.escaped(entry.alt))" loading="lazy" decoding="async"></a>
      """
  }

  /// A place for a figure that is not drawn yet, so that the numbers of those behind it stay.
  static func missing(anchor: String, number: String, caption: String?) -> String {
    """
    <figure class="figure is-missing" id="\(HTMLText.escaped(anchor))">\
    <p>Drawn when the chapter runs.</p>\(Self.caption(number, caption))</figure>
    """
  }

  private static func caption(_ number: String, _ text: String?) -> String {
    let words = text.map { " \(HTMLText.escaped($0))" } ?? ""
    return "<figcaption><span class=\"caption-number\">Figure \(number)</span>\(words)</figcaption>"
  }
}

/// A file's name as part of an address: whatever it holds, it leads nowhere else.
func addressPart(_ name: String) -> String {
  let safe = name.utf8.map { byte -> String in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      String(Unicode.Scalar(byte))
    default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }.joined()
  return safe
}
