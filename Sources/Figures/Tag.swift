internal import Canvas

/// A short text on a filled plate beside a box.
struct Tag: Equatable {
  var text: String
  var plate: Rectangle
  var fontSize: Double

  /// Places one tag for each named box: inside `frame`, and off the other tags where there is room.
  ///
  /// Each tries, in this order: on top of its box, inside its top, under it, inside its bottom, each
  /// at the left and the right edge, then further down inside. The first with the least overlap wins.
  static func place(_ boxes: [(label: String, outline: Rectangle)], in frame: Rectangle) -> [Tag?] {
    var placed: [Rectangle] = []
    return boxes.map { label, outline in
      guard !label.isEmpty else { return nil }
      let room = frame.width - 8
      let natural = Typography.tag.width(of: label)
      // A tag wider than the picture gets smaller letters, down to half.
      let fontSize = Typography.tag.size * min(1, max(0.5, room / natural))
      let width = natural * fontSize / Typography.tag.size + 8
      let height = fontSize + 4
      let steps = max(0, Int(outline.height / height) - 1)
      let heights =
        [outline.y0 - height + 1, outline.y0 - 1, outline.y1 - 1, outline.y1 - height + 1]
        + (0..<steps).map { outline.y0 - 1 + height * Double($0 + 1) }
      let candidates = heights.flatMap { top in
        [outline.x0 - 1, outline.x1 + 1 - width].map { left in
          Rectangle(
            x: max(frame.x0, min(left, frame.x1 - width)),
            y: max(frame.y0, min(top, frame.y1 - height)), width: width, height: height)
        }
      }
      let costs = candidates.map { candidate in
        placed.reduce(0) { $0 + candidate.overlap(with: $1) }
      }
      let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      placed.append(candidates[best])
      return Tag(text: label, plate: candidates[best], fontSize: fontSize)
    }
  }

  /// Draws the plate in the colour of `role` and the text in whatever can be read on it.
  func draw(on canvas: inout Canvas, role: ColorRole) {
    canvas.fill(.roundedRectangle(plate, radius: 2), .role(role))
    var style = Typography.tag
    style.size = fontSize
    style.color = .readable(on: role)
    canvas.text(text, at: Point(plate.x0 + 4, plate.center.y), style)
  }
}
