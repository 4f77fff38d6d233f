import Foundation

/// The sides of a box without its place, in fractions of the picture's.
public struct BoxShape: Hashable, Sendable, Codable {
  /// From left to right.
  public var width: Float
  /// From top to bottom.
  public var height: Float

  /// Makes a shape.
  public init(width: Float, height: Float) {
    self.width = width
    self.height = height
  }

  /// Makes the shape of a box.
  public init(_ box: Box) { self.init(width: box.width, height: box.height) }

  /// Width times height.
  public var area: Float { width * height }

  /// The intersection over union of two boxes of these shapes with one centre; NaN if neither has area.
  public func overlap(_ other: BoxShape) -> Float {
    let shared = min(width, other.width) * min(height, other.height)
    return shared / (area + other.area - shared)
  }
}

/// Anchors on grids of several sizes (YOLO, versions 3 to 5).
///
/// The slots, one for each anchor of each cell, are numbered grid by grid, cell by cell, anchor by anchor.
public struct ScaledAnchors: Hashable, Sendable, Codable {
  /// A grid and the anchors that stand in each of its cells.
  public struct Scale: Hashable, Sendable, Codable {
    /// The cells.
    public let grid: Grid
    /// The anchors' sides.
    public let shapes: [BoxShape]

    /// Makes a scale.
    public init(grid: Grid, shapes: [BoxShape]) {
      require(
        !shapes.isEmpty && shapes.allSatisfy { $0.width > 0 && $0.height > 0 },
        "ScaledAnchors: shapes \(shapes); give at least one, with sides above 0")
      self.grid = grid
      self.shapes = shapes
    }
  }

  /// One anchor of one cell.
  public struct Slot: Hashable, Sendable {
    /// The grid of its cell.
    public let grid: Grid
    /// The number of its cell in the grid.
    public let cell: Int
    /// The anchor's sides.
    public let shape: BoxShape
  }

  /// The grids, in the order of the predictions.
  public let scales: [Scale]
  /// All slots, in the order of the predictions.
  public var slots: [Slot] {
    scales.flatMap { scale in
      (0..<scale.grid.count).flatMap { cell in
        scale.shapes.map { Slot(grid: scale.grid, cell: cell, shape: $0) }
      }
    }
  }
  /// Number of slots.
  public var count: Int { scales.reduce(0) { $0 + $1.grid.count * $1.shapes.count } }

  /// Makes anchors on the given grids.
  public init(scales: [Scale]) { self.scales = scales }
}

extension ScaledAnchors.Slot {
  /// The box that four numbers say from this slot, in fractions of the picture's sides, not clipped.
  ///
  /// The first two are the place of the centre, before the sigmoid, whose range reaches half a cell beyond
  /// the cell: 2σ − ½. The others are the logarithms of width and height over the anchor's.
  ///
  /// Source: Redmon and Farhadi, "YOLOv3: An incremental improvement", 2018, section 2.1; the wider range as
  /// in Jocher, "YOLOv5", 2020.
  public func box(_ numbers: ArraySlice<Float>) -> Box {
    let first = numbers.startIndex
    let place = PlaceInCell(
      cell: cell, x: 2 * sigmoid(numbers[first]) - 0.5, y: 2 * sigmoid(numbers[first + 1]) - 0.5)
    let center = grid.point(place)
    return Box(
      CenterBox(
        x: center.x, y: center.y, width: shape.width * growth(numbers[first + 2]),
        height: shape.height * growth(numbers[first + 3])))
  }

  /// What four numbers should say from this slot about a box: the place of its centre, as it is after the
  /// sigmoid, and the logarithms of width and height over the anchor's.
  ///
  /// The first two are in 0…1 where the centre is at most half a cell outside of the cell.
  public func target(_ box: Box) -> [Float] {
    let center = CenterBox(box)
    let place = grid.place(grid.place(x: center.x, y: center.y), from: cell)
    return [
      (place.x + 0.5) / 2, (place.y + 0.5) / 2, log(center.width / shape.width),
      log(center.height / shape.height),
    ]
  }
}

extension ScaledAnchors {
  /// Every slot with every class, if its score, the product of the sigmoids of objectness and class, is at
  /// least `threshold`; boxes in fractions of the picture's sides, not clipped and not suppressed.
  ///
  /// - Parameter numbers: What is predicted for one picture, `[slots, 5 + classes]` in row-major order.
  public func candidates(
    _ numbers: ArraySlice<Float>, scoreFrom threshold: Float
  ) -> [ScoredBox] {
    let columns = numbers.count / count
    require(
      numbers.count == count * columns && columns > 5,
      "ScaledAnchors: \(numbers.count) numbers for \(count) slots; give 5 + classes for each")
    var candidates: [ScoredBox] = []
    for (index, slot) in slots.enumerated() {
      let first = numbers.startIndex + index * columns
      let objectness = sigmoid(numbers[first + 4])
      guard objectness >= threshold else { continue }
      let box = slot.box(numbers[first..<first + 4])
      for category in 0..<columns - 5 {
        let score = objectness * sigmoid(numbers[first + 5 + category])
        guard score >= threshold else { continue }
        candidates.append(ScoredBox(box: box, classIndex: category, score: score))
      }
    }
    return candidates
  }
}

/// 1 / (1 + e^−x).
private func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

/// e^x, of a number that an untrained network may get wrong: at most e⁴, which is 55 anchors.
private func growth(_ x: Float) -> Float { exp(min(x, 4)) }
