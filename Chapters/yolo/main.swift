import Book
import Canvas
import Datasets
import Detection
import Figures
import Foundation
import Images
import Layers
import Models
import Tensors

cell("pictures")
let data = try StillLifes()
let (trainingPart, validationPart, testPart) = (data.training, data.validation, data.test)
let (classNames, height, width) = (data.classNames, data.height, data.width)
guard height == width, width.isMultiple(of: 32) else {
  fatalError(
    """
    The pictures are \(width) × \(height) pixels. This chapter halves them five times into square \
    grids: give squares whose side is a multiple of 32.
    """)
}
for (name, part) in [
  ("training", trainingPart), ("validation", validationPart), ("test", testPart),
] {
  print("\(name): \(part.pictures.count) pictures, \(part.labels.joined().count) objects")
}

cell("ssd-anchors")
let ssdAnchors = zip([32, 16, 8, 4, 1], TinySSD.sizes).flatMap { side, sizes in
  multiboxPriors(
    height: side, width: side, sizes: sizes, widthOverHeight: TinySSD.ratios, sides: .ofOwnSide)
}
let overlaps = OverlapMatrix(ssdAnchors, ssdAnchors)
// Every anchor overlaps itself by 1.
let neighbours = ssdAnchors.indices.map { anchor in overlaps[row: anchor].count { $0 >= 0.5 } - 1 }
let different = suppressed(
  ssdAnchors, scores: [Float](repeating: 1, count: ssdAnchors.count), overlapThreshold: 0.5)
let meanNeighbours = mean(neighbours.map(Double.init))
print(ssdAnchors.count, "anchors")
print("another anchor overlaps it by half or more:", neighbours.count { $0 > 0 })
print("such others, in the mean:", rounded(meanNeighbours, 1))
print("boxes left when none may overlap another by more than half:", different.count)
record("ssd_anchors", Double(ssdAnchors.count))
record("ssd_neighbours", meanNeighbours)
record("ssd_different", Double(different.count))

cell("anchors-on-objects")
/// For every object of a picture, how many anchors overlap it by half or more.
let anchorsOnObjects = testPart.pictures.labels.map { labels in
  labels.map { label in ssdAnchors.count { intersectionOverUnion($0, label.box) >= 0.5 } }
}
let perObject = anchorsOnObjects.joined().map(Double.init)
let busyShare = mean(anchorsOnObjects.map { Double($0.reduce(0, +)) }) / Double(ssdAnchors.count)
print("anchors on an object, in the mean:", rounded(mean(perObject), 1))
print("objects with none:", perObject.count { $0 == 0 }, "of", perObject.count)
print("anchors of a picture that are on an object: \(rounded(100 * busyShare, 2)) %")
record("anchors_on_object", mean(perObject))
record("objects_without_anchor_share", mean(perObject.map { $0 == 0 ? 1 : 0 }))
record("busy_anchor_share", busyShare)

/// A box in fractions of the sides, in pixels.
func inPixels(_ box: Box) -> Box { box.scaled(x: Float(width), y: Float(height)) }

let example = setting(full: 4, quick: 0)
let exampleImage = testPart.images[example]
let exampleLabels = testPart.labels[example]
let largest = exampleLabels.map(\.box).max { $0.area < $1.area } ?? Box(0, 0, 0, 0)
let onLargest = ssdAnchors.map(inPixels).filter { intersectionOverUnion($0, largest) >= 0.5 }
show(
  PictureFigure(
    exampleImage,
    boxes: onLargest.map { PictureBox($0) }
      + [PictureBox(largest, "", .good, dashed: true)], zoom: 3,
    caption: "\(onLargest.count) anchors"),
  alt:
    "A still life with one object dashed, and around it the many anchors that overlap it by half.")

cell("grid")
/// Square cells over a picture, as many in a column as in a row.
///
/// Places are fractions of the picture's sides.
struct Grid {
  let side: Int

  var count: Int { side * side }

  /// The cell that contains a point, and where in the cell it is, from 0 to 1.
  ///
  /// A point on a line belongs to the cell right of it or below it; on the picture's own right or lower
  /// edge, to the last.
  func place(x: Float, y: Float) -> (cell: Int, x: Float, y: Float) {
    let (x, y) = (x * Float(side), y * Float(side))
    let column = min(max(Int(x), 0), side - 1)
    let row = min(max(Int(y), 0), side - 1)
    return (row * side + column, x - Float(column), y - Float(row))
  }
}

cell("kept-objects")
/// The objects that a grid has room for, by cell: as many as boxes, and all of the first one's class.
func keptObjects(_ labels: [LabeledBox], _ grid: Grid, boxesPerCell: Int) -> [[LabeledBox]] {
  var cells = [[LabeledBox]](repeating: [], count: grid.count)
  for label in labels {
    let center = CenterBox(label.box)
    let cell = grid.place(x: center.x, y: center.y).cell
    let isOfClass = cells[cell].first.map { $0.classIndex == label.classIndex } ?? true
    if cells[cell].count < boxesPerCell && isOfClass { cells[cell].append(label) }
  }
  return cells
}

cell("grid-drawn")
/// A test picture under a grid, with the cells that contain centres.
func gridPicture(_ picture: Int, _ grid: Grid) -> PictureFigure {
  let side = Float(width) / Float(grid.side)
  let lines = (0..<grid.side).flatMap { number in
    let (from, to) = (side * Float(number), side * Float(number + 1))
    return [Box(from, 0, to, Float(height)), Box(0, from, Float(width), to)]
  }
  let cells = testPart.pictures.labels[picture].map { label in
    let center = CenterBox(label.box)
    let cell = grid.place(x: center.x, y: center.y).cell
    let (x, y) = (side * Float(cell % grid.side), side * Float(cell / grid.side))
    return Box(x, y, x + side, y + side)
  }
  return PictureFigure(
    testPart.images[picture],
    boxes: lines.map { PictureBox($0, "", .grid) }
      + testPart.labels[picture].map { PictureBox($0.box, "", .good, dashed: true) }
      + cells.map { PictureBox($0) }, zoom: 2, caption: "\(grid.side) × \(grid.side) cells")
}

/// How many objects of a test picture have no cell of their own.
func collisions(_ picture: Int, _ grid: Grid) -> Int {
  let labels = testPart.pictures.labels[picture]
  return labels.count - keptObjects(labels, grid, boxesPerCell: 1).joined().count
}

// The test picture in which the grid of 7 × 7 has least room.
let crowded =
  testPart.labels.indices.max { collisions($0, Grid(side: 7)) < collisions($1, Grid(side: 7)) } ?? 0
for side in [4, 7, 14] {
  print(
    "\(side) × \(side): \(collisions(crowded, Grid(side: side))) of",
    "\(testPart.labels[crowded].count) objects without a cell of their own")
}
show(
  PictureGrid([4, 7, 14].map { gridPicture(crowded, Grid(side: $0)) }, columns: 3),
  alt: """
    A still life with grouped fruit under grids of 4, 7 and 14 cells a side. The objects are dashed, and \
    the cells with their centres outlined; in the coarser grids some contain the centres of two.
    """)

cell("collisions")
/// The share of the training objects that a grid has no room for.
func lostShare(_ grid: Grid, boxesPerCell: Int, oneClass: Bool = true) -> Double {
  var (lost, all) = (0, 0)
  for labels in trainingPart.pictures.labels {
    let labels = oneClass ? labels : labels.map { LabeledBox(box: $0.box, classIndex: 0) }
    lost += labels.count - keptObjects(labels, grid, boxesPerCell: boxesPerCell).joined().count
    all += labels.count
  }
  return Double(lost) / Double(all)
}

let gridSides = [4, 7, 8, 14, 16]
let lost = [
  ("one box a cell", "with_one_box", 1, true), ("two boxes, one class", "with_two_boxes", 2, true),
  ("two boxes, two classes", "of_any_class", 2, false),
].map { label, name, boxes, oneClass in
  (
    label, name,
    gridSides.map { lostShare(Grid(side: $0), boxesPerCell: boxes, oneClass: oneClass) }
  )
}
for (_, name, shares) in lost {
  for (side, share) in zip(gridSides, shares) { record("lost_\(side)_\(name)", share) }
}
show(
  BarChart(
    "Objects without room", categories: gridSides.map { "\($0) × \($0)" }, xLabel: "cells",
    y: Axis("% of the objects"),
    groups: lost.map { label, _, shares in .init(label, shares.map { 100 * $0 }) }, decimals: 1),
  alt: """
    Bars of the share of lost objects for grids of 4 to 16 cells a side. It falls with the number of \
    cells; a second box helps little as long as it must show the same class.
    """)

cell("layout")
let grid = Grid(side: width / 16)
let boxesPerCell = 2
let classCount = classNames.count
let numbersPerCell = 5 * boxesPerCell + classCount
print("numbers of a cell:", numbersPerCell)
print("numbers of a picture:", grid.count * numbersPerCell)
print("boxes:", grid.count * boxesPerCell)
record("boxes", Double(grid.count * boxesPerCell))

cell("network")
/// One look: from a picture to the numbers of all cells.
final class YOLO: Layer {
  let backbone: Backbone
  let neck: Sequential
  let head: Conv2D

  init(using random: inout SplitMix64) {
    backbone = Backbone(using: &random)
    neck = Sequential(
      ResidualBlock(Backbone.channels, 192, stride: 2, using: &random),
      ResidualBlock(192, 192, using: &random))
    head = Conv2D(192, numbersPerCell, kernel: 1, initializer: .normal(0.01), using: &random)
    // Boxes begin in the middle of their cells, a sixth of the picture wide, and without confidence.
    let box: [Float] = [0.5, 0.5, 0.4, 0.4, 0]
    let biases =
      (0..<boxesPerCell).flatMap { _ in box } + classNames.map { _ in 1 / Float(classCount) }
    head.bias?.value = Tensor(biases, shape: [numbersPerCell])
  }

  /// `[N, cells, 5 · boxes + classes]`: of each box x, y, √w, √h and confidence, then the classes.
  func callAsFunction(_ pictures: Tensor) -> Tensor {
    head(neck(backbone(pictures))).permuted([0, 2, 3, 1])
      .reshaped([pictures.shape[0], grid.count, numbersPerCell])
  }
}

cell("shapes")
var random = SplitMix64(seed: 0)
let untrained = YOLO(using: &random)
print("predictions for two pictures:", untrained(.zeros([2, 3, height, width])).shape)
let modelSummary = summary(of: untrained, inputShape: [1, 3, height, width])
print(modelSummary)
record("parameters", Double(modelSummary.parameterCount))
record("gflop", modelSummary.gigaFLOP, unit: "GFLOP")

cell("architecture")
let fineSide = 2 * grid.side
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shapeText([3, height, width])),
      .init("backbone", detail: shapeText([Backbone.channels, fineSide, fineSide])),
      .init("neck", detail: shapeText([192, grid.side, grid.side])),
      .init(
        "head", detail: shapeText([numbersPerCell, grid.side, grid.side]),
        outputs: [
          shapeText([grid.count, boxesPerCell, 5]) + " boxes",
          shapeText([grid.count, classCount]) + " classes",
        ]),
    ]),
  alt: "A picture passes backbone, neck and head; the head gives two boxes and one class a cell.")

cell("predicted-box")
/// The box that five numbers of a cell say, in fractions of the picture's sides.
func predictedBox(_ numbers: ArraySlice<Float>, cell: Int, _ grid: Grid) -> Box {
  let (first, side) = (numbers.startIndex, Float(grid.side))
  return Box(
    CenterBox(
      x: (Float(cell % grid.side) + numbers[first]) / side,
      y: (Float(cell / grid.side) + numbers[first + 1]) / side,
      width: numbers[first + 2] * numbers[first + 2],
      height: numbers[first + 3] * numbers[first + 3]))
}

cell("responsible")
/// A box of a batch that is to find an object.
struct Responsible {
  /// Its number among the batch's boxes.
  let box: Int
  /// The number of its cell among the batch's cells.
  let cell: Int
  /// Where in the cell the object's centre is, and the roots of its sides.
  let target: [Float]
  let classIndex: Int
  /// How far the box overlaps the object already.
  let overlap: Float
}

/// How well a box fits an object: its overlap, or where there is none, less than 0 by its squared error.
func fit(_ box: Box, to object: Box) -> Float {
  let overlap = intersectionOverUnion(box, object)
  if overlap > 0 { return overlap }
  let (a, b) = (CenterBox(box), CenterBox(object))
  return -[a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height]
    .reduce(0) { $0 + $1 * $1 }
}

/// Of the boxes of an object's cell, the one that fits it best now.
func responsibleBoxes(
  _ predictions: Tensor, _ labels: [[LabeledBox]], _ grid: Grid, boxes: Int = boxesPerCell
) -> [Responsible] {
  let numbers = predictions.scalars
  let numbersPerCell = predictions.shape[2]
  var responsible: [Responsible] = []
  for (picture, labels) in labels.enumerated() {
    let kept = keptObjects(labels, grid, boxesPerCell: boxes)
    for (cell, objects) in kept.enumerated() {
      let row = picture * grid.count + cell
      var free = Array(0..<boxes)
      for object in objects {
        let fits = free.map { box in
          let first = row * numbersPerCell + 5 * box
          return fit(predictedBox(numbers[first..<first + 5], cell: cell, grid), to: object.box)
        }
        guard let best = fits.indices.max(by: { fits[$0] < fits[$1] }) else { continue }
        let center = CenterBox(object.box)
        let place = grid.place(x: center.x, y: center.y)
        responsible.append(
          Responsible(
            box: row * boxes + free[best], cell: row,
            target: [place.x, place.y, center.width.squareRoot(), center.height.squareRoot()],
            classIndex: object.classIndex, overlap: max(fits[best], 0)))
        free.remove(at: best)
      }
    }
  }
  return responsible
}

cell("toy")
// Four cells with two boxes and two classes. The object's centre is in the lower left cell.
let toyGrid = Grid(side: 2)
let toyObject = LabeledBox(
  box: Box(CenterBox(x: 0.3, y: 0.6, width: 0.4, height: 0.2)), classIndex: 1)
let emptyCell: [Float] = [0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.2, 0, 0]
let toyNumbers: [[Float]] = [
  emptyCell, emptyCell,
  [
    0.5, 0.5, Float(0.5).squareRoot(), Float(0.5).squareRoot(), 0.6,
    0.6, 0.2, Float(0.7).squareRoot(), Float(0.4).squareRoot(), 0.3,
    0.3, 0.7,
  ],
  emptyCell,
]
let toyPredictions = Tensor(toyNumbers.flatMap(\.self), shape: [1, 4, 12])
for box in 0..<2 {
  let predicted = predictedBox(toyNumbers[2][5 * box..<5 * box + 5], cell: 2, toyGrid)
  print("box \(box): overlap \(intersectionOverUnion(predicted, toyObject.box))")
}
for one in responsibleBoxes(toyPredictions, [[toyObject]], toyGrid, boxes: 2) {
  print("responsible: box \(one.box % 2) of cell \(one.cell), to say \(one.target)")
}

cell("why-roots")
// An error of three pixels in the width, for boxes of different width.
let widths = stride(from: 8.0, through: 100, by: 2).map { $0 }
func cost(of width: Double, _ scale: (Double) -> Double) -> Double {
  let error = scale((width + 3) / 128) - scale(width / 128)
  return 1000 * error * error
}
show(
  LinePlot(
    "Three pixels too wide", x: Axis("width of the object in pixels"),
    y: Axis("squared error × 1000"),
    series: [
      Series("of the widths", x: widths, y: widths.map { cost(of: $0) { $0 } }, line: .dashed),
      Series("of their roots", x: widths, y: widths.map { cost(of: $0) { $0.squareRoot() } }),
    ]),
  alt: """
    The squared error of three pixels is the same for all widths; that of the roots falls from small \
    to large objects.
    """)

cell("loss")
/// The five terms of the loss, summed over a batch.
struct CellLosses {
  var centers = Tensor(0)
  var sides = Tensor(0)
  var objects = Tensor(0)
  var empty = Tensor(0)
  var classes = Tensor(0)

  /// Boxes count five times, the confidence of what is empty half.
  var sum: Tensor { 5 * (centers + sides) + objects + 0.5 * empty + classes }
}

func cellLosses(
  _ predictions: Tensor, _ labels: [[LabeledBox]], _ grid: Grid, boxes: Int = boxesPerCell
) -> CellLosses {
  let classCount = predictions.shape[2] - 5 * boxes
  let rows = predictions.slice(0..<5 * boxes, along: 2).reshaped([-1, 5])
  let classes = predictions.slice(5 * boxes..<predictions.shape[2], along: 2)
    .reshaped([-1, classCount])
  let responsible = responsibleBoxes(predictions, labels, grid, boxes: boxes)

  var losses = CellLosses()
  let taken = Set(responsible.map(\.box))
  let others = (0..<rows.shape[0]).filter { !taken.contains($0) }.map { Int32($0) }
  let emptiness = rows.slice(4..<5, along: 1).selected(others, along: 0)
  losses.empty = (emptiness * emptiness).sum()
  guard !responsible.isEmpty else { return losses }

  let own = rows.selected(responsible.map { Int32($0.box) }, along: 0)
  let targets = responsible.flatMap { $0.target + [$0.overlap] }
  let errors = l2Loss(own, Tensor(targets, shape: [responsible.count, 5]))
  losses.centers = errors.slice(0..<2, along: 1).sum()
  losses.sides = errors.slice(2..<4, along: 1).sum()
  losses.objects = errors.slice(4..<5, along: 1).sum()

  // Once for each cell, also where two of its boxes have an object.
  var classOfCell: [Int: Int] = [:]
  for one in responsible { classOfCell[one.cell] = one.classIndex }
  let cells = classOfCell.keys.sorted()
  var wanted = [Float](repeating: 0, count: cells.count * classCount)
  for (row, cell) in cells.enumerated() { wanted[row * classCount + (classOfCell[cell] ?? 0)] = 1 }
  losses.classes = l2Loss(
    classes.selected(cells.map { Int32($0) }, along: 0),
    Tensor(wanted, shape: [cells.count, classCount])
  ).sum()
  return losses
}

cell("toy-loss")
let toyLosses = cellLosses(toyPredictions, [[toyObject]], toyGrid, boxes: 2)
print("centres:", toyLosses.centers.scalar, " sides:", toyLosses.sides.scalar)
print("objects:", toyLosses.objects.scalar, " empty:", toyLosses.empty.scalar)
print("classes:", toyLosses.classes.scalar)
print("loss:   ", toyLosses.sum.scalar)
record("toy_loss", Double(toyLosses.sum.scalar))

cell("same-as-library")
// Tests and benchmarks use the library's loss. It must be the same function, with the same gradient.
func lossAndGradient(
  _ predictions: Tensor, _ loss: (Tensor) -> Tensor
) -> (loss: Float, gradient: [Float]) {
  let parameter = Parameter(predictions)
  let value = training {
    let value = loss(parameter.value)
    value.backward()
    return value.scalar
  }
  return (value, parameter.gradient?.scalars ?? [])
}

let someLabels = Array(trainingPart.pictures.labels.prefix(8))
let somePredictions = Tensor.uniform(
  [someLabels.count, grid.count, numbersPerCell], in: 0..<1, using: &random)
let ours = lossAndGradient(somePredictions) { cellLosses($0, someLabels, grid).sum }
let layout = CellLayout(
  grid: Detection.Grid(rows: grid.side, columns: grid.side), boxesPerCell: boxesPerCell,
  classes: classCount)
let theirs = lossAndGradient(somePredictions) {
  Models.CellLosses($0, someLabels, layout: layout).sum
}
print("difference of the losses:", abs(ours.loss - theirs.loss))
print(
  "largest difference of the gradients:",
  zip(ours.gradient, theirs.gradient).map { abs($0 - $1) }.max() ?? .infinity)

cell("detect")
/// Boxes with less are not looked at.
let leastScore: Float = 0.01

/// Every box of a picture's cells with every class, the unlikeliest left out; in fractions of the sides.
func cellCandidates(_ numbers: ArraySlice<Float>) -> [ScoredBox] {
  var found: [ScoredBox] = []
  for cell in 0..<grid.count {
    let first = numbers.startIndex + cell * numbersPerCell
    let classes = first + 5 * boxesPerCell
    for box in 0..<boxesPerCell {
      let five = numbers[first + 5 * box..<first + 5 * box + 5]
      for category in 0..<classCount {
        let score = numbers[first + 5 * box + 4] * numbers[classes + category]
        guard score >= leastScore else { continue }
        found.append(
          ScoredBox(
            box: predictedBox(five, cell: cell, grid), classIndex: category, score: score))
      }
    }
  }
  return found
}

/// In pixels and inside of the picture; of boxes of one class that overlap by more than `overlap`, the
/// surest.
func withoutDuplicates(_ candidates: [ScoredBox], overlap: Float = 0.5) -> [ScoredBox] {
  let found = candidates.map {
    ScoredBox(
      box: inPixels($0.box).clipped(width: Float(width), height: Float(height)),
      classIndex: $0.classIndex, score: $0.score)
  }.filter(\.box.hasArea)
  return suppressed(
    found.map(\.box), scores: found.map(\.score), classes: found.map(\.classIndex),
    overlapThreshold: overlap
  ).prefix(100).map { found[$0] }
}

/// What is found in each picture of a part, if `candidates` reads the model's numbers.
func detected(
  _ model: any Layer, _ part: StillLifes.Part, overlap: Float = 0.5,
  _ candidates: (ArraySlice<Float>) -> [ScoredBox]
) -> [[ScoredBox]] {
  part.pictures.batches(size: 20).flatMap { batch -> [[ScoredBox]] in
    let numbers = model(batch.pixels).scalars
    let count = numbers.count / batch.count
    return (0..<batch.count).map { picture in
      withoutDuplicates(
        candidates(numbers[picture * count..<(picture + 1) * count]), overlap: overlap)
    }
  }
}

func summarized(
  _ found: [[ScoredBox]], _ part: StillLifes.Part = testPart
) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: data.sizes)
}

cell("training-loop")
let batchSize = setting(full: 8, quick: 4)
let epochs = setting(full: 38, quick: 1)
let rate: Float = 0.002
let augmentations: [Augmentation] = [
  .horizontalFlip(probability: 0.5), .verticalFlip(probability: 0.5), .zoom(0.8...1.25),
]

/// The parts of the loss by epoch, and the seconds that all epochs took.
struct History: Codable {
  var losses: [[Double]] = []
  var seconds = 0.0
}

/// Trains `model` on a loss that is a sum of parts.
func train(
  _ model: any Layer, _ name: String, using random: inout SplitMix64,
  losses: (Tensor, [[LabeledBox]]) -> (sum: Tensor, parts: [Tensor])
) throws -> History {
  let watch = Stopwatch()
  let optimizer = AdamW(model, learningRate: rate, weightDecay: 0.05)
  let schedule = Schedule.cosine(warmUp: 0.05, floor: 0.01)
  let stepsPerEpoch = trainingPart.pictures.count / batchSize
  let bar = ProgressBar(label: "training, \(name)", total: epochs * stepsPerEpoch)
  var history = History()
  for epoch in 0..<epochs {
    var means: [Double] = []
    let batches = trainingPart.pictures.batches(
      size: batchSize, shuffledBy: &random, augmentedBy: augmentations, droppingRemainder: true)
    for (number, batch) in batches.enumerated() {
      let step = epoch * stepsPerEpoch + number
      optimizer.learningRate = rate * schedule(Float(step) / Float(epochs * stepsPerEpoch))
      try training {
        let (sum, parts) = losses(model(batch.pixels), batch.labels)
        try requireFinite(sum, step: step, model: model) { _ = model(batch.pixels) }
        if means.isEmpty { means = parts.map { _ in 0 } }
        for (index, part) in parts.enumerated() {
          means[index] += Double(part.scalar) / Double(stepsPerEpoch)
        }
        sum.backward()
      }
      optimizer.step()
      bar.advance(note: "epoch \(epoch + 1)")
    }
    history.losses.append(means)
  }
  history.seconds = watch.seconds
  return history
}

cell("three-seeds")
/// A seed's training, and what its model finds in the test pictures.
struct SeedResult: Codable {
  var history: History
  var found: [[ScoredBox]]
  var peakMegabytes: Double
}

/// Keeps means over seeds and the first seed's detections; `kind` is that of `recordPrecision`.
func recordResults(_ results: [SeedResult], of kind: String = "") {
  recordPrecision(results.map { summarized($0.found) }, of: kind)
  let prefix = kind.isEmpty ? "" : kind + "_"
  record(prefix + "training_seconds", mean(results.map(\.history.seconds)), unit: "s")
  record(prefix + "peak_memory", results[0].peakMegabytes, unit: "MB")
  recordDetections(results[0].found, name: kind)
}

/// The loss of a batch for each of its pictures, and its parts.
func lossesPerPicture(
  _ predictions: Tensor, _ labels: [[LabeledBox]]
) -> (sum: Tensor, parts: [Tensor]) {
  let losses = cellLosses(predictions, labels, grid)
  let parts = [losses.centers, losses.sides, losses.objects, losses.empty, losses.classes]
  let count = Float(labels.count)
  return (losses.sum / count, parts.map { $0 / count })
}

let seeds = setting(full: [1, 2, 3], quick: [1], predicting: [1])
var models: [YOLO] = []
var results: [SeedResult] = []
for seed in seeds {
  var random = SplitMix64(seed: UInt64(seed))
  let model = YOLO(using: &random)
  let result = try checkpoint("seed-\(seed)", model, using: &random) { random in
    let history = try train(model, "seed \(seed)", using: &random, losses: lossesPerPicture)
    let peak = peakMegabytes()
    return SeedResult(
      history: history, found: detected(model, testPart, cellCandidates), peakMegabytes: peak)
  }
  models.append(model)
  results.append(result)
}
recordResults(results)

cell("your-picture")
predictor(classNames: classNames, height: height, width: width) { pixels in
  withoutDuplicates(cellCandidates(models[0](pixels).scalars[...]))
}

cell("training-curve")
func curve(_ name: String, _ part: Int, _ line: Series.Line, _ marker: Series.Marker) -> Series {
  Series(name, y: results[0].history.losses.map { $0[part] }, line: line, marker: marker)
}
show(
  LinePlot(
    "Five parts of the loss", x: Axis("epoch"), y: Axis("loss of a picture", scale: .logarithmic),
    series: [
      curve("centres", 0, .solid, .circle), curve("sides", 1, .dashed, .square),
      curve("objects' confidence", 2, .dotted, .triangle),
      curve("empty boxes' confidence", 3, .dashed, .diamond),
      curve("classes", 4, .solid, .square),
    ]),
  alt: "The five parts of the loss of the first seed by epoch.")

cell("test-detections")
/// The score that as many boxes in the test pictures reach as there are objects.
///
/// Scores of two detectors do not mean the same; their surest boxes, equally many, can be compared.
func countedScore(_ found: [[ScoredBox]]) -> Float {
  let scores = found.joined().map(\.score).sorted(by: >)
  let objects = testPart.labels.joined().count
  return scores.isEmpty ? 1 : scores[min(objects, scores.count) - 1]
}

/// What is found in each test picture with such a score.
func surest(_ found: [[ScoredBox]]) -> [[ScoredBox]] {
  let score = countedScore(found)
  return found.map { $0.filter { $0.score >= score } }
}

let sureScore = countedScore(results[0].found)
let surestFound = surest(results[0].found)
print("as many boxes as objects have a score of \(rounded(sureScore, 2)) or more")

/// A test picture with its objects and what was found.
func pictured(_ number: Int, _ found: [[ScoredBox]], zoom: Double = 1.5) -> PictureFigure {
  PictureFigure(
    testPart.images[number], objects: testPart.labels[number], found: found[number],
    classNames: classNames, zoom: zoom)
}

show(
  PictureGrid((0..<min(8, testPart.labels.count)).map { pictured($0, surestFound) }, columns: 4),
  alt: "Eight test pictures: true boxes dashed, and what was found, with the names of the classes.")

cell("confidence-maps")
/// The picture under its cells' values: dark where nothing is, tinted and bright where an object is.
func tinted(_ image: Image, _ grid: Grid, _ values: [Float]) -> Image {
  var result = image
  for y in 0..<height {
    for x in 0..<width {
      let place = grid.place(
        x: (Float(x) + 0.5) / Float(width), y: (Float(y) + 0.5) / Float(height))
      let value = min(max(values[place.cell], 0), 1)
      for (channel, tint) in [Float(255), 200, 40].enumerated() {
        let index = 3 * (y * width + x) + channel
        let pixel = Float(image.pixels[index])
        result.pixels[index] = UInt8(0.45 * pixel + (0.25 * pixel + 0.3 * tint) * value)
      }
    }
  }
  return result
}

/// What the model says about one picture.
func numbers(of image: Image, _ model: any Layer) -> [Float] {
  DecodedDataset(classNames: classNames, images: [image], labels: [[]]).batches(size: 1)
    .flatMap { model($0.pixels).scalars }
}

let exampleNumbers = numbers(of: exampleImage, models[0])
let confidences = (0..<boxesPerCell).map { box in
  (0..<grid.count).map { exampleNumbers[$0 * numbersPerCell + 5 * box + 4] }
}
let bestConfidences = (0..<grid.count).map { cell in confidences.map { $0[cell] }.max() ?? 0 }
let brightBoxes = (0..<grid.count).filter { bestConfidences[$0] >= 0.3 }.map { cell in
  let best = (0..<boxesPerCell).max { confidences[$0][cell] < confidences[$1][cell] } ?? 0
  let first = cell * numbersPerCell + 5 * best
  return PictureBox(inPixels(predictedBox(exampleNumbers[first..<first + 5], cell: cell, grid)))
}
let dashed = exampleLabels.map { PictureBox($0.box, "", .good, dashed: true) }
show(
  PictureGrid(
    confidences.enumerated().map { box, values in
      PictureFigure(
        tinted(exampleImage, grid, values), boxes: dashed, zoom: 2,
        caption: "confidence of box \(box + 1)")
    } + [
      PictureFigure(
        tinted(exampleImage, grid, bestConfidences), boxes: dashed + brightBoxes, zoom: 2,
        caption: "boxes of the brighter cells")
    ], columns: 3),
  alt: """
    A still life three times, darkened but for the cells that are confident; they lie on the middles of \
    the dashed objects. On the last one the boxes of these cells are drawn.
    """)

cell("suppression")
// An overlap of 1 suppresses nothing.
for (name, overlap) in [("unsuppressed", Float(1)), ("suppressed", 0.5)] {
  let found = detected(models[0], testPart, overlap: overlap, cellCandidates)
  let boxes = mean(found.map { Double($0.count { $0.score >= sureScore }) })
  let ap50 = summarized(found).ap50
  print("\(name): \(rounded(boxes, 2)) sure boxes a picture, AP50 \(rounded(ap50, 3))")
  record("\(name)_ap50", ap50)
  record("\(name)_boxes", boxes)
}

cell("ceiling")
// What a network would find that said the truth about every object its grid has room for.
let truthful = testPart.pictures.labels.map { labels in
  keptObjects(labels, grid, boxesPerCell: boxesPerCell).joined().map {
    ScoredBox(box: inPixels($0.box), classIndex: $0.classIndex, score: 1)
  }
}
let testObjects = Array(testPart.labels.joined())
let ceiling = summarized(truthful)
print("AP50 of the truth, as far as there is room for it: \(rounded(ceiling.ap50, 3))")
record("ceiling_ap50", ceiling.ap50)
record(
  "without_room_share", 1 - Double(truthful.joined().count) / Double(testObjects.count))

cell("what-failed")
let sizeNames = ["small", "medium", "large"]
let objectSizes = testObjects.map { object in
  let area = Double(object.box.area)
  return area < data.sizes.mediumFrom ? 0 : area < data.sizes.largeFrom ? 1 : 2
}

/// What became of the objects of each test picture, by the surest boxes; "proposals" are all boxes found.
func fates(_ found: [[ScoredBox]]) -> [[ObjectFate]] {
  zip(testPart.labels, zip(found, surest(found))).map { objects, found in
    objects.map {
      ObjectFate(of: $0, detections: found.1, proposals: found.0.map(\.box))
    }
  }
}

func printFates(_ fates: [ObjectFate]) {
  for fate in ObjectFate.allCases {
    let columns = sizeNames.indices.map { size in
      let own = zip(objectSizes, fates).filter { $0.0 == size }
      let share = Double(own.count { $0.1 == fate }) / Double(max(own.count, 1))
      return "\(sizeNames[size]) \(rounded(100 * share, 1)) %"
    }
    let name = fate == .withoutProposal ? "no box overlaps it by half" : fate.rawValue
    print("\(name): \(columns.joined(separator: ", "))")
  }
}

let pictureFates = fates(results[0].found)
let firstFates = Array(pictureFates.joined())
printFates(firstFates)
for (name, fate) in [
  ("without_box_share", ObjectFate.withoutProposal), ("wrong_class_share", .wrongClass),
  ("wrong_box_share", .wrongBox), ("background_share", .takenForBackground),
] {
  record(name, mean(firstFates.map { $0 == fate ? 1 : 0 }))
}

cell("crowds")
/// From the centre of each object to the nearest other one, in cells of our grid; infinite if alone.
let distances = testPart.pictures.labels.flatMap { labels in
  let centers = labels.map { CenterBox($0.box) }
  return centers.indices.map { one in
    centers.indices.filter { $0 != one }.map { other in
      let (x, y) = (centers[one].x - centers[other].x, centers[one].y - centers[other].y)
      return Float(grid.side) * (x * x + y * y).squareRoot()
    }.min() ?? .infinity
  }
}
let distanceRanges: [(name: String, range: Range<Float>)] = [
  ("under 1.5", 0..<1.5), ("1.5 to 2.5", 1.5..<2.5), ("2.5 to 4", 2.5..<4),
  ("4 or more", 4..<Float.greatestFiniteMagnitude),
]
/// In percent, by distance to the nearest neighbour.
func foundShares(_ fates: [ObjectFate]) -> [Double] {
  distanceRanges.map { _, range in
    let own = zip(distances, fates).filter { range.contains($0.0) }
    return own.isEmpty ? .nan : 100 * Double(own.count { $0.1 == .found }) / Double(own.count)
  }
}
for (range, share) in zip(distanceRanges, foundShares(firstFates)) {
  let count = distances.count { range.range.contains($0) }
  print("nearest neighbour \(range.name) cells away: \(rounded(share, 1)) % of \(count) found")
}

cell("failures")
// The test pictures in which most objects are not found.
let worst = testPart.labels.indices.sorted { a, b in
  (pictureFates[b].count { $0 != .found }, a) < (pictureFates[a].count { $0 != .found }, b)
}.prefix(4)
show(
  PictureGrid(worst.map { pictured($0, surestFound, zoom: 2) }, columns: 2),
  alt: "Four test pictures with small and grouped fruit, dashed, of which few have been found.")

cell("shapes-of-objects")
let objectShapes = trainingPart.pictures.labels.joined().map { BoxShape($0.box) }
let anchorShapes = shapeClusters(objectShapes, count: 9)
let bestFits = objectShapes.map { shape in anchorShapes.map { $0.overlap(shape) }.max() ?? 0 }
print("an object's best anchor overlaps its shape by \(rounded(mean(bestFits), 2)) in the mean")
record("shape_overlap", mean(bestFits))

func shapeSeries(_ name: String, _ shapes: [BoxShape], _ marker: Series.Marker) -> Series {
  func pixels(_ fraction: Float) -> Double { Double(fraction) * Double(width) }
  return Series(
    name, x: shapes.map { pixels($0.width) }, y: shapes.map { pixels($0.height) }, line: .none,
    marker: marker)
}
show(
  LinePlot(
    "Objects and nine anchors", x: Axis("width in pixels"), y: Axis("height in pixels"),
    series: [
      shapeSeries("objects", Array(objectShapes.prefix(500)), .circle),
      shapeSeries("anchors", anchorShapes, .square),
    ]),
  alt: "Width against height of objects, a cloud from small to large, with nine squares among them."
)

cell("slots")
let scaleSides = [width / 8, width / 16, width / 32]
let anchorsPerCell = 3
// The finest grid has the smallest anchors.
let slots = ScaledAnchors(
  scales: scaleSides.enumerated().map { scale, side in
    .init(
      grid: Detection.Grid(rows: side, columns: side),
      shapes: Array(anchorShapes[anchorsPerCell * scale..<anchorsPerCell * (scale + 1)]))
  })
print("slots:", slots.count)
record("slots", Double(slots.count))

cell("assignment")
let sharedFrom: Float = 0.5

let assignments = trainingPart.pictures.labels.map {
  ScaledAssignment($0, anchors: slots, sharedFrom: sharedFrom)
}
let lostObjects = assignments.map(\.lost.count).reduce(0, +)
let allObjects = trainingPart.labels.joined().count
let slotsPerObject =
  Double(assignments.map(\.pairs.count).reduce(0, +)) / Double(allObjects - lostObjects)
print("objects without a slot:", lostObjects, "of", allObjects)
print("slots an object:", rounded(slotsPerObject, 1))
record("scales_lost", Double(lostObjects) / Double(allObjects))
record("scales_slots_per_object", slotsPerObject)

cell("scaled-network")
func convolution(
  _ inputs: Int, _ outputs: Int, kernel: Int, using random: inout SplitMix64
) -> Sequential {
  Sequential(
    Conv2D(
      inputs, outputs, kernel: kernel, padding: kernel / 2, hasBias: false, using: &random),
    BatchNorm2D(outputs), ReLU())
}

/// Three grids of anchors on one backbone; coarse maps tell finer ones what they have seen.
final class ScaledYOLO: Layer {
  let backbone: Backbone
  let toMiddle: ResidualBlock
  let toCoarse: ResidualBlock
  let coarse: Sequential
  let middle: Sequential
  let fine: Sequential
  let heads: [Conv2D]

  init(using random: inout SplitMix64) {
    backbone = Backbone(using: &random)
    toMiddle = ResidualBlock(Backbone.channels, 192, stride: 2, using: &random)
    toCoarse = ResidualBlock(192, 256, stride: 2, using: &random)
    coarse = convolution(256, 128, kernel: 1, using: &random)
    middle = convolution(128 + 192, 128, kernel: 3, using: &random)
    fine = convolution(128 + Backbone.channels, 128, kernel: 3, using: &random)
    // Objectness begins near a fiftieth: most slots are empty.
    let slot = [Float](repeating: 0, count: 4) + [-4] + classNames.map { _ in -1.5 }
    let biases = (0..<anchorsPerCell).flatMap { _ in slot }
    var heads: [Conv2D] = []
    for _ in scaleSides {
      let head = Conv2D(
        128, biases.count, kernel: 1, initializer: .normal(0.01), using: &random)
      head.bias?.value = Tensor(biases, shape: [biases.count])
      heads.append(head)
    }
    self.heads = heads
  }

  /// `[N, slots, 5 + classes]`: four numbers of the box, objectness, classes, all before the sigmoid.
  func callAsFunction(_ pictures: Tensor) -> Tensor {
    let finest = backbone(pictures)
    let between = toMiddle(finest)
    let coarseMap = coarse(toCoarse(between))
    let middleMap = middle(concatenated([enlarged(coarseMap), between], along: 1))
    let fineMap = fine(concatenated([enlarged(middleMap), finest], along: 1))
    let numbers = zip(heads, [fineMap, middleMap, coarseMap]).map { head, map in
      head(map).permuted([0, 2, 3, 1]).reshaped([pictures.shape[0], -1, 5 + classCount])
    }
    return concatenated(numbers, along: 1)
  }

  private func enlarged(_ map: Tensor) -> Tensor {
    map.resized(rows: 2 * map.shape[2], columns: 2 * map.shape[3], .nearest)
  }
}

let scaledSummary = summary(
  of: ScaledYOLO(using: &random), inputShape: [1, 3, height, width])
print("trained numbers:", scaledSummary.parameterCount)
print("work: \(rounded(scaledSummary.gigaFLOP, 2)) GFLOP a picture")
record("scales_parameters", Double(scaledSummary.parameterCount))
record("scales_gflop", scaledSummary.gigaFLOP, unit: "GFLOP")

cell("scaled-three-seeds")
func slotCandidates(_ numbers: ArraySlice<Float>) -> [ScoredBox] {
  slots.candidates(numbers, scoreFrom: leastScore)
}
// From which overlap on two boxes of a class are one.
let scaledOverlap: Float = 0.3
record("scales_suppression", Double(scaledOverlap))

var scaledModels: [ScaledYOLO] = []
var scaledResults: [SeedResult] = []
for seed in seeds {
  var random = SplitMix64(seed: UInt64(seed))
  let model = ScaledYOLO(using: &random)
  let result = try checkpoint("scales-seed-\(seed)", model, using: &random) { random in
    restartPeakMemory()  // what one grid took does not count here
    let history = try train(model, "three grids, seed \(seed)", using: &random) {
      let losses = ScaledLosses($0, $1, anchors: slots, sharedFrom: sharedFrom)
      return (losses.mean, [losses.centers, losses.sides, losses.objectness, losses.classes])
    }
    let peak = peakMegabytes()
    return SeedResult(
      history: history,
      found: detected(model, testPart, overlap: scaledOverlap, slotCandidates),
      peakMegabytes: peak)
  }
  scaledModels.append(model)
  scaledResults.append(result)
}
recordResults(scaledResults, of: "scales")

cell("scaled-suppression")
for overlap: Float in [0.3, 0.4, 0.5, 0.6] {
  for (name, model, candidates) in [
    ("one grid", models[0] as any Layer, cellCandidates),
    ("three", scaledModels[0], slotCandidates),
  ] {
    let found = detected(model, validationPart, overlap: overlap, candidates)
    print(Trial("\(overlap), \(name)", summarized(found, validationPart)).line)
  }
}

cell("scaled-fates")
printFates(Array(fates(scaledResults[0].found).joined()))

cell("scales-at-work")
let scaledExample = Tensor(
  numbers(of: exampleImage, scaledModels[0]), shape: [slots.count, 5 + classCount]
).slice(4..<5, along: 1).sigmoid.scalars

/// The largest objectness in every cell of one grid.
func objectnessMap(_ scale: Int) -> [Float] {
  let first = scaleSides[..<scale].reduce(0) { $0 + anchorsPerCell * $1 * $1 }
  return (0..<scaleSides[scale] * scaleSides[scale]).map { cell in
    let place = first + cell * anchorsPerCell
    return scaledExample[place..<place + anchorsPerCell].max() ?? 0
  }
}
show(
  PictureGrid(
    scaleSides.indices.map { scale in
      PictureFigure(
        tinted(exampleImage, Grid(side: scaleSides[scale]), objectnessMap(scale)), boxes: dashed,
        zoom: 2, caption: "\(scaleSides[scale]) × \(scaleSides[scale]) cells")
    }, columns: 3),
  alt: """
    A still life three times, darkened but for cells with an object: small objects light up on the fine \
    grid, larger ones on the coarser ones.
    """)

cell("time")
/// The stages of looking at the first test pictures, one at a time.
func stageTimes(
  _ model: any Layer, pictures: Int, overlap: Float = 0.5,
  _ candidates: (ArraySlice<Float>) -> [ScoredBox]
) -> StageTimes {
  var times = StageTimes()
  for batch in testPart.pictures.batches(size: 1).prefix(pictures) {
    let numbers = times.measure("network") { model(batch.pixels).scalars }
    times.measure("boxes") { _ = withoutDuplicates(candidates(numbers[...]), overlap: overlap) }
  }
  return times
}

let timedPictures = setting(full: 50, quick: 2)
_ = stageTimes(models[0], pictures: 2, cellCandidates)  // the first call makes room for its results
print("one grid")
let milliseconds = stageTimes(models[0], pictures: timedPictures, cellCandidates)
  .recordMilliseconds(pictures: timedPictures)
record("milliseconds", milliseconds.values.reduce(0, +), unit: "ms")
_ = stageTimes(scaledModels[0], pictures: 2, slotCandidates)
print("three grids")
let scaledMilliseconds = stageTimes(
  scaledModels[0], pictures: timedPictures, overlap: scaledOverlap, slotCandidates
).recordMilliseconds(pictures: timedPictures, of: "scales")
record("scales_milliseconds", scaledMilliseconds.values.reduce(0, +), unit: "ms")
