/// Which of a picture's objects the cells of a grid can find, and which they cannot (YOLO, version 1).
///
/// The cell that contains an object's centre is to find it. A cell has a number of boxes, one for each
/// object, and says one class for all of them. Objects are taken in the order given: the first one decides
/// the class of its cell; a later one of another class, or for which no box is left, is lost.
///
/// Source: Redmon et al., "You only look once", CVPR 2016, section 2. It leaves open what happens when
/// centres share a cell; its program keeps the first object only.
public struct CellObjects: Hashable, Sendable {
  /// For each cell, which objects it is to find.
  public private(set) var ofCell: [[Int]]
  /// Objects whose cell has no box left.
  public private(set) var withoutBox: [Int] = []
  /// Objects whose cell has another class already.
  public private(set) var ofOtherClass: [Int] = []

  /// Gives each object to its cell.
  ///
  /// - Parameters:
  ///   - labels: The objects, in fractions of the picture's sides; padding rows are skipped.
  ///   - grid: The cells.
  ///   - boxesPerCell: How many objects a cell has room for.
  public init(_ labels: [LabeledBox], grid: Grid, boxesPerCell: Int) {
    require(
      boxesPerCell > 0, "CellObjects: \(boxesPerCell) boxes in a cell; give at least one")
    ofCell = Array(repeating: [], count: grid.count)
    for (index, label) in labels.enumerated() where label.classIndex >= 0 {
      let center = CenterBox(label.box)
      let cell = grid.place(x: center.x, y: center.y).cell
      if let first = ofCell[cell].first, labels[first].classIndex != label.classIndex {
        ofOtherClass.append(index)
      } else if ofCell[cell].count == boxesPerCell {
        withoutBox.append(index)
      } else {
        ofCell[cell].append(index)
      }
    }
  }
}
