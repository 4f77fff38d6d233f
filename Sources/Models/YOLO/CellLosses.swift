public import Detection
public import Tensors

/// What the confidence of a box with an object should say.
public enum ConfidenceTarget: Hashable, Sendable {
  /// How far the box overlaps the object, as the paper has it.
  case overlap
  /// One, whatever the box.
  case one
}

/// The five parts of YOLO's first loss, each a sum of squared errors over a batch.
///
/// Source: Redmon et al., "You only look once", CVPR 2016, equation 3.
public struct CellLosses {
  /// Places of centres in their cells, of the boxes with an object.
  public let centers: Tensor
  /// Square roots of sides, of the boxes with an object.
  public let sides: Tensor
  /// Confidence, of the boxes with an object.
  public let objects: Tensor
  /// Confidence, of all other boxes, which should be 0.
  public let empty: Tensor
  /// Classes, of the cells with an object, each once.
  public let classes: Tensor

  /// The loss itself: places and sides count five times, the confidence of boxes without an object half.
  public var sum: Tensor { weighted(coordinates: 5, empty: 0.5) }

  /// The sum of all parts with other weights.
  public func weighted(coordinates: Float, empty emptyWeight: Float) -> Tensor {
    coordinates * (centers + sides) + objects + emptyWeight * empty + classes
  }

  /// Computes the parts.
  ///
  /// Who is responsible, and the overlap that confidence should be, are constants: no gradient passes
  /// through them.
  ///
  /// - Parameters:
  ///   - predictions: `[N, cells, numbersPerCell]`, as `layout` says.
  ///   - labels: The objects of each of the N pictures, in fractions of its sides; there may be none.
  ///   - layout: What the numbers mean.
  ///   - target: What the confidence of a box with an object should say.
  public init(
    _ predictions: Tensor, _ labels: [[LabeledBox]], layout: CellLayout,
    confidence target: ConfidenceTarget = .overlap
  ) {
    require(
      predictions.shape == [labels.count, layout.grid.count, layout.numbersPerCell],
      "CellLosses: predictions \(predictions.shape), expected "
        + "\([labels.count, layout.grid.count, layout.numbersPerCell])")
    let goals = CellGoals(predictions.detached.scalars, labels, layout)
    let boxNumbers = 5 * layout.boxesPerCell
    let boxes = predictions.slice(0..<boxNumbers, along: 2).reshaped([-1, 5])
    let confidences = boxes.slice(4..<5, along: 1)
    empty = squares(confidences.selected(goals.empty, along: 0))

    let count = goals.responsible.count
    let own = boxes.selected(goals.responsible, along: 0)
    let wantedPlaces = Tensor(goals.places, shape: [count, 4])
    centers = squares(own.slice(0..<2, along: 1) - wantedPlaces.slice(0..<2, along: 1))
    sides = squares(own.slice(2..<4, along: 1) - wantedPlaces.slice(2..<4, along: 1))
    let wantedConfidences =
      target == .one ? Tensor.ones([count, 1]) : Tensor(goals.overlaps, shape: [count, 1])
    objects = squares(own.slice(4..<5, along: 1) - wantedConfidences)

    let classNumbers = predictions.slice(boxNumbers..<layout.numbersPerCell, along: 2)
      .reshaped([-1, layout.classes]).selected(goals.cells, along: 0)
    classes = squares(
      classNumbers - Tensor(goals.classes, shape: [goals.cells.count, layout.classes]))
  }
}

private func squares(_ errors: Tensor) -> Tensor { (errors * errors).sum() }

/// What the boxes and cells of a batch should say; boxes and cells are numbered through the batch.
private struct CellGoals {
  /// Boxes with an object.
  var responsible: [Int32] = []
  /// Four numbers for each of them.
  var places: [Float] = []
  /// How far each of them overlaps its object.
  var overlaps: [Float] = []
  /// All other boxes.
  var empty: [Int32] = []
  /// Cells with an object.
  var cells: [Int32] = []
  /// For each of them a one for its class and zeros.
  var classes: [Float] = []

  init(_ numbers: [Float], _ labels: [[LabeledBox]], _ layout: CellLayout) {
    for (picture, labels) in labels.enumerated() {
      let own = numbers[picture * layout.count..<(picture + 1) * layout.count]
      for found in layout.responsibleBoxes(labels, in: own) {
        let cell = picture * layout.grid.count + found.cell
        responsible.append(Int32(cell * layout.boxesPerCell + found.box))
        places += found.target
        overlaps.append(found.overlap)
        guard cells.last != Int32(cell) else { continue }
        cells.append(Int32(cell))
        classes += (0..<layout.classes).map { $0 == labels[found.object].classIndex ? 1 : 0 }
      }
    }
    let taken = Set(responsible)
    let boxCount = Int32(labels.count * layout.grid.count * layout.boxesPerCell)
    empty = (0..<boxCount).filter { !taken.contains($0) }
  }
}
