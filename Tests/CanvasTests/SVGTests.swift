import Canvas
import Foundation
import FoundationXML
import Images
import Testing

@Suite struct SVGTests {
  /// A drawing with every kind of command.
  private var everything: Canvas {
    var canvas = Canvas(size: CanvasSize(width: 100, height: 50))
    canvas.fill(.circle(center: Point(20, 20), radius: 10), .accent)
    canvas.stroke(
      .arc(center: Point(50, 20), radius: 8, from: 10, to: 200), Color.series(2).opacity(0.5),
      Stroke(2, dash: [3, 1], cap: .round, join: .bevel))
    canvas.fill(
      .rectangle(Rectangle(x: 60, y: 0, width: 20, height: 20)),
      .linear(
        start: Point(60, 0), end: Point(80, 0), stops: [.init(0, .ink), .init(1, .paper)]))
    canvas.group(
      transform: .rotation(degrees: 30), clip: .circle(center: Point(40, 0), radius: 9),
      opacity: 0.5
    ) {
      $0.fill(
        .polygon([Point(30, -9), Point(50, -9), Point(40, 9)]),
        .radial(
          center: Point(40, 0), radius: 9,
          stops: [.init(0, Color.good.opacity(0.2)), .init(1, .bad)]))
    }
    canvas.image(
      Image(height: 1, width: 1, pixels: [1, 2, 3]),
      in: Rectangle(x: 0, y: 40, width: 5, height: 5), sampling: .nearest)
    canvas.text(
      "IoU < 0.5 & \"score\" > 0.9\u{1}", at: Point(5, 48),
      TextStyle(weight: .bold, anchor: .end, rotation: -90))
    return canvas
  }

  /// The text content and attribute values of a document, or nil when it is not XML.
  private func parsed(_ svg: String) -> Reader? {
    let parser = XMLParser(data: Data(svg.utf8))
    let reader = Reader()
    parser.delegate = reader
    return parser.parse() ? reader : nil
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var text = ""
    var names: [String] = []
    var ids: [String] = []
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      names.append(name)
      if let id = attributes["id"] { ids.append(id) }
    }
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  @Test func `a drawing of everything is well-formed XML`() throws {
    let reader = try #require(parsed(everything.svg(theme: .dark)))
    #expect(Set(reader.names).isSuperset(of: ["svg", "path", "g", "clipPath", "image", "text"]))
    #expect(reader.names.contains("linearGradient") && reader.names.contains("radialGradient"))
    #expect(Set(reader.ids).count == 4 && reader.ids.count == 4)
  }

  @Test func `what XML reserves is escaped and what it forbids is replaced`() throws {
    let reader = try #require(parsed(everything.svg()))
    #expect(reader.text.contains("IoU < 0.5 & \"score\" > 0.9\u{FFFD}"))
  }

  @Test func `the same recording gives the same bytes`() {
    #expect(everything.svg() == everything.svg())
    #expect(everything.svg(theme: .light) != everything.svg(theme: .dark))
  }

  @Test func `ids take the prefix`() throws {
    let reader = try #require(parsed(everything.svg(idPrefix: "loss-")))
    #expect(reader.ids == ["loss-i1", "loss-i2", "loss-i3", "loss-i4"])
    #expect(everything.svg(idPrefix: "loss-").contains("url(#loss-i1)"))
  }

  @Test func `blanks in a row are kept`() {
    var canvas = Canvas(size: CanvasSize(width: 50, height: 10))
    canvas.text("a  b", at: Point(0, 9))
    canvas.text("c d", at: Point(0, 9))
    let lines = canvas.svg().split(separator: "\n")
    #expect(lines.first { $0.contains("a  b") }?.contains("xml:space=\"preserve\"") == true)
    #expect(lines.first { $0.contains("c d") }?.contains("xml:space") == false)
  }

  @Test func `an embedded picture decodes to the same pixels`() throws {
    let picture = Image(height: 2, width: 2, pixels: (0..<12).map { UInt8($0 * 20) })
    var canvas = Canvas(size: CanvasSize(width: 8, height: 8))
    canvas.image(picture, in: Rectangle(x: 0, y: 0, width: 8, height: 8), sampling: .nearest)
    let svg = canvas.svg()
    let code = try #require(svg.split(separator: "base64,").last?.prefix { $0 != "\"" })
    let data = try #require(Data(base64Encoded: String(code)))
    #expect(try Image(png: data) == picture)
    #expect(svg.contains("image-rendering=\"pixelated\""))
  }

  @Test func `a picture drawn again in its size is embedded once, others each`() throws {
    let picture = Image(height: 2, width: 2, pixels: (0..<12).map { UInt8($0 * 20) })
    let other = Image(height: 2, width: 2, pixels: (0..<12).map { UInt8($0 * 10) })
    var canvas = Canvas(size: CanvasSize(width: 40, height: 40))
    canvas.image(picture, in: Rectangle(x: 0, y: 0, width: 8, height: 8))
    canvas.image(picture, in: Rectangle(x: 10, y: 20, width: 8, height: 8))
    canvas.image(other, in: Rectangle(x: 0, y: 0, width: 8, height: 8))
    canvas.image(picture, in: Rectangle(x: 0, y: 0, width: 9, height: 8))
    canvas.image(picture, in: Rectangle(x: 0, y: 0, width: 8, height: 8), sampling: .nearest)
    canvas.group(transform: .translation(3, 0)) {
      $0.image(picture, in: Rectangle(x: 0, y: 0, width: 8, height: 8))
    }
    let svg = canvas.svg()
    let reader = try #require(parsed(svg))
    #expect(reader.names.count { $0 == "image" } == 4)
    #expect(reader.names.count { $0 == "use" } == 2)
    #expect(svg.contains("<use xlink:href=\"#i1\" transform=\"matrix(1 0 0 1 10 20)\"/>"))
    #expect(svg.contains("<use xlink:href=\"#i1\"/>"))
  }

  @Test func `a small drawing is exactly this`() {
    var canvas = Canvas(size: CanvasSize(width: 12, height: 8.5))
    canvas.stroke(.line(Point(1.0 / 3, 0), Point(-0.001, 4)), .rgb(1, 0.5, 0), Stroke(1.5))
    canvas.text("a", at: Point(2, 3), TextStyle(size: 10, color: .rgb(0, 0, 0)))
    #expect(
      canvas.svg() == """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
        width="12" height="8.5" viewBox="0 0 12 8.5" \
        font-family="Arial, 'Liberation Sans', Helvetica, sans-serif">
        <rect width="12" height="8.5" fill="#ffffff"/>
        <path d="M0.33 0L0 4" fill="none" stroke="#ff8000" stroke-width="1.5"/>
        <text x="2" y="3" font-size="10" fill="#000000">a</text>
        </svg>

        """)
  }
}
