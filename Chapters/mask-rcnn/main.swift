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
let data = try StillLifes(withMasks: true)
let (trainingPart, validationPart, testPart) = (data.training, data.validation, data.test)
let (classNames, height, width) = (data.classNames, data.height, data.width)
for (name, part) in [
  ("training", trainingPart), ("validation", validationPart), ("test", testPart),
] {
  print("\(name): \(part.pictures.count) pictures, \(part.labels.joined().count) objects")
}

/// The pixels of each picture's objects.
func objectMasks(_ part: StillLifes.Part) -> [[Mask]] {
  (part.pictures.masks ?? []).map { $0.map(Mask.init) }
}

let (trainingMasks, validationMasks, testMasks) = (
  objectMasks(trainingPart), objectMasks(validationPart), objectMasks(testPart)
)

cell("ground-truth")
let example = setting(full: 4, quick: 0)

/// A mask for drawing, in the colour of its class.
func drawn(_ mask: Mask, classIndex: Int) -> PictureMask {
  PictureMask(
    height: mask.height, width: mask.width, bits: mask.bits, role: .series(classIndex),
    opacity: 0.3)
}

show(
  PictureGrid(
    (0..<min(8, testPart.labels.count)).map { number in
      PictureFigure(
        testPart.pictures.images[number],
        masks: zip(testMasks[number], testPart.labels[number]).map {
          drawn($0, classIndex: $1.classIndex)
        }, zoom: 1.5)
    }, columns: 4),
  alt: "Eight test pictures; the pixels of each fruit tinted and outlined, one colour a class.")

cell("first-two-stages")
// What the chapter about Faster R-CNN builds and explains.
let anchorGenerator = AnchorGenerator(sizes: [16, 28, 48, 80], heightOverWidth: [0.5, 1, 2])
let stride = Backbone.stride
let (mapHeight, mapWidth) = ((height + stride - 1) / stride, (width + stride - 1) / stride)
let anchors = anchorGenerator.anchors(
  mapHeight: mapHeight, mapWidth: mapWidth, strideY: stride, strideX: stride)
let trainingFilter = ProposalFilter(candidateLimit: 1000, proposalLimit: 200)
let testFilter = ProposalFilter(candidateLimit: 1000, proposalLimit: 100)
let (anchorsPerPicture, regionsPerPicture) = (64, 64)

/// The proposals in each picture of a batch.
func proposals(_ filter: ProposalFilter, _ logits: Tensor, _ offsets: Tensor) -> [[Box]] {
  filter.proposals(
    anchors: anchors, logits: logits, offsets: offsets, height: Float(height),
    width: Float(width)
  ).map { $0.map(\.box) }
}

cell("mask-head")
let maskBins = 10
let maskSide = 2 * maskBins

/// Says of every cell of a region how likely it belongs to the object, for each class.
final class MaskHead: Layer {
  let convolutions: Sequential
  let doubled: TransposedConv2D
  let logits: Conv2D

  init(channels: Int, hidden: Int, classes: Int, using random: inout SplitMix64) {
    convolutions = Sequential(
      Conv2D(channels, hidden, kernel: 3, padding: 1, using: &random), ReLU(),
      Conv2D(hidden, hidden, kernel: 3, padding: 1, using: &random), ReLU())
    doubled = TransposedConv2D(hidden, hidden, kernel: 2, stride: 2, using: &random)
    logits = Conv2D(hidden, classes, kernel: 1, initializer: .normal(0.01), using: &random)
  }

  /// `[K, channels, 10, 10]` → `[K, classes, 20, 20]`, before the sigmoid.
  func callAsFunction(_ regions: Tensor) -> Tensor {
    logits(doubled(convolutions(regions)).relu)
  }
}

cell("mask-rcnn")
final class MaskRCNN: Layer {
  let backbone: Backbone
  let proposalNetwork: RegionProposalNetwork
  let head: RegionHead
  let maskHead: MaskHead

  init(classes: Int, using random: inout SplitMix64) {
    backbone = Backbone(using: &random)
    proposalNetwork = RegionProposalNetwork(
      channels: Backbone.channels, anchorsPerCell: anchorGenerator.cellAnchors.count,
      using: &random)
    head = RegionHead(channels: Backbone.channels, cells: 5, classes: classes, using: &random)
    maskHead = MaskHead(channels: Backbone.channels, hidden: 64, classes: classes, using: &random)
  }

  /// The class scores of the proposals of all pictures.
  func callAsFunction(_ pictures: Tensor) -> Tensor {
    let map = backbone(pictures)
    let (logits, offsets) = proposalNetwork.predictions(map)
    let boxes = proposals(testFilter, logits, offsets)
    return head(aligned(map, regions(boxes), bins: 5))
  }
}

/// `[K, channels, bins, bins]`: what the map shows in each region.
func aligned(_ map: Tensor, _ regions: [Region], bins: Int) -> Tensor {
  roiAlign(
    map, regions, height: bins, width: bins, cellsPerPixel: 1 / Float(stride), samplingRatio: 2)
}

cell("work")
var random = SplitMix64(seed: 0)
let untrained = MaskRCNN(classes: classNames.count, using: &random)
let boxWork = summary(of: untrained, inputShape: [1, 3, height, width]).gigaFLOP
let maskedRegions = 10
let maskWork = summary(
  of: untrained.maskHead, inputShape: [maskedRegions, Backbone.channels, maskBins, maskBins]
).gigaFLOP
let (allNumbers, maskNumbers) = (
  parameterCount(of: untrained), parameterCount(of: untrained.maskHead)
)
print("trained numbers: \(allNumbers), \(maskNumbers) of them in the mask head")
print("boxes:                   \(rounded(boxWork, 2)) GFLOP a picture")
print("masks of \(maskedRegions) detections: \(rounded(maskWork, 2)) GFLOP")
record("parameters", Double(allNumbers))
record("gflop", boxWork + maskWork, unit: "GFLOP")
record("gflop_masks", maskWork, unit: "GFLOP")

cell("architecture")
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shapeText([3, height, width])),
      .init(
        "backbone", detail: shapeText([Backbone.channels, mapHeight, mapWidth]),
        outputs: ["proposal network", "head: class and box"]),
      .init("RoIAlign", detail: "K × " + shapeText([Backbone.channels, maskBins, maskBins])),
      .init("3×3, 3×3", detail: "K × " + shapeText([64, maskBins, maskBins])),
      .init("transposed 2×2", detail: "K × " + shapeText([64, maskSide, maskSide])),
      .init(
        "1×1, sigmoid", detail: "K × " + shapeText([classNames.count, maskSide, maskSide]),
        outputs: ["one mask a class"]),
    ]),
  alt: """
    The picture passes the backbone, whose map feeds the proposal network and the head. A third \
    branch aligns K regions and passes two convolutions, a transposed one and a last one that gives \
    a mask for each class.
    """)

cell("mask-targets")
/// `[K, 20, 20]`: the share of each cell of a region that belongs to its object.
///
/// - Parameters:
///   - masks: Of each picture's objects.
///   - boxes: The regions of each picture.
///   - objects: For each region the number of its object.
func maskTargets(_ masks: [[Mask]], _ boxes: [[Box]], objects: [[Int]]) -> Tensor {
  // The masks of a picture are the channels of a map; each region reads all, and keeps its object's.
  let (channels, pixels) = (max(1, masks.map(\.count).max() ?? 0), height * width)
  let map = Tensor(shape: [masks.count, channels, height, width]) { target in
    target.update(repeating: 0)
    for (picture, masks) in masks.enumerated() {
      for (object, mask) in masks.enumerated() {
        let first = (picture * channels + object) * pixels
        for (pixel, belongs) in mask.bits.enumerated() where belongs { target[first + pixel] = 1 }
      }
    }
  }
  let own = objects.joined().enumerated().map { Int32($0 * channels + $1) }
  return roiAlign(map, regions(boxes), height: maskSide, width: maskSide, cellsPerPixel: 1)
    .reshaped([-1, maskSide, maskSide]).selected(own, along: 0)
}

/// The rows of a map of cells.
func rows(_ cells: [Float]) -> [[Double]] {
  (0..<maskSide).map { row in
    cells[row * maskSide..<(row + 1) * maskSide].map(Double.init)
  }
}

let exampleBox = testPart.labels[example][0].box
let shiftedBox = Box(
  x0: exampleBox.x0 - 6, y0: exampleBox.y0 + 4, x1: exampleBox.x1 - 2, y1: exampleBox.y1 + 8)
let exampleMask = testMasks[example][0]
let exampleTargets = maskTargets(
  [[exampleMask]], [[exampleBox, shiftedBox]], objects: [[0, 0]]
).scalars
let cellCount = maskSide * maskSide
show(
  FigureRow([
    PictureFigure(
      testPart.pictures.images[example],
      boxes: [PictureBox(exampleBox, "", .good, dashed: true), PictureBox(shiftedBox)],
      masks: [drawn(exampleMask, classIndex: testPart.labels[example][0].classIndex)], zoom: 2),
    HeatMap(
      "Its box", values: rows(Array(exampleTargets[..<cellCount])), range: 0...1, cell: 11),
    HeatMap(
      "A proposal", values: rows(Array(exampleTargets[cellCount...])), range: 0...1, cell: 11),
  ]),
  alt: """
    A still life with one fruit tinted, its box dashed and a box beside it; then the fruit's shape on \
    a grid of 20 × 20, filling the grid for its own box and cut off for the other.
    """)

cell("mask-loss")
/// How far the masks of regions are from their objects', each in the channel of its class.
///
/// - Parameters:
///   - logits: `[K, classes, 20, 20]`.
///   - classes: The class index of each region's object.
///   - targets: `[K, 20, 20]`.
func maskLoss(_ logits: Tensor, _ classes: [Int], _ targets: Tensor) -> Tensor {
  guard !classes.isEmpty else { return Tensor(0) }
  let rows = classes.enumerated().map { Int32($0 * classNames.count + $1) }
  let own = logits.reshaped([-1, maskSide, maskSide]).selected(rows, along: 0)
  return binaryCrossEntropy(own, targets).mean()
}

cell("joint-loss")
let masksPerPicture = 8

/// How regions are read for their masks.
enum Reading: String, Codable, CaseIterable {
  case aligned = "RoIAlign"
  case pooled = "RoI pooling"
}

func read(_ map: Tensor, _ regions: [Region], _ reading: Reading) -> Tensor {
  switch reading {
  case .aligned: aligned(map, regions, bins: maskBins)
  case .pooled:
    roiPool(map, regions, height: maskBins, width: maskBins, cellsPerPixel: 1 / Float(stride))
  }
}

struct Losses: Codable {
  var proposals = 0.0
  var regions = 0.0
  var masks = 0.0
}

/// All three stages on one batch.
func jointLosses(
  _ model: MaskRCNN, _ pixels: Tensor, _ labels: [[LabeledBox]], _ masks: [[Mask]],
  _ reading: Reading, using random: inout SplitMix64
) -> (sum: Tensor, parts: Losses) {
  let map = model.backbone(pixels)
  let (logits, offsets) = model.proposalNetwork.predictions(map)
  let anchorTargets = labels.map {
    AnchorTargets(
      anchors: anchors, groundTruths: $0.map(\.box), count: anchorsPerPicture, using: &random)
  }
  let ofProposals = proposalLosses(logits, offsets, anchorTargets)

  let proposed = proposals(trainingFilter, logits.detached, offsets.detached)
  let targets = zip(proposed, labels).map {
    RegionTargets(
      proposals: $0, labels: $1, count: regionsPerPicture, using: &random)
  }
  let (classLogits, moves) = model.head.predictions(
    aligned(map, regions(targets.map(\.boxes)), bins: 5))
  let ofRegions = regionLosses(classLogits, moves, targets)

  // Masks are learned from regions that hold an object, and those come first.
  let objects = targets.map { Array($0.groundTruths.prefix(masksPerPicture)) }
  let boxes = zip(targets, objects).map { Array($0.boxes.prefix($1.count)) }
  let classes = zip(labels, objects).flatMap { labels, objects in
    objects.map { labels[$0].classIndex }
  }
  let ofMasks =
    classes.isEmpty
    ? Tensor(0)
    : maskLoss(
      model.maskHead(read(map, regions(boxes), reading)), classes,
      maskTargets(masks, boxes, objects: objects))
  let (first, second) = (
    ofProposals.objectness + ofProposals.boxes, ofRegions.classes + ofRegions.boxes
  )
  return (
    first + second + ofMasks,
    Losses(
      proposals: Double(first.scalar), regions: Double(second.scalar),
      masks: Double(ofMasks.scalar))
  )
}

cell("training-loop")
let batchSize = setting(full: 8, quick: 4)
let epochs = setting(full: 30, quick: 1)
let rate: Float = 0.002
let flips: [Augmentation] = [
  .horizontalFlip(probability: 0.5), .verticalFlip(probability: 0.5),
]

/// The losses of each epoch, and the seconds that all of them took.
struct History: Codable {
  var losses: [Losses] = []
  var seconds = 0.0
}

/// Trains everything together.
func train(
  _ model: MaskRCNN, reading: Reading = .aligned, epochs: Int, using random: inout SplitMix64
) throws -> History {
  let watch = Stopwatch()
  let optimizer = AdamW(model, learningRate: rate, weightDecay: 0.05)
  let schedule = Schedule.cosine(warmUp: 0.05, floor: 0.01)
  let stepsPerEpoch = trainingPart.pictures.count / batchSize
  let bar = ProgressBar(label: "training, \(reading.rawValue)", total: epochs * stepsPerEpoch)
  var history = History()
  for epoch in 0..<epochs {
    var means = Losses()
    let batches = trainingPart.pictures.batches(
      size: batchSize, shuffledBy: &random, augmentedBy: flips, droppingRemainder: true)
    for (number, batch) in batches.enumerated() {
      let step = epoch * stepsPerEpoch + number
      optimizer.learningRate = rate * schedule(Float(step) / Float(epochs * stepsPerEpoch))
      try training {
        let (loss, parts) = jointLosses(
          model, batch.pixels, batch.pixelLabels, batch.masks ?? [], reading,
          using: &random)
        try requireFinite(loss, step: step, model: model) { _ = model(batch.pixels) }
        means.proposals += parts.proposals / Double(stepsPerEpoch)
        means.regions += parts.regions / Double(stepsPerEpoch)
        means.masks += parts.masks / Double(stepsPerEpoch)
        loss.backward()
      }
      optimizer.step()
      bar.advance(note: "epoch \(epoch + 1)")
    }
    history.losses.append(means)
  }
  history.seconds = watch.seconds
  return history
}

cell("detect")
/// What is found in a picture.
struct Found: Codable {
  var boxes: [ScoredBox] = []
  /// For each box the probabilities of its mask, `[20, 20]`, row-major.
  var maps: [[Float]] = []

  /// The pixels of each box's object.
  var masks: [Mask] {
    zip(boxes, maps).map { found, map in
      Mask(
        width: width, height: height,
        bits: pastedMask(map, side: maskSide, box: found.box, height: height, width: width)
          .map { $0 >= 0.5 })
    }
  }
}

/// Boxes first, then masks of the boxes that are left.
func detected(_ model: MaskRCNN, _ pixels: Tensor, _ reading: Reading) -> [Found] {
  let map = model.backbone(pixels)
  let (logits, offsets) = model.proposalNetwork.predictions(map)
  let proposed = proposals(testFilter, logits, offsets)
  let (classLogits, moves) = model.head.predictions(aligned(map, regions(proposed), bins: 5))
  var found = regionDetections(
    regions: proposed, logits: classLogits, offsets: moves, height: Float(height),
    width: Float(width)
  ).map { Found(boxes: $0) }
  let kept = regions(found.map { $0.boxes.map(\.box) })
  if kept.isEmpty { return found }
  let maps = model.maskHead(read(map, kept, reading)).sigmoid.scalars
  var row = 0
  for picture in found.indices {
    found[picture].maps = found[picture].boxes.map { box in
      let first = (row * classNames.count + box.classIndex) * cellCount
      row += 1
      return Array(maps[first..<first + cellCount])
    }
  }
  return found
}

func detected(_ model: MaskRCNN, _ part: StillLifes.Part, _ reading: Reading = .aligned) -> [Found]
{
  part.pictures.batches(size: 20).flatMap { detected(model, $0.pixels, reading) }
}

cell("judging")
func boxSummary(_ found: [Found], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(
    detections: found.map(\.boxes), groundTruths: part.labels, sizes: data.sizes)
}

/// As for boxes, with the overlap of pixels; what is small is told by the box.
func maskSummary(_ found: [Found], _ masks: [[Mask]], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(
    detections: zip(found, masks).map { found, masks in
      zip(found.boxes, masks).map { box, mask in
        ScoredShape(shape: mask, classIndex: box.classIndex, score: box.score)
      }
    },
    groundTruths: zip(objectMasks(part), part.labels).map { masks, labels in
      zip(masks, labels).map { mask, label in
        GroundTruth(
          shape: mask, classIndex: label.classIndex, area: Double(label.box.area))
      }
    }, sizes: data.sizes)
}

cell("three-seeds")
/// A seed's training, and what its model finds in the test pictures.
struct SeedResult: Codable {
  var history: History
  var test: [Found]
  var peakMegabytes: Double
}

var models: [MaskRCNN] = []
var results: [SeedResult] = []
for seed in setting(full: [1, 2, 3], quick: [1], predicting: [1]) {
  var random = SplitMix64(seed: UInt64(seed))
  let model = MaskRCNN(classes: classNames.count, using: &random)
  let result = try checkpoint("seed-\(seed)", model, using: &random) { random in
    let history = try train(model, epochs: epochs, using: &random)
    let peak = peakMegabytes()
    return SeedResult(
      history: history, test: detected(model, testPart), peakMegabytes: peak)
  }
  models.append(model)
  results.append(result)
}
let foundMasks = results.map { $0.test.map(\.masks) }
let boxSummaries = results.map { boxSummary($0.test, testPart) }
let maskSummaries = zip(results, foundMasks).map { maskSummary($0.test, $1, testPart) }
recordPrecision(boxSummaries)
recordPrecision(maskSummaries, of: "mask")
record("training_seconds", mean(results.map(\.history.seconds)), unit: "s")
record("peak_memory", results[0].peakMegabytes, unit: "MB")
recordDetections(results[0].test.map(\.boxes))

cell("your-picture")
predictor(classNames: classNames, height: height, width: width) { pixels in
  let found = detected(models[0], pixels, .aligned)[0]
  return zip(found.boxes, found.maps).map { DetectedObject($0, shape: $1) }
}

cell("training-curve")
let losses = results[0].history.losses
show(
  LinePlot(
    "Three parts of the loss", x: Axis("epoch"), y: Axis("loss", scale: .logarithmic),
    series: [
      Series("proposal network", y: losses.map(\.proposals), marker: .circle),
      Series("classes and boxes", y: losses.map(\.regions), line: .dashed, marker: .square),
      Series("masks", y: losses.map(\.masks), line: .dotted, marker: .triangle),
    ]),
  alt: "The losses of the first seed by epoch: proposals lowest, masks falling the least.")

cell("one-mask")
/// The surest detection of the example, or its first object where nothing was found.
let surest =
  results[0].test[example].boxes.indices.first
  .map { (box: results[0].test[example].boxes[$0].box, map: results[0].test[example].maps[$0]) }
  ?? (box: exampleBox, map: [Float](repeating: 0, count: cellCount))
let pasted = pastedMask(surest.map, side: maskSide, box: surest.box, height: height, width: width)
show(
  FigureRow([
    HeatMap("20 × 20 probabilities", values: rows(surest.map), range: 0...1, cell: 12),
    PictureFigure(
      testPart.pictures.images[example], boxes: [PictureBox(surest.box)],
      masks: [
        PictureMask(
          height: height, width: width, bits: pasted.map { $0 >= 0.5 }, role: .accent,
          opacity: 0.4)
      ], zoom: 2, title: "Pasted and cut at one half"),
  ]),
  alt: """
    A grid of probabilities that shows a round shape with a soft edge, and the same shape drawn into \
    the still life on the fruit that it belongs to.
    """)

cell("test-masks")
let shownScore: Float = 0.5

func pictured(_ number: Int) -> PictureFigure {
  let found = results[0].test[number]
  let certain = found.boxes.indices.filter { found.boxes[$0].score >= shownScore }
  return PictureFigure(
    testPart.pictures.images[number],
    boxes: certain.map {
      PictureBox(
        found.boxes[$0].box, classNames[found.boxes[$0].classIndex],
        .series(found.boxes[$0].classIndex))
    },
    masks: certain.map {
      drawn(foundMasks[0][number][$0], classIndex: found.boxes[$0].classIndex)
    }, zoom: 1.5)
}

show(
  PictureGrid((0..<min(8, testPart.labels.count)).map(pictured), columns: 4),
  alt: "Eight test pictures with the masks that were found, one colour a class, and their boxes.")

cell("without-mask-head")
/// What a mask would be if only the box were known: all of it, or the ellipse in it.
func guessed(_ box: Box, ellipse: Bool) -> Mask {
  var mask = Mask(width: width, height: height)
  let center = CenterBox(box)
  for y in 0..<height {
    for x in 0..<width {
      let (dx, dy) = (
        (Float(x) + 0.5 - center.x) / (center.width / 2),
        (Float(y) + 0.5 - center.y) / (center.height / 2)
      )
      mask[x, y] = ellipse ? dx * dx + dy * dy <= 1 : abs(dx) <= 1 && abs(dy) <= 1
    }
  }
  return mask
}

for (name, ellipse) in [("box", false), ("ellipse", true)] {
  let masks = results[0].test.map { $0.boxes.map { guessed($0.box, ellipse: ellipse) } }
  let summary = maskSummary(results[0].test, masks, testPart)
  print(
    "the \(name): mask AP50 \(rounded(summary.ap50, 3)) AP \(rounded(summary.all.precision, 3))")
  record("\(name)_mask_ap50", summary.ap50)
  record("\(name)_mask_ap", summary.all.precision)
}
let ours = maskSummaries[0]
print("the mask head: AP50 \(rounded(ours.ap50, 3)) AP \(rounded(ours.all.precision, 3))")

cell("cost-of-labels")
// Corners of an outline: where the border of the pixels turns.
func outlineCorners(_ mask: Mask) -> Int {
  func belongs(_ x: Int, _ y: Int) -> Bool {
    0..<mask.width ~= x && 0..<mask.height ~= y && mask[x, y]
  }
  var corners = 0
  for y in 0...mask.height {
    for x in 0...mask.width {
      let around = [belongs(x - 1, y - 1), belongs(x, y - 1), belongs(x - 1, y), belongs(x, y)]
      let count = around.count { $0 }
      if count == 1 || count == 3 { corners += 1 }
      if count == 2, around[0] == around[3] { corners += 2 }
    }
  }
  return corners
}

let allMasks = Array(trainingMasks.joined())
let corners = mean(allMasks.map { Double(outlineCorners($0)) })
print("an object's box is 2 corners, its outline \(rounded(corners, 0)), in the mean")
record("outline_corners", corners)

cell("align-or-pool")
let readingTrials = try checkpoint("readings") {
  try Reading.allCases.map { reading in
    var random = SplitMix64(seed: 1)
    let model = MaskRCNN(classes: classNames.count, using: &random)
    _ = try train(model, reading: reading, epochs: max(1, epochs / 3), using: &random)
    let found = detected(model, validationPart, reading)
    let (boxes, masks) = (
      boxSummary(found, validationPart), maskSummary(found, found.map(\.masks), validationPart)
    )
    return [boxes.all.precision, masks.ap50, masks.ap75, masks.all.precision]
  }
}
for (reading, trial) in zip(Reading.allCases, readingTrials) {
  print(
    "\(reading.rawValue): box AP \(rounded(trial[0], 3)), mask AP50 \(rounded(trial[1], 3))",
    "AP75 \(rounded(trial[2], 3)) AP \(rounded(trial[3], 3))")
}
record("aligned_mask_ap", readingTrials[0][3])
record("pooled_mask_ap", readingTrials[1][3])
record("aligned_mask_ap75", readingTrials[0][2])
record("pooled_mask_ap75", readingTrials[1][2])

cell("ceiling")
/// The true masks after a way through 20 × 20 cells and back: no head could do better.
let roundTrip = zip(testMasks, testPart.labels).map { masks, labels -> [Double] in
  if masks.isEmpty { return [] }
  let maps = maskTargets([masks], [labels.map(\.box)], objects: [Array(masks.indices)]).scalars
  return masks.indices.map { object in
    let bits = pastedMask(
      maps[object * cellCount..<(object + 1) * cellCount], side: maskSide, box: labels[object].box,
      height: height, width: width
    ).map { $0 >= 0.5 }
    return intersectionOverUnion(masks[object], Mask(width: width, height: height, bits: bits))
  }
}
for (name, areas) in [
  ("small", 0..<data.sizes.mediumFrom), ("medium", data.sizes.mediumFrom..<data.sizes.largeFrom),
  ("large", data.sizes.largeFrom..<(.infinity)),
] {
  let overlaps = zip(roundTrip, testPart.labels).flatMap { overlaps, labels in
    zip(overlaps, labels).filter { areas.contains(Double($1.box.area)) }.map(\.0)
  }
  if !overlaps.isEmpty {
    print("\(name): a perfect mask keeps an overlap of \(rounded(mean(overlaps), 3))")
  }
}
record("round_trip_overlap", mean(roundTrip.flatMap { $0 }))

cell("time")
/// The stages of looking at the first test pictures.
func stageTimes(pictures: Int) -> StageTimes {
  var times = StageTimes()
  for batch in testPart.pictures.batches(size: 1).prefix(pictures) {
    let (map, found) = times.measure("boxes") {
      let map = models[0].backbone(batch.pixels)
      let (logits, offsets) = models[0].proposalNetwork.predictions(map)
      let proposed = proposals(testFilter, logits, offsets)
      let (classLogits, moves) = models[0].head.predictions(
        aligned(map, regions(proposed), bins: 5))
      let found = regionDetections(
        regions: proposed, logits: classLogits, offsets: moves, height: Float(height),
        width: Float(width))
      return (map, found[0])
    }
    times.measure("masks") {
      if found.isEmpty { return }
      let kept = regions([found.map(\.box)])
      let maps = models[0].maskHead(read(map, kept, .aligned)).sigmoid.scalars
      for (row, box) in found.enumerated() {
        let first = (row * classNames.count + box.classIndex) * cellCount
        _ = pastedMask(
          maps[first..<first + cellCount], side: maskSide, box: box.box, height: height,
          width: width)
      }
    }
  }
  return times
}

_ = stageTimes(pictures: 2)  // the first call makes room for its results
let timedPictures = setting(full: 50, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures)
  .recordMilliseconds(pictures: timedPictures)
record("milliseconds", milliseconds.values.reduce(0, +), unit: "ms")
