public import Canvas
public import Images

/// A box on a picture with the name of what is in it.
public struct PictureBox: Equatable, Sendable {
  /// Left edge in pixels of the picture.
  public var x0: Double
  /// Top edge in pixels.
  public var y0: Double
  /// Right edge in pixels; the pixel at `x1` is outside.
  public var x1: Double
  /// Bottom edge in pixels; the pixel at `y1` is outside.
  public var y1: Double
  /// The text of its tag; empty for none.
  public var label: String
  /// The colour of the outline and the tag.
  public var role: ColorRole
  /// Whether the outline is dashed, as for ground truth beside predictions.
  public var isDashed: Bool

  /// A box with corners in pixels, half-open, origin top left.
  public init(
    x0: Double, y0: Double, x1: Double, y1: Double, label: String = "",
    role: ColorRole = .series(0), dashed isDashed: Bool = false
  ) {
    require(
      [x0, y0, x1, y1].allSatisfy(\.isFinite),
      "PictureBox: corners are finite numbers, not \([x0, y0, x1, y1])")
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
    self.label = label
    self.role = role
    self.isDashed = isDashed
  }
}

/// A picture with labelled boxes and masks on it, a heading above and a caption below.
public struct PictureFigure: Figure, Equatable, Sendable {
  /// The picture.
  public var image: Image
  /// The boxes, drawn in this order.
  public var boxes: [PictureBox]
  /// The masks, drawn in this order, under the boxes.
  public var masks: [PictureMask]
  /// Points a pixel.
  public var zoom: Double
  /// The heading; empty for none.
  public var title: String
  /// The text under the picture; empty for none.
  public var caption: String

  /// A picture with boxes and masks, `zoom` points a pixel; stops when a mask is not of its size.
  public init(
    _ image: Image, boxes: [PictureBox] = [], masks: [PictureMask] = [], zoom: Double = 1,
    title: String = "", caption: String = ""
  ) {
    require(zoom.isFinite && zoom > 0, "PictureFigure: zoom is positive, not \(zoom)")
    for mask in masks {
      require(
        (mask.height, mask.width) == (image.height, image.width),
        "PictureFigure: a mask of \(mask.height)×\(mask.width) pixels on a picture of"
          + " \(image.height)×\(image.width)")
    }
    self.image = image
    self.boxes = boxes
    self.masks = masks
    self.zoom = zoom
    self.title = title
    self.caption = caption
  }

  /// The picture's size with the room its texts need.
  public var size: CanvasSize {
    CanvasSize(width: width, height: top + height + textHeight(captionLines))
  }

  private var width: Double { Double(image.width) * zoom }
  private var height: Double { Double(image.height) * zoom }
  private var top: Double { textHeight(titleLines) }
  private var titleLines: [String] { wrapped(title, width: width, Typography.title) }
  private var captionLines: [String] { wrapped(caption, width: width, Typography.caption) }
  private func textHeight(_ lines: [String]) -> Double {
    lines.isEmpty ? 0 : Double(lines.count) * Typography.lineHeight + 5
  }

  /// Records the picture.
  public func draw(on canvas: inout Canvas) {
    for (index, line) in titleLines.enumerated() {
      canvas.text(
        line, at: Point(0, 11 + Typography.lineHeight * Double(index)), Typography.title)
    }
    let frame = Rectangle(x: 0, y: top, width: width, height: height)
    canvas.image(image, in: frame, sampling: zoom >= 3 ? .nearest : .smooth)
    for mask in masks { draw(mask, on: &canvas, in: frame) }
    for box in boxes { draw(box, on: &canvas, in: frame) }
    let outlines = boxes.map { outline(of: $0, in: frame) }
    let tags = Tag.place(zip(boxes, outlines).map { ($0.label, $1) }, in: frame)
    for (box, tag) in zip(boxes, tags) { tag?.draw(on: &canvas, role: box.role) }
    for (index, line) in captionLines.enumerated() {
      canvas.text(
        line, at: Point(0, frame.y1 + Typography.lineHeight * Double(index + 1)),
        Typography.caption)
    }
  }

  private func draw(_ mask: PictureMask, on canvas: inout Canvas, in frame: Rectangle) {
    let outline = mask.outline.transformed(
      by: Transform.scaling(zoom, zoom).then(.translation(frame.x0, frame.y0)))
    canvas.group(clip: .rectangle(frame)) { canvas in
      canvas.fill(outline, .role(mask.role).opacity(mask.opacity))
      // A dark rim, as around boxes.
      canvas.stroke(outline, .fixed(RGBA(0, 0, 0, 0.3)), Stroke(2.5, join: .round))
      canvas.stroke(outline, .role(mask.role), Stroke(1.5, join: .round))
    }
  }

  /// The box in points.
  ///
  /// A side at the picture's border is kept so far inside that its line is seen whole; one beyond
  /// stays there, so that the box is open where it leaves the picture.
  private func outline(of box: PictureBox, in frame: Rectangle) -> Rectangle {
    func kept(_ value: Double, _ start: Double, _ end: Double) -> Double {
      (start - 1...end + 1).contains(value) ? min(max(value, start + 1), end - 1) : value
    }
    func x(_ value: Double) -> Double { kept(frame.x0 + value * zoom, frame.x0, frame.x1) }
    func y(_ value: Double) -> Double { kept(frame.y0 + value * zoom, frame.y0, frame.y1) }
    return Rectangle(x0: x(box.x0), y0: y(box.y0), x1: x(box.x1), y1: y(box.y1))
  }

  private func draw(_ box: PictureBox, on canvas: inout Canvas, in frame: Rectangle) {
    let sides = seenSides(of: outline(of: box, in: frame), in: frame)
    let (dash, cap): ([Double], Stroke.Cap) = box.isDashed ? ([7, 5], .butt) : ([], .round)
    // A dark rim under the line keeps it visible on a background of its own colour.
    canvas.group(clip: .rectangle(frame)) { canvas in
      canvas.stroke(
        sides, .fixed(RGBA(0, 0, 0, 0.3)), Stroke(3, dash: dash, cap: cap, join: .round))
    }
    canvas.stroke(sides, .role(box.role), Stroke(2, dash: dash, cap: cap, join: .round))
  }

  /// The parts of an outline's four sides that lie in the picture.
  private func seenSides(of outline: Rectangle, in frame: Rectangle) -> Path {
    let inner = frame.inset(by: 1)
    func isSeen(_ value: Double, _ start: Double, _ end: Double) -> Bool {
      value >= start && value <= end
    }
    let xs = [outline.x0, outline.x1].filter { isSeen($0, inner.x0, inner.x1) }
    let ys = [outline.y0, outline.y1].filter { isSeen($0, inner.y0, inner.y1) }
    if xs.count == 2 && ys.count == 2 { return .rectangle(outline) }
    let (left, right) = (max(outline.x0, inner.x0), min(outline.x1, inner.x1))
    let (top, bottom) = (max(outline.y0, inner.y0), min(outline.y1, inner.y1))
    var sides = Path()
    if left < right { for y in ys { sides.add(.line(Point(left, y), Point(right, y))) } }
    if top < bottom { for x in xs { sides.add(.line(Point(x, top), Point(x, bottom))) } }
    return sides
  }
}
