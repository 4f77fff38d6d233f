/// How the predictions of a grid's cells stand in memory (YOLO, version 1).
///
/// Cell by cell; of each first its boxes, five numbers a box, then its classes. The five are the place of
/// the centre in the cell (0…1 each), the square roots of width and height (fractions of the picture's
/// sides), and the confidence.
public struct CellLayout: Hashable, Sendable, Codable {
  /// The cells.
  public let grid: Grid
  /// Boxes that each cell predicts.
  public let boxesPerCell: Int
  /// Classes that each cell chooses from.
  public let classes: Int

  /// Makes a layout.
  public init(grid: Grid, boxesPerCell: Int, classes: Int) {
    require(
      boxesPerCell > 0 && classes > 0,
      "CellLayout: \(boxesPerCell) boxes and \(classes) classes; give at least one of each")
    self.grid = grid
    self.boxesPerCell = boxesPerCell
    self.classes = classes
  }

  /// Numbers that a cell predicts: 5 · boxes + classes.
  public var numbersPerCell: Int { 5 * boxesPerCell + classes }
  /// Numbers for one picture.
  public var count: Int { grid.count * numbersPerCell }

  /// The box that a cell predicts, in fractions of the picture's sides, not clipped.
  ///
  /// - Parameter numbers: What is predicted for one picture, `count` numbers.
  public func box(_ box: Int, ofCell cell: Int, in numbers: ArraySlice<Float>) -> Box {
    let first = numbers.startIndex + cell * numbersPerCell + 5 * box
    let center = grid.point(PlaceInCell(cell: cell, x: numbers[first], y: numbers[first + 1]))
    let (rootWidth, rootHeight) = (numbers[first + 2], numbers[first + 3])
    return Box(
      CenterBox(
        x: center.x, y: center.y, width: rootWidth * rootWidth, height: rootHeight * rootHeight))
  }

  /// Every box with every class, if its score, confidence times the class's probability, is at least
  /// `threshold`; boxes in fractions of the picture's sides, not clipped and not suppressed.
  ///
  /// - Parameter numbers: What is predicted for one picture, `count` numbers.
  public func candidates(
    _ numbers: ArraySlice<Float>, scoreFrom threshold: Float
  ) -> [ScoredBox] {
    require(
      numbers.count == count, "CellLayout: \(numbers.count) numbers for a picture, not \(count)")
    var candidates: [ScoredBox] = []
    for cell in 0..<grid.count {
      let first = numbers.startIndex + cell * numbersPerCell
      let probabilities = first + 5 * boxesPerCell
      for box in 0..<boxesPerCell {
        let confidence = numbers[first + 5 * box + 4]
        for category in 0..<classes {
          let score = confidence * numbers[probabilities + category]
          guard score >= threshold else { continue }
          candidates.append(
            ScoredBox(
              box: self.box(box, ofCell: cell, in: numbers), classIndex: category, score: score))
        }
      }
    }
    return candidates
  }
}
