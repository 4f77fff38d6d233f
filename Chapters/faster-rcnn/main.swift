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
for (name, part) in [
  ("training", trainingPart), ("validation", validationPart), ("test", testPart),
] {
  print("\(name): \(part.pictures.count) pictures, \(part.labels.joined().count) objects")
}

cell("anchors")
let anchorGenerator = AnchorGenerator(sizes: [16, 28, 48, 80], heightOverWidth: [0.5, 1, 2])
let anchorsPerCell = anchorGenerator.cellAnchors.count
let stride = Backbone.stride
let (mapHeight, mapWidth) = ((height + stride - 1) / stride, (width + stride - 1) / stride)
let anchors = anchorGenerator.anchors(
  mapHeight: mapHeight, mapWidth: mapWidth, strideY: stride, strideX: stride)
print("\(mapHeight) × \(mapWidth) cells × \(anchorsPerCell) anchors = \(anchors.count)")

let example = setting(full: 4, quick: 0)
let exampleImage = testPart.pictures.images[example]
let middle = (mapHeight / 2 * mapWidth + mapWidth / 2) * anchorsPerCell
show(
  PictureFigure(
    exampleImage,
    boxes: (0..<anchorsPerCell).map { PictureBox(anchors[middle + $0], "", .series($0 % 4)) },
    zoom: 3),
  alt: "A still life with twelve boxes around its middle: four sizes in three shapes each.")

cell("anchor-overlaps")
let bestOverlaps = trainingPart.labels.joined().map { label in
  OverlapMatrix([label.box], anchors).values.max() ?? 0
}
for overlap: Float in [0.3, 0.5, 0.7, 0.9] {
  let share = Double(bestOverlaps.count { $0 >= overlap }) / Double(bestOverlaps.count)
  print("\(rounded(100 * share, 1)) % of the objects have an anchor that overlaps by \(overlap)")
}
record("anchor_recall_70", Double(bestOverlaps.count { $0 >= 0.7 }) / Double(bestOverlaps.count))

cell("proposal-network")
/// Says of every anchor how likely it holds an object, and where that object would be.
final class ProposalNetwork: Layer {
  let hidden: Conv2D
  let objectness: Conv2D
  let offsets: Conv2D

  init(channels: Int, anchorsPerCell: Int, using random: inout SplitMix64) {
    hidden = Conv2D(channels, channels, kernel: 3, padding: 1, using: &random)
    objectness = Conv2D(
      channels, anchorsPerCell, kernel: 1, initializer: .normal(0.01), using: &random)
    offsets = Conv2D(
      channels, 4 * anchorsPerCell, kernel: 1, initializer: .normal(0.01), using: &random)
  }

  /// `[N, A]` and `[N, A, 4]`, in the order of the anchors.
  func predictions(_ map: Tensor) -> (logits: Tensor, offsets: Tensor) {
    let shared = hidden(map).relu
    let count = map.shape[0]
    return (
      objectness(shared).permuted([0, 2, 3, 1]).reshaped([count, -1]),
      offsets(shared).permuted([0, 2, 3, 1]).reshaped([count, -1, 4])
    )
  }

  func callAsFunction(_ map: Tensor) -> Tensor { predictions(map).logits }
}

cell("proposal-network-shapes")
var random = SplitMix64(seed: 0)
let proposalNetwork = ProposalNetwork(
  channels: Backbone.channels, anchorsPerCell: anchorsPerCell, using: &random)
let emptyMap = Tensor.zeros([2, Backbone.channels, mapHeight, mapWidth])
let shapes = proposalNetwork.predictions(emptyMap)
print("logits: ", shapes.logits.shape)
print("offsets:", shapes.offsets.shape)
print("trained numbers:", parameterCount(of: proposalNetwork))

cell("anchor-targets")
let matcher = ThresholdMatcher(objectFrom: 0.7, backgroundBelow: 0.3, keepsBestAnchors: true)
let anchorCoder = OffsetCoder.regionProposal
let anchorsPerPicture = 64

/// The anchors of a picture that take part in a step, and where those with an object should move.
struct AnchorGoal {
  let sample: BalancedSample
  /// One for each positive of the sample.
  let offsets: [BoxOffset]

  init(_ objects: [Box], using random: inout SplitMix64) {
    let matches = matcher.matches(OverlapMatrix(objects, anchors))
    sample = BalancedSample(
      of: matches, count: anchorsPerPicture, positiveShare: 0.5, using: &random)
    offsets = sample.positives.compactMap { anchor in
      matches[anchor].groundTruth.map {
        anchorCoder.offset(of: objects[$0], from: anchors[anchor])
      }
    }
  }
}

let exampleLabels = testPart.labels[example]
let exampleMatches = matcher.matches(OverlapMatrix(exampleLabels.map(\.box), anchors))
print("hold an object:", exampleMatches.count { $0.groundTruth != nil })
print("ignored:       ", exampleMatches.count { $0 == .ignored })
print("background:    ", exampleMatches.count { $0 == .background })
let exampleGoal = AnchorGoal(exampleLabels.map(\.box), using: &random)
print(
  "in the sample: ", exampleGoal.sample.positives.count, "with an object,",
  exampleGoal.sample.negatives.count, "without")
show(
  PictureFigure(
    exampleImage,
    boxes: exampleLabels.map { PictureBox($0.box, "", .good, dashed: true) }
      + exampleGoal.sample.positives.map { PictureBox(anchors[$0]) }, zoom: 3),
  alt: "A still life with its objects dashed, and around each the anchors that are to find it.")

cell("proposal-losses")
/// The proposal network's losses on a batch: whether there is an object, and where.
func proposalLosses(
  _ logits: Tensor, _ offsets: Tensor, _ goals: [AnchorGoal]
) -> (objectness: Tensor, boxes: Tensor) {
  var (positives, negatives): ([Int32], [Int32]) = ([], [])
  for (picture, goal) in goals.enumerated() {
    let first = picture * anchors.count
    positives += goal.sample.positives.map { Int32(first + $0) }
    negatives += goal.sample.negatives.map { Int32(first + $0) }
  }
  let sampled = logits.reshaped([-1]).selected(positives + negatives, along: 0)
  let isObject = positives.map { _ in Float(1) } + negatives.map { _ in 0 }
  let objectness = binaryCrossEntropy(
    sampled, Tensor(isObject, shape: [isObject.count])
  ).mean()
  guard !positives.isEmpty else { return (objectness, Tensor(0)) }
  let errors = smoothL1Loss(
    offsets.reshaped([-1, 4]).selected(positives, along: 0),
    Tensor(goals.flatMap(\.offsets)), beta: 1 / 9)
  return (objectness, errors.sum() / Float(isObject.count))
}

cell("proposals")
let trainingFilter = ProposalFilter(candidateLimit: 1000, proposalLimit: 200)
let testFilter = ProposalFilter(candidateLimit: 1000, proposalLimit: 100)

/// The proposals in each picture of a batch.
func proposals(_ filter: ProposalFilter, _ logits: Tensor, _ offsets: Tensor) -> [[Proposal]] {
  filter.proposals(
    anchors: anchors, logits: logits, offsets: offsets, height: Float(height),
    width: Float(width))
}

cell("reading")
/// How a region is read from the map.
enum Reading: String, Codable, CaseIterable {
  case aligned = "RoIAlign"
  case shifted = "RoIAlign, half a cell further"
  case pooled = "RoI pooling"
}

let binsPerSide = 5

/// `[K, channels, 5, 5]`: what the map shows in each region.
func read(_ map: Tensor, _ regions: [Region], _ reading: Reading) -> Tensor {
  let (side, scale) = (binsPerSide, 1 / Float(stride))
  return switch reading {
  case .aligned:
    roiAlign(map, regions, height: side, width: side, cellsPerPixel: scale, samplingRatio: 2)
  case .shifted:
    roiAlign(
      map, regions, height: side, width: side, cellsPerPixel: scale, samplingRatio: 2,
      aligned: false)
  case .pooled: roiPool(map, regions, height: side, width: side, cellsPerPixel: scale)
  }
}

cell("faster-rcnn")
final class FasterRCNN: Layer {
  let backbone: Backbone
  let proposalNetwork: ProposalNetwork
  let head: RegionHead

  init(classes: Int, using random: inout SplitMix64) {
    backbone = Backbone(using: &random)
    proposalNetwork = ProposalNetwork(
      channels: Backbone.channels, anchorsPerCell: anchorsPerCell, using: &random)
    head = RegionHead(
      channels: Backbone.channels, cells: binsPerSide, classes: classes, using: &random)
  }

  /// The class scores of the proposals of all pictures.
  func callAsFunction(_ pictures: Tensor) -> Tensor {
    let map = backbone(pictures)
    let (logits, offsets) = proposalNetwork.predictions(map)
    let proposals = proposals(testFilter, logits, offsets)
    return head(read(map, regions(proposals.map { $0.map(\.box) }), .aligned))
  }
}

cell("shapes")
let untrained = FasterRCNN(classes: classNames.count, using: &random)
let modelSummary = summary(of: untrained, inputShape: [1, 3, height, width])
print(modelSummary)
record("parameters", Double(modelSummary.parameterCount))
record("gflop", modelSummary.gigaFLOP, unit: "GFLOP")

cell("architecture")
let (proposalLimit, outcomes) = (testFilter.proposalLimit, classNames.count + 1)
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shapeText([3, height, width])),
      .init("backbone", detail: shapeText([Backbone.channels, mapHeight, mapWidth])),
      .init(
        "proposal network", detail: shapeText([Backbone.channels, mapHeight, mapWidth]),
        outputs: [
          shapeText([anchors.count, 1]) + " objectness",
          shapeText([anchors.count, 4]) + " offsets",
        ]
      ),
      .init("filter", detail: "\(proposalLimit) boxes"),
      .init(
        "RoIAlign",
        detail: shapeText([proposalLimit, Backbone.channels, binsPerSide, binsPerSide])),
      .init(
        "head", detail: shapeText([proposalLimit, 256]),
        outputs: [
          shapeText([proposalLimit, outcomes]) + " classes",
          shapeText([proposalLimit, classNames.count, 4]) + " offsets",
        ]),
    ]),
  alt: """
    A picture passes the backbone, the proposal network, the filter, RoIAlign and the head. \
    The proposal network gives objectness and offsets of the anchors, the head classes and \
    offsets of the proposals.
    """)

cell("same-as-library")
// Later chapters use the library's copy of the proposal network. It must be the same function.
let libraryNetwork = RegionProposalNetwork(
  channels: Backbone.channels, anchorsPerCell: anchorsPerCell, using: &random)
for (ours, theirs) in zip(parameters(of: proposalNetwork), parameters(of: libraryNetwork)) {
  theirs.parameter.value = ours.parameter.value
}
let noise = Tensor.uniform(emptyMap.shape, in: 0..<1, using: &random)
let (ourNumbers, theirNumbers) = (
  proposalNetwork.predictions(noise), libraryNetwork.predictions(noise)
)
let largestDifference =
  zip(
    ourNumbers.logits.scalars + ourNumbers.offsets.scalars,
    theirNumbers.logits.scalars + theirNumbers.offsets.scalars
  ).map { abs($0 - $1) }.max() ?? 0
print("largest difference from the library's network:", largestDifference)

cell("joint-loss")
let regionsPerPicture = 64

/// The four losses of a batch, summed or apart.
struct Losses: Codable {
  var objectness = 0.0
  var proposalBoxes = 0.0
  var classes = 0.0
  var boxes = 0.0
}

/// Both stages on one batch; the second looks at what the first proposes.
func jointLosses(
  _ model: FasterRCNN, _ pixels: Tensor, _ labels: [[LabeledBox]], _ reading: Reading,
  using random: inout SplitMix64
) -> (sum: Tensor, parts: Losses) {
  let map = model.backbone(pixels)
  let (logits, offsets) = model.proposalNetwork.predictions(map)
  let goals = labels.map { AnchorGoal($0.map(\.box), using: &random) }
  let (objectness, proposalBoxes) = proposalLosses(logits, offsets, goals)

  // From here on, proposals are constants.
  let proposed = proposals(trainingFilter, logits.detached, offsets.detached)
  let regionTargets = zip(proposed, labels).map { proposed, labels in
    RegionTargets(
      proposals: proposed.map(\.box), labels: labels, count: regionsPerPicture, using: &random)
  }
  let features = read(map, regions(regionTargets.map(\.boxes)), reading)
  let (classLogits, moves) = model.head.predictions(features)
  let (classes, boxes) = regionLosses(classLogits, moves, regionTargets)
  return (
    objectness + proposalBoxes + classes + boxes,
    Losses(
      objectness: Double(objectness.scalar), proposalBoxes: Double(proposalBoxes.scalar),
      classes: Double(classes.scalar), boxes: Double(boxes.scalar))
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

/// Trains both stages together.
func train(
  _ model: FasterRCNN, reading: Reading = .aligned, epochs: Int, using random: inout SplitMix64
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
          model, batch.pixels, batch.pixelLabels, reading, using: &random)
        try requireFinite(loss, step: step, model: model) { _ = model(batch.pixels) }
        means.objectness += parts.objectness / Double(stepsPerEpoch)
        means.proposalBoxes += parts.proposalBoxes / Double(stepsPerEpoch)
        means.classes += parts.classes / Double(stepsPerEpoch)
        means.boxes += parts.boxes / Double(stepsPerEpoch)
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
/// What is found in a picture, and the proposals that were looked at.
struct Found: Codable {
  var boxes: [ScoredBox]
  var proposals: [Proposal]
}

/// Looks twice at each picture of a batch.
func detected(
  _ model: FasterRCNN, _ pixels: Tensor, _ reading: Reading = .aligned,
  filter: ProposalFilter = testFilter
) -> [Found] {
  let map = model.backbone(pixels)
  let (logits, offsets) = model.proposalNetwork.predictions(map)
  let proposed = proposals(filter, logits, offsets)
  let features = read(map, regions(proposed.map { $0.map(\.box) }), reading)
  let (classLogits, moves) = model.head.predictions(features)
  let boxes = regionDetections(
    regions: proposed.map { $0.map(\.box) }, logits: classLogits, offsets: moves,
    height: Float(height), width: Float(width))
  return zip(boxes, proposed).map { Found(boxes: $0, proposals: $1) }
}

func detected(
  _ model: FasterRCNN, _ part: StillLifes.Part, _ reading: Reading = .aligned,
  filter: ProposalFilter = testFilter
) -> [Found] {
  part.pictures.batches(size: 20).flatMap { detected(model, $0.pixels, reading, filter: filter) }
}

func summarized(_ found: [[ScoredBox]], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: data.sizes)
}

cell("three-seeds")
/// A seed's training, and what its model finds.
struct SeedResult: Codable {
  var history: History
  var validation: [Found]
  var test: [Found]
  var peakMegabytes: Double
}

var models: [FasterRCNN] = []
var results: [SeedResult] = []
for seed in setting(full: [1, 2, 3], quick: [1], predicting: [1]) {
  var random = SplitMix64(seed: UInt64(seed))
  let model = FasterRCNN(classes: classNames.count, using: &random)
  let result = try checkpoint("seed-\(seed)", model, using: &random) { random in
    let history = try train(model, epochs: epochs, using: &random)
    let peak = peakMegabytes()
    return SeedResult(
      history: history, validation: detected(model, validationPart),
      test: detected(model, testPart), peakMegabytes: peak)
  }
  models.append(model)
  results.append(result)
}
let summaries = results.map { summarized($0.test.map(\.boxes), testPart) }
recordPrecision(summaries)
record("training_seconds", mean(results.map(\.history.seconds)), unit: "s")
record("peak_memory", results[0].peakMegabytes, unit: "MB")
recordDetections(results[0].test.map(\.boxes))

cell("your-picture")
predictor(classNames: classNames, height: height, width: width) { pixels in
  detected(models[0], pixels)[0].boxes
}

cell("training-curve")
let losses = results[0].history.losses
show(
  LinePlot(
    "Four losses", x: Axis("epoch"), y: Axis("loss", scale: .logarithmic),
    series: [
      Series("objectness", y: losses.map(\.objectness), marker: .circle),
      Series("proposals' boxes", y: losses.map(\.proposalBoxes), line: .dashed, marker: .square),
      Series("classes", y: losses.map(\.classes), line: .dotted, marker: .triangle),
      Series("boxes", y: losses.map(\.boxes), marker: .diamond),
    ]),
  alt: "The four losses of the first seed by epoch. The two of the first stage fall at once.")

cell("refinement")
/// The stages of one picture's proposals: anchors with the best scores, the same after they moved, and
/// what suppression leaves.
func proposalStages(_ model: FasterRCNN, shown: Int) -> [(name: String, boxes: [Box])] {
  var stages: [(String, [Box])] = []
  for batch in DecodedDataset(
    classNames: classNames, images: [exampleImage], labels: [[]]
  ).batches(size: 1) {
    let (logits, offsets) = model.proposalNetwork.predictions(model.backbone(batch.pixels))
    // An overlap of 1 suppresses nothing.
    let everything = ProposalFilter(
      candidateLimit: anchors.count, proposalLimit: shown, suppressionOverlap: 1)
    let moved = proposals(everything, logits, offsets)[0]
    stages = [
      ("the surest anchors", moved.map { anchors[$0.anchor] }),
      ("moved", moved.map(\.box)),
      ("suppressed", proposals(testFilter, logits, offsets)[0].prefix(shown).map(\.box)),
    ]
  }
  return stages
}

show(
  PictureGrid(
    proposalStages(models[0], shown: 40).map { name, boxes in
      PictureFigure(
        exampleImage,
        boxes: boxes.map { PictureBox($0) }
          + exampleLabels.map { PictureBox($0.box, "", .good, dashed: true) }, zoom: 2,
        caption: name)
    }, columns: 3),
  alt: """
    A still life three times, its objects dashed: with forty anchors crowded on the objects, with \
    the same boxes pulled onto the outlines, and with forty boxes spread over all the picture.
    """)

cell("recall")
/// Recall on the test pictures.
func recall(_ boxes: [[Box]], first count: Int, overlap: Float) -> Double {
  proposalRecall(boxes, objects: testPart.labels, first: count, overlap: overlap)
}

let search = SelectiveSearch.fast(scales: [25, 50], shortestSide: 8)
let searched = checkpoint("selective-search") {
  SearchedProposals(in: testPart.images, search, "selective search")
}.boxes
let proposed = results[0].test.map { $0.proposals.map(\.box) }
let unmoved = results[0].test.map { $0.proposals.map { anchors[$0.anchor] } }
let budgets = [1, 2, 5, 10, 20, 50, 100]
func recallCurve(
  _ name: String, _ boxes: [[Box]], overlap: Float, _ line: Series.Line, _ marker: Series.Marker
) -> Series {
  Series(
    name, x: budgets.map(Double.init),
    y: budgets.map { recall(boxes, first: $0, overlap: overlap) }, line: line,
    marker: marker)
}
for overlap: Float in [0.5, 0.7] {
  show(
    LinePlot(
      "Objects that a proposal overlaps by \(overlap)",
      x: Axis("proposals a picture", scale: .logarithmic), y: Axis("recall", limits: 0...1),
      series: [
        recallCurve("proposal network", proposed, overlap: overlap, .solid, .circle),
        recallCurve("its anchors, unmoved", unmoved, overlap: overlap, .dotted, .triangle),
        recallCurve("selective search", searched, overlap: overlap, .dashed, .square),
      ]),
    alt: """
      Recall against the number of proposals at an overlap of \(overlap): the network's curve rises \
      at once, selective search needs many times as many boxes.
      """,
    caption: "Objects found by the first proposals, overlapping them by \(overlap) or more.")
}
for budget in [10, 100] {
  for (name, boxes) in [("network", proposed), ("search", searched)] {
    let share = recall(boxes, first: budget, overlap: 0.5)
    print("\(name), \(budget) proposals: \(rounded(100 * share, 1)) %")
    record("recall_\(name)_\(budget)", share)
  }
}
record("recall_network_100_at_70", recall(proposed, first: 100, overlap: 0.7))
record("recall_anchors_100_at_70", recall(unmoved, first: 100, overlap: 0.7))
record("recall_search_100_at_70", recall(searched, first: 100, overlap: 0.7))

cell("test-detections")
let shownScore: Float = 0.5

/// A test picture with its objects and what was found with a certain score.
func pictured(_ number: Int) -> PictureFigure {
  PictureFigure(
    testPart.images[number], objects: testPart.labels[number],
    found: results[0].test[number].boxes.filter { $0.score >= shownScore },
    classNames: classNames)
}

show(
  PictureGrid((0..<min(8, testPart.labels.count)).map(pictured), columns: 4),
  alt: "Eight test pictures: true boxes dashed, and what was found, with the names of the classes.")

cell("proposal-budget")
/// What the first `budget` proposals of each picture are good for.
func detected(_ model: FasterRCNN, first budget: Int) -> COCOSummary {
  var filter = testFilter
  filter.proposalLimit = budget
  return summarized(
    detected(model, validationPart, filter: filter).map(\.boxes), validationPart)
}

let budgetTrials = checkpoint("proposal-budget") {
  [5, 10, 20, 50, 100, 300].map { Trial("\($0) proposals", detected(models[0], first: $0)) }
}
for trial in budgetTrials { print(trial.line) }

cell("align-or-pool")
let readingTrials = try checkpoint("readings") {
  try Reading.allCases.map { reading in
    var random = SplitMix64(seed: 1)
    let model = FasterRCNN(classes: classNames.count, using: &random)
    _ = try train(model, reading: reading, epochs: max(1, epochs / 3), using: &random)
    let found = detected(model, validationPart, reading)
    return Trial(reading.rawValue, summarized(found.map(\.boxes), validationPart))
  }
}
for trial in readingTrials { print(trial.line) }
record("aligned_ap50", readingTrials[0].ap50)
record("aligned_ap75", readingTrials[0].ap75)
record("shifted_ap50", readingTrials[1].ap50)
record("shifted_ap75", readingTrials[1].ap75)
record("pooled_ap50", readingTrials[2].ap50)
record("pooled_ap75", readingTrials[2].ap75)

cell("ceiling")
let ceiling = [("right classes, proposals as they are", false), ("right boxes, too", true)].map {
  Trial(
    $0,
    summarized(
      faultlessDetections(proposed, objects: testPart.labels, movesBoxes: $1), testPart))
}
for trial in ceiling + [Trial("ours", summaries[0])] { print(trial.line) }
record("ceiling_ap50", ceiling[0].ap50)
record("ceiling_ap", ceiling[0].ap)
record("ceiling_moved_ap", ceiling[1].ap)

cell("what-failed")
let sizeNames = ["small", "medium", "large"]
let fates = zip(testPart.labels, results[0].test).flatMap { labels, found in
  labels.map { object in
    let area = Double(object.box.area)
    let size = area < data.sizes.mediumFrom ? 0 : area < data.sizes.largeFrom ? 1 : 2
    return (
      size: size,
      fate: ObjectFate(
        of: object, detections: found.boxes.filter { $0.score >= shownScore },
        proposals: found.proposals.map(\.box))
    )
  }
}
for fate in ObjectFate.allCases {
  let shares = sizeNames.indices.map { size in
    let own = fates.filter { $0.size == size }
    return 100 * Double(own.count { $0.fate == fate }) / Double(max(own.count, 1))
  }
  let columns = zip(sizeNames, shares).map { "\($0) \(rounded($1, 1)) %" }
  print("\(fate.rawValue): \(columns.joined(separator: ", "))")
}
for (name, fate) in [
  ("without_proposal_share", ObjectFate.withoutProposal), ("wrong_class_share", .wrongClass),
  ("wrong_box_share", .wrongBox), ("background_share", .takenForBackground),
] {
  record(name, Double(fates.count { $0.fate == fate }) / Double(fates.count))
}

cell("time")
/// The stages of looking at the first test pictures.
func stageTimes(pictures: Int) -> StageTimes {
  var times = StageTimes()
  let model = models[0]
  for batch in testPart.pictures.batches(size: 1).prefix(pictures) {
    let map = times.measure("backbone") {
      let map = model.backbone(batch.pixels)
      _ = map.scalars
      return map
    }
    let boxes = times.measure("proposals") {
      let (logits, offsets) = model.proposalNetwork.predictions(map)
      return proposals(testFilter, logits, offsets).map { $0.map(\.box) }
    }
    times.measure("head") {
      let (logits, moves) = model.head.predictions(read(map, regions(boxes), .aligned))
      _ = regionDetections(
        regions: boxes, logits: logits, offsets: moves, height: Float(height),
        width: Float(width))
    }
  }
  return times
}

_ = stageTimes(pictures: 2)  // the first call makes room for its results
let timedPictures = setting(full: 50, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures)
  .recordMilliseconds(pictures: timedPictures)
record("milliseconds", milliseconds.values.reduce(0, +), unit: "ms")
