public import Canvas

/// Pictures side by side, row after row, under one heading.
public struct PictureGrid: Figure, Equatable, Sendable {
  /// The pictures, in reading order.
  public var pictures: [PictureFigure]
  /// Pictures in a row.
  public var columns: Int
  /// Points between neighbours.
  public var gap: Double
  /// The heading; empty for none.
  public var title: String

  /// A grid; stops when there are no pictures or no columns.
  public init(_ pictures: [PictureFigure], columns: Int, gap: Double = 8, title: String = "") {
    require(!pictures.isEmpty, "PictureGrid: there are no pictures")
    require(
      columns > 0 && gap >= 0, "PictureGrid: columns are positive and the gap is not negative")
    self.pictures = pictures
    self.columns = columns
    self.gap = gap
    self.title = title
  }

  /// The size of all columns and rows with the gaps between them.
  public var size: CanvasSize {
    let sizes = pictures.map(\.size)
    return CanvasSize(
      width: extent(columnWidths(sizes)), height: top(sizes) + extent(rowHeights(sizes)))
  }

  /// Records the grid; each picture starts at the top left of its cell.
  public func draw(on canvas: inout Canvas) {
    let sizes = pictures.map(\.size)
    let (widths, heights) = (columnWidths(sizes), rowHeights(sizes))
    for (index, line) in titleLines(sizes).enumerated() {
      canvas.text(
        line, at: Point(0, 11 + Typography.lineHeight * Double(index)), Typography.title)
    }
    for (index, picture) in pictures.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let left = widths[..<column].reduce(0, +) + gap * Double(column)
      let down = top(sizes) + heights[..<row].reduce(0, +) + gap * Double(row)
      canvas.group(transform: .translation(left, down)) { picture.draw(on: &$0) }
    }
  }

  private func columnWidths(_ sizes: [CanvasSize]) -> [Double] {
    (0..<min(columns, sizes.count)).map { column in
      stride(from: column, to: sizes.count, by: columns).map { sizes[$0].width }.max() ?? 0
    }
  }

  private func rowHeights(_ sizes: [CanvasSize]) -> [Double] {
    stride(from: 0, to: sizes.count, by: columns).map { start in
      sizes[start..<min(start + columns, sizes.count)].map(\.height).max() ?? 0
    }
  }

  private func extent(_ lengths: [Double]) -> Double {
    lengths.reduce(0, +) + gap * Double(lengths.count - 1)
  }

  private func titleLines(_ sizes: [CanvasSize]) -> [String] {
    wrapped(title, width: extent(columnWidths(sizes)), Typography.title)
  }

  private func top(_ sizes: [CanvasSize]) -> Double {
    let lines = titleLines(sizes)
    return lines.isEmpty ? 0 : Double(lines.count) * Typography.lineHeight + 6
  }
}
