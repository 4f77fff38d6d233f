/// A predicted box that is to find an object, and what it should say (YOLO, version 1).
public struct ResponsibleBox: Hashable, Sendable {
  /// The number of its cell.
  public let cell: Int
  /// Which of the cell's boxes it is.
  public let box: Int
  /// Which of the picture's objects it is to find.
  public let object: Int
  /// The place of the object's centre in the cell, and the square roots of its sides.
  public let target: [Float]
  /// How far the predicted box overlaps the object.
  public let overlap: Float
}

extension CellLayout {
  /// The boxes that are to find the objects of one picture, cell by cell.
  ///
  /// Of its cell's boxes, an object takes the one that overlaps it most; of several objects in a cell, each
  /// takes from what the ones before have left. Where no box overlaps the object at all, it takes the one
  /// whose centre and sides are least wrong, as the paper's program does: by the sum of their squared
  /// errors.
  ///
  /// Source: Redmon et al., "You only look once", CVPR 2016, section 2.2.
  ///
  /// - Parameters:
  ///   - labels: The objects, in fractions of the picture's sides; there may be none.
  ///   - numbers: What is predicted for the picture, `count` numbers.
  public func responsibleBoxes(
    _ labels: [LabeledBox], in numbers: ArraySlice<Float>
  ) -> [ResponsibleBox] {
    require(
      numbers.count == count, "CellLayout: \(numbers.count) numbers for a picture, not \(count)")
    let objects = CellObjects(labels, grid: grid, boxesPerCell: boxesPerCell)
    var responsible: [ResponsibleBox] = []
    for (cell, objects) in objects.ofCell.enumerated() {
      var free = Array(0..<boxesPerCell)
      for object in objects {
        let truth = labels[object].box
        let fits = free.map { box in fit(self.box(box, ofCell: cell, in: numbers), to: truth) }
        guard var best = fits.indices.first else { continue }
        for index in fits.indices where fits[index] > fits[best] { best = index }
        responsible.append(
          ResponsibleBox(
            cell: cell, box: free[best], object: object, target: target(truth),
            overlap: fits[best] > 0 ? fits[best] : 0))
        free.remove(at: best)
      }
    }
    return responsible
  }

  /// What a box should say that is to find an object.
  private func target(_ truth: Box) -> [Float] {
    let center = CenterBox(truth)
    let place = grid.place(x: center.x, y: center.y)
    return [place.x, place.y, center.width.squareRoot(), center.height.squareRoot()]
  }

  /// How well a predicted box fits: its overlap, or without any, less than 0 by its squared error.
  private func fit(_ predicted: Box, to truth: Box) -> Float {
    let overlap = intersectionOverUnion(predicted, truth)
    if overlap > 0 { return overlap }
    let (a, b) = (CenterBox(predicted), CenterBox(truth))
    return -[a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height]
      .reduce(0) { $0 + $1 * $1 }
  }
}
