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
/// A part of the data in memory, objects in pixels.
struct Part {
  let images: [Image]
  let labels: [[LabeledBox]]

  init(_ dataset: DetectionDataset) throws {
    images = try dataset.decoded().images
    labels = dataset.samples.map(\.pixelLabels)
  }
}

let data: DetectionFolder
if let dataFolder {
  data = try DetectionFolder(contentsOf: dataFolder)
} else {
  let (training, validation, test) = setting(full: (800, 200, 200), quick: (24, 8, 8))
  let drawing = ProgressBar(label: "drawing still lifes", total: training + validation + test)
  data = try DetectionFolder.stillLife(
    in: cacheFolder(named: "still-life"), training: training, validation: validation, test: test
  ) { _, _ in drawing.advance() }
}
let classNames = data.training.classNames
let (height, width) = (data.training.height, data.training.width)
let trainingPart = try Part(data.training)
let validationPart = try Part(data.validation)
let testPart = try Part(data.test ?? data.validation)
for (name, part) in [
  ("training", trainingPart), ("validation", validationPart), ("test", testPart),
] {
  print("\(name): \(part.images.count) pictures, \(part.labels.joined().count) objects")
}

cell("proposals")
let search = SelectiveSearch.fast(scales: [25, 50], shortestSide: 8)
let proposalLimit = setting(full: 300, quick: 40)

/// The likeliest proposals of each picture, and the seconds that finding them took.
struct Proposals: Codable {
  var boxes: [[Box]]
  var seconds: Double

  init(in images: [Image], _ label: String) {
    var random = SplitMix64(seed: 1)
    let watch = Stopwatch()
    let starts = Array(stride(from: 0, to: images.count, by: 20))
    boxes = progress(starts, label).flatMap { start in
      search(
        pictures: images[start..<min(start + 20, images.count)].map(\.pixels), height: height,
        width: width, using: &random
      ).map { Array($0.prefix(proposalLimit)) }
    }
    seconds = watch.seconds
  }
}

let found = checkpoint("proposals") {
  [
    Proposals(in: trainingPart.images, "searching training pictures"),
    Proposals(in: validationPart.images, "searching validation pictures"),
    Proposals(in: testPart.images, "searching test pictures"),
  ]
}
let (trainingProposals, validationProposals, testProposals) = (
  found[0].boxes, found[1].boxes, found[2].boxes
)
print(
  "\(rounded(mean(trainingProposals.map { Double($0.count) }), 0)) proposals a picture;",
  "\(rounded(found[0].seconds, 1)) s for the training pictures")
record("proposals_per_picture", Double(proposalLimit))
record("search_seconds", found[0].seconds, unit: "s")

cell("looks")
let exampleNumber = setting(full: 4, quick: 0)
let mapSide = width / Backbone.stride
// For each cell of the map, the proposals that contain its middle.
let looks = (0..<height / Backbone.stride).map { row in
  (0..<mapSide).map { column in
    let (x, y) = (
      (Float(column) + 0.5) * Float(Backbone.stride), (Float(row) + 0.5) * Float(Backbone.stride)
    )
    return Double(
      testProposals[exampleNumber].count {
        $0.x0 <= x && x < $0.x1 && $0.y0 <= y && y < $0.y1
      })
  }
}
show(
  FigureRow([
    PictureFigure(testPart.images[exampleNumber], zoom: 2, title: "A test picture"),
    HeatMap("Proposals that contain each part", values: looks, cell: 16),
  ]),
  alt:
    "A still life, and beside it how many proposals contain each part: most where the fruits are.")
let looksPerPixel = mean(
  testProposals.map { boxes in
    boxes.reduce(0) { $0 + Double($1.area) } / Double(height * width)
  })
print("a pixel lies in \(rounded(looksPerPixel, 1)) proposals, on average over the test pictures")
record("looks_per_pixel", looksPerPixel)

cell("region-head")
/// Says of each region what it shows, and how its box should move.
final class RegionHead: Layer {
  let first: Linear
  let second: Linear
  let scores: Linear
  let offsets: Linear
  let classes: Int

  init(channels: Int, bins: Int, hidden: Int, classes: Int, using random: inout SplitMix64) {
    first = Linear(channels * bins * bins, hidden, using: &random)
    second = Linear(hidden, hidden, using: &random)
    scores = Linear(hidden, classes + 1, initializer: .normal(0.01), using: &random)
    offsets = Linear(hidden, 4 * classes, initializer: .normal(0.001), using: &random)
    self.classes = classes
  }

  /// `[K, C, bins, bins]` → scores `[K, classes + 1]`, class 0 for background, and offsets
  /// `[K, classes, 4]`.
  func predictions(_ regions: Tensor) -> (scores: Tensor, offsets: Tensor) {
    let count = regions.shape[0]
    let features = second(first(regions.reshaped([count, -1])).relu).relu
    return (scores(features), offsets(features).reshaped([count, classes, 4]))
  }

  func callAsFunction(_ regions: Tensor) -> Tensor {
    let (scores, offsets) = predictions(regions)
    return concatenated([scores, offsets.reshaped([scores.shape[0], -1])], along: 1)
  }
}

cell("fast-rcnn")
let bins = 5

/// Two maps of the whole picture, and a head that reads regions from them.
final class FastRCNN: Layer {
  static let channels = Backbone.middleChannels + Backbone.channels

  let backbone: Backbone
  let head: RegionHead

  init(using random: inout SplitMix64) {
    backbone = Backbone(using: &random)
    head = RegionHead(
      channels: FastRCNN.channels, bins: bins, hidden: 256, classes: classNames.count,
      using: &random)
  }

  /// The map halfway through the backbone, and the last one.
  func maps(_ pictures: Tensor) -> [Tensor] {
    let (middle, last) = backbone.maps(pictures)
    return [middle, last]
  }

  /// The bins of each region, read from both maps.
  func pooled(_ maps: [Tensor], _ regions: [Region]) -> Tensor {
    concatenated(
      maps.map { map in
        roiPool(
          map, regions, height: bins, width: bins,
          cellsPerPixel: Float(map.shape[3]) / Float(width))
      }, along: 1)
  }

  func predictions(
    _ pictures: Tensor, _ regions: [Region]
  ) -> (scores: Tensor, offsets: Tensor) {
    head.predictions(pooled(maps(pictures), regions))
  }

  func callAsFunction(_ pictures: Tensor) -> Tensor { backbone(pictures) }
}

cell("work")
var random = SplitMix64(seed: 0)
let untrained = FastRCNN(using: &random)
let pictureWork = summary(of: untrained.backbone, inputShape: [1, 3, height, width]).gigaFLOP
let headWork = summary(
  of: untrained.head, inputShape: [proposalLimit, FastRCNN.channels, bins, bins]
).gigaFLOP
let cropSide = 32
let cropWork = summary(of: untrained.backbone, inputShape: [1, 3, cropSide, cropSide]).gigaFLOP
let trainedNumbers = parameterCount(of: untrained)
let workOfCrops = cropWork * Double(proposalLimit)
print("trained numbers:", trainedNumbers)
print("backbone, the picture once:       \(rounded(pictureWork, 2)) GFLOP")
print("head, \(proposalLimit) regions:                \(rounded(headWork, 2)) GFLOP")
print("backbone, \(proposalLimit) crops, as in R-CNN: \(rounded(workOfCrops, 2)) GFLOP")
record("parameters", Double(trainedNumbers))
record("gflop_backbone", pictureWork, unit: "GFLOP")
record("gflop", pictureWork + headWork, unit: "GFLOP")
record("gflop_crops", workOfCrops, unit: "GFLOP")

cell("architecture")
func shape(_ extents: [Int]) -> String { extents.map(String.init).joined(separator: " × ") }

let mapShapes = untrained.maps(.zeros([1, 3, height, width])).map { Array($0.shape.dropFirst()) }
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shape([3, height, width])),
      .init("backbone", detail: mapShapes.map(shape).joined(separator: ", ")),
      .init(
        "RoI pooling", detail: "\(proposalLimit) × " + shape([FastRCNN.channels, bins, bins])),
      .init("linear, ReLU", detail: "\(proposalLimit) × 256"),
      .init(
        "linear, ReLU", detail: "\(proposalLimit) × 256",
        outputs: ["\(classNames.count + 1) scores", "\(classNames.count) × 4 offsets"]),
    ]),
  alt: """
    The picture passes the backbone once. RoI pooling cuts out a block for each proposal; two linear \
    layers follow, then one that gives scores and one that gives offsets.
    """)

cell("sampling")
/// The regions of one picture that a step looks at, and what the head should say about them.
struct Sample {
  /// Regions with an object come first.
  var boxes: [Box] = []
  /// 0 for background, else the object's class index plus 1.
  var classes: [Int32] = []
  /// The way to the object, for each region with an object.
  var offsets: [BoxOffset] = []
}

let coder = OffsetCoder.regionHead

extension [Int] {
  /// At most `count` of the elements, in their order, every choice equally likely.
  func drawn(_ count: Int, using random: inout SplitMix64) -> [Int] {
    count < self.count ? shuffled(using: &random).prefix(count).sorted() : self
  }
}

/// Draws `count` regions, of which at most the share `positiveShare` overlap an object by half.
func sample(
  _ proposals: [Box], _ objects: [LabeledBox], count: Int, positiveShare: Float = 0.25,
  using random: inout SplitMix64
) -> Sample {
  let boxes = proposals + objects.map(\.box)
  let overlaps = OverlapMatrix(boxes, objects.map(\.box))
  // For each box the object that it overlaps most, if that is by half or more.
  let matches = boxes.indices.map { row in
    objects.indices.filter { overlaps[row, $0] >= 0.5 }
      .max { overlaps[row, $0] < overlaps[row, $1] }
  }
  let positives = boxes.indices.filter { matches[$0] != nil }
    .drawn(Int(Float(count) * positiveShare), using: &random)
  let negatives = boxes.indices.filter { matches[$0] == nil }
    .drawn(count - positives.count, using: &random)
  var sample = Sample(boxes: (positives + negatives).map { boxes[$0] })
  for row in positives {
    guard let match = matches[row] else { continue }
    sample.classes.append(Int32(objects[match].classIndex + 1))
    sample.offsets.append(coder.offset(of: objects[match].box, from: boxes[row]))
  }
  sample.classes += negatives.map { _ in 0 }
  return sample
}

let exampleSample = sample(
  trainingProposals[0], trainingPart.labels[0], count: 64, using: &random)
print("\(exampleSample.boxes.count) regions,", "\(exampleSample.offsets.count) with an object")

cell("losses")
/// The two losses of the regions of a batch: what they show, and where the object is.
func losses(
  _ scores: Tensor, _ offsets: Tensor, _ samples: [Sample]
) -> (classes: Tensor, boxes: Tensor) {
  let classes = samples.flatMap(\.classes)
  let classLoss = crossEntropy(scores, classes).mean()
  // Of all the offsets of a region, those of its own class.
  let rows = classes.enumerated().compactMap { row, outcome in
    outcome > 0 ? Int32(row * classNames.count) + outcome - 1 : nil
  }
  if rows.isEmpty { return (classLoss, Tensor(0)) }
  let wanted = samples.flatMap(\.offsets).flatMap { [$0.x, $0.y, $0.width, $0.height] }
  let boxLoss = smoothL1Loss(
    offsets.reshaped([-1, 4]).selected(rows, along: 0), Tensor(wanted, shape: [rows.count, 4])
  ).sum()
  return (classLoss, boxLoss / Float(classes.count))
}

cell("training-loop")
let (picturesPerStep, regionsPerPicture) = setting(full: (8, 64), quick: (4, 16))
let epochs = setting(full: 14, quick: 1)

/// The training pictures with their objects and, as objects of one class more, their proposals: what
/// mirrors a picture mirrors all its boxes.
let trainingPictures = DecodedDataset(
  classNames: classNames + ["proposal"], images: trainingPart.images,
  labels: zip(trainingPart.labels, trainingProposals).map { objects, proposals in
    (objects + proposals.map { LabeledBox(box: $0, classIndex: classNames.count) }).map {
      LabeledBox(
        box: $0.box.scaled(x: 1 / Float(width), y: 1 / Float(height)), classIndex: $0.classIndex)
    }
  })

/// The losses of an epoch, in the mean over its steps.
struct EpochLosses: Codable {
  var classes = 0.0
  var boxes = 0.0
}

func train(
  _ model: FastRCNN, epochs: Int, using random: inout SplitMix64
) throws -> [EpochLosses] {
  let optimizer = AdamW(model, learningRate: 0.002, weightDecay: 0.05)
  let schedule = Schedule.cosine(warmUp: 0.05, floor: 0.01)
  let steps = trainingPictures.count / picturesPerStep
  let bar = ProgressBar(label: "training", total: epochs * steps)
  var history: [EpochLosses] = []
  for epoch in 0..<epochs {
    var sums = EpochLosses()
    let batches = trainingPictures.batches(
      size: picturesPerStep, shuffledBy: &random,
      augmentedBy: [.horizontalFlip(probability: 0.5)], droppingRemainder: true)
    for (step, batch) in batches.enumerated() {
      optimizer.learningRate =
        0.002 * schedule(Float(epoch * steps + step) / Float(epochs * steps))
      let samples = batch.labels.map { labels in
        let boxes = labels.map {
          LabeledBox(
            box: $0.box.scaled(x: Float(width), y: Float(height)), classIndex: $0.classIndex)
        }
        return sample(
          boxes.filter { $0.classIndex == classNames.count }.map(\.box),
          boxes.filter { $0.classIndex < classNames.count }, count: regionsPerPicture,
          using: &random)
      }
      let regions = samples.enumerated().flatMap { picture, sample in
        sample.boxes.map { Region(picture: picture, box: $0) }
      }
      try training {
        let (scores, offsets) = model.predictions(batch.pixels, regions)
        let (classLoss, boxLoss) = losses(scores, offsets, samples)
        let loss = classLoss + boxLoss
        try requireFinite(loss, step: epoch * steps + step, model: model) {
          _ = model.predictions(batch.pixels, regions)
        }
        sums.classes += Double(classLoss.scalar) / Double(steps)
        sums.boxes += Double(boxLoss.scalar) / Double(steps)
        loss.backward()
      }
      optimizer.step()
      bar.advance()
    }
    history.append(sums)
  }
  return history
}

cell("detect")
/// What the head says about the regions of some pictures.
struct Judged {
  var regions: [Box]
  /// `[region][class + 1]`, row-major.
  var probabilities: [Float]
  /// `[region][class][4]`, row-major.
  var offsets: [Float]

  init(_ regions: [Box], _ scores: Tensor, _ offsets: Tensor) {
    self.regions = regions
    probabilities = scores.softmax.scalars
    self.offsets = offsets.scalars
  }

  /// The box of a region for a class, moved and inside of the picture.
  func box(_ region: Int, _ classIndex: Int) -> Box {
    let first = 4 * (region * classNames.count + classIndex)
    return coder.box(
      BoxOffset(
        x: offsets[first], y: offsets[first + 1], width: offsets[first + 2],
        height: offsets[first + 3]), from: regions[region]
    ).clipped(width: Float(width), height: Float(height))
  }

  /// The best boxes of each class that do not overlap a better one.
  func detections(overlap: Float = 0.3, movingBoxes: Bool = true) -> [ScoredBox] {
    var candidates: [ScoredBox] = []
    for region in regions.indices {
      for classIndex in classNames.indices {
        let score = probabilities[region * (classNames.count + 1) + classIndex + 1]
        guard score > 0.05 else { continue }
        let box = movingBoxes ? self.box(region, classIndex) : regions[region]
        guard box.bothSidesAtLeast(0.01) else { continue }
        candidates.append(ScoredBox(box: box, classIndex: classIndex, score: score))
      }
    }
    return suppressed(
      candidates.map(\.box), scores: candidates.map(\.score),
      classes: candidates.map(\.classIndex), overlapThreshold: overlap
    ).prefix(100).map { candidates[$0] }
  }
}

/// What the model says about the proposals of each picture.
func judged(_ model: FastRCNN, _ part: Part, _ proposals: [[Box]]) -> [Judged] {
  let pictures = DecodedDataset(
    classNames: classNames, images: part.images, labels: part.images.map { _ in [] })
  var next = 0
  return pictures.batches(size: 20).flatMap { batch in
    let maps = model.maps(batch.pixels)
    return (0..<batch.count).map { picture in
      let boxes = proposals[next]
      next += 1
      let (scores, offsets) = model.head.predictions(
        model.pooled(maps, boxes.map { Region(picture: picture, box: $0) }))
      return Judged(boxes, scores, offsets)
    }
  }
}

cell("same-as-library")
// Later chapters use the library's copies. They must say the same.
let libraryHead = Models.RegionHead(
  channels: FastRCNN.channels, cells: bins, hidden: 256, classes: classNames.count, using: &random)
for (ours, theirs) in zip(parameters(of: untrained.head), parameters(of: libraryHead)) {
  theirs.parameter.value = ours.parameter.value
}
let noise = Tensor.uniform([8, FastRCNN.channels, bins, bins], in: 0..<1, using: &random)
let (ownScores, ownOffsets) = untrained.head.predictions(noise)
let (libraryScores, libraryOffsets) = libraryHead.predictions(noise)
let headDifference =
  zip(ownScores.scalars + ownOffsets.scalars, libraryScores.scalars + libraryOffsets.scalars)
  .map { abs($0 - $1) }.max() ?? 0
print("largest difference from the library's head:", headDifference)
var (ourRandom, libraryRandom) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
let targets = RegionTargets(
  proposals: trainingProposals[0], labels: trainingPart.labels[0], count: 64,
  using: &libraryRandom)
let ours = sample(trainingProposals[0], trainingPart.labels[0], count: 64, using: &ourRandom)
print(
  "the library draws the same sample:",
  ours.boxes == targets.boxes && ours.classes == targets.classes && ours.offsets == targets.offsets)
let guessed = judged(untrained, testPart, testProposals)[exampleNumber]
print(
  "the library finds the same boxes:",
  guessed.detections()
    == regionDetections(
      regions: guessed.regions, probabilities: guessed.probabilities, offsets: guessed.offsets,
      height: Float(height), width: Float(width),
      options: RegionDetectionOptions(suppressionOverlap: 0.3)))

cell("first-seed")
let sizes = ObjectSizes.stillLife(side: width)

func summarized(_ found: [[ScoredBox]], _ part: Part) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: sizes)
}

/// How well one way of doing things does on the validation pictures.
struct Trial: Codable {
  var name: String
  var ap50: Double
  var ap: Double

  init(_ name: String, _ found: [[ScoredBox]]) {
    let summary = summarized(found, validationPart)
    (self.name, ap50, ap) = (name, summary.ap50, summary.all.precision)
  }
}

/// A seed's training, and what its model finds in the test pictures.
struct SeedResult: Codable {
  var losses: [EpochLosses]
  var seconds: Double
  var found: [[ScoredBox]]
  /// What is tried on the validation pictures; for the first seed only.
  var trials: [String: [Trial]] = [:]
  var peakMegabytes = 0.0
}

func trained(_ model: FastRCNN, using random: inout SplitMix64) throws -> SeedResult {
  let watch = Stopwatch()
  let losses = try train(model, epochs: epochs, using: &random)
  let seconds = watch.seconds
  let peak = peakMegabytes()
  return SeedResult(
    losses: losses, seconds: seconds,
    found: judged(model, testPart, testProposals).map { $0.detections() }, peakMegabytes: peak)
}

random = SplitMix64(seed: 1)
let model = FastRCNN(using: &random)
let firstSeed = try checkpoint("seed-1", model, using: &random) { random in
  var result = try trained(model, using: &random)
  let validation = judged(model, validationPart, validationProposals)
  result.trials["boxes"] = [
    Trial("proposals as they are", validation.map { $0.detections(movingBoxes: false) }),
    Trial("boxes moved", validation.map { $0.detections() }),
  ]
  result.trials["suppression"] = [0.2, 0.3, 0.4, 0.5].map { overlap in
    Trial("suppressed from \(overlap)", validation.map { $0.detections(overlap: overlap) })
  }
  result.trials["budgets"] = [25, 50, 100, 200, 300].filter { $0 <= proposalLimit }.map { budget in
    Trial(
      "\(budget)",
      judged(model, validationPart, validationProposals.map { Array($0.prefix(budget)) }).map {
        $0.detections()
      })
  }
  return result
}

cell("training-curve")
show(
  LinePlot(
    "Both losses while training", x: Axis("epoch"), y: Axis("loss"),
    series: [
      Series("classes", y: firstSeed.losses.map(\.classes), marker: .circle),
      Series("boxes", y: firstSeed.losses.map(\.boxes), line: .dashed, marker: .square),
    ]),
  alt: "The loss of the classes and the loss of the boxes by epoch; both fall.")

cell("moved-or-not")
for trial in firstSeed.trials["boxes", default: []] + firstSeed.trials["suppression", default: []] {
  print("\(trial.name): AP50 \(rounded(trial.ap50, 3)), AP \(rounded(trial.ap, 3))")
}
if let trials = firstSeed.trials["boxes"] {
  record("unmoved_ap50", trials[0].ap50)
  record("unmoved_ap", trials[0].ap)
  record("moved_ap50", trials[1].ap50)
  record("moved_ap", trials[1].ap)
}

cell("three-seeds")
var results = [firstSeed]
for seed in setting(full: [2, 3], quick: []) {
  var random = SplitMix64(seed: UInt64(seed))
  let model = FastRCNN(using: &random)
  results.append(
    try checkpoint("seed-\(seed)", model, using: &random) { random in
      try trained(model, using: &random)
    })
}
let summaries = results.map { summarized($0.found, testPart) }
for (number, summary) in summaries.enumerated() {
  print(
    "seed \(number + 1): AP \(rounded(summary.all.precision, 3))",
    "AP50 \(rounded(summary.ap50, 3)) AP75 \(rounded(summary.ap75, 3))",
    "small \(rounded(summary.small.precision, 3)) medium \(rounded(summary.medium.precision, 3))",
    "large \(rounded(summary.large.precision, 3))")
}
let ap50s = summaries.map(\.ap50)
print(
  "mean AP50 \(rounded(mean(ap50s), 3)),",
  "from \(rounded(ap50s.min() ?? 0, 3)) to \(rounded(ap50s.max() ?? 0, 3))")
record("ap", mean(summaries.map(\.all.precision)))
record("ap50", mean(ap50s))
record("ap50_lowest", ap50s.min() ?? 0)
record("ap50_highest", ap50s.max() ?? 0)
record("ap75", mean(summaries.map(\.ap75)))
for (name, values) in [
  ("ap_small", summaries.map(\.small.precision)),
  ("ap_medium", summaries.map(\.medium.precision)),
  ("ap_large", summaries.map(\.large.precision)),
] where mean(values).isFinite {
  record(name, mean(values))
}
recordDetections(results[0].found)

cell("test-detections")
let shownScore: Float = 0.5

/// A picture with its objects dashed and what was found with a certain score.
func pictured(_ number: Int) -> PictureFigure {
  PictureFigure(
    testPart.images[number],
    boxes: testPart.labels[number].map { PictureBox($0.box, "", .good, dashed: true) }
      + results[0].found[number].filter { $0.score >= shownScore }.map {
        PictureBox($0.box, classNames[$0.classIndex], .accent)
      }, zoom: 1.5)
}

show(
  PictureGrid((0..<min(8, testPart.images.count)).map(pictured), columns: 4),
  alt: "Eight test pictures: true boxes dashed, and what was found, with the names of the classes.")

cell("both-ways")
/// Each proposal cut out and stretched to a small square, which is what R-CNN looks at.
func crops(_ boxes: [Box], of image: Image) -> Tensor {
  let squares = boxes.map { box in
    image.cropped(y: Int(box.y0)..<Int(box.y1), x: Int(box.x0)..<Int(box.x1))
      .resized(height: cropSide, width: cropSide)
  }
  let batch = DecodedDataset(classNames: [], images: squares, labels: squares.map { _ in [] })
    .batches(size: squares.count)
  return concatenated(batch.map(\.pixels), along: 0)
}

/// Milliseconds that each stage takes for one picture: the seconds of several, summed up.
struct StageTimes {
  private(set) var stages: [(name: String, seconds: Double)] = []

  mutating func measure<Result>(_ name: String, _ body: () -> Result) -> Result {
    let watch = Stopwatch()
    let result = body()
    let seconds = watch.seconds
    if let place = stages.firstIndex(where: { $0.name == name }) {
      stages[place].seconds += seconds
    } else {
      stages.append((name, seconds))
    }
    return result
  }
}

let rcnnHidden = Linear(
  Backbone.channels * (cropSide / Backbone.stride) * (cropSide / Backbone.stride), 256,
  using: &random)

/// The stages of Fast R-CNN, and R-CNN's forward of the same proposals, on the first test pictures.
func stageTimes(pictures: Int) -> StageTimes {
  var times = StageTimes()
  for number in 0..<pictures {
    let image = testPart.images[number]
    let batch = DecodedDataset(classNames: [], images: [image], labels: [[]]).batches(size: 1)
    var random = SplitMix64(seed: 1)
    let boxes = times.measure("search") {
      Array(
        search(rgb: image.pixels, height: height, width: width, using: &random)
          .prefix(proposalLimit))
    }
    for pixels in batch.map(\.pixels) {
      let maps = times.measure("backbone") { model.maps(pixels) }
      let regions = times.measure("pooling") {
        model.pooled(maps, boxes.map { Region(picture: 0, box: $0) })
      }
      let judged = times.measure("head") {
        let (scores, offsets) = model.head.predictions(regions)
        return Judged(boxes, scores, offsets)
      }
      _ = times.measure("decide") { judged.detections() }
    }
    _ = times.measure("crops") {
      let map = model(crops(boxes, of: image))
      return rcnnHidden(map.reshaped([boxes.count, -1])).scalars
    }
  }
  return times
}

_ = stageTimes(pictures: 1)  // the first call makes room for its results
let timedPictures = setting(full: 20, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures).stages.map {
  ($0.name, 1000 * $0.seconds / Double(timedPictures))
}
let byStage = Dictionary(uniqueKeysWithValues: milliseconds)
for (stage, time) in milliseconds {
  print("\(stage): \(rounded(time, 1)) ms a picture")
  record("milliseconds_\(stage)", time, unit: "ms")
}
let ownStages = milliseconds.filter { $0.0 != "crops" }.map(\.1).reduce(0, +)
let networkTime = ["backbone", "pooling", "head"].map { byStage[$0, default: 0] }.reduce(0, +)
let networkRatio = byStage["crops", default: 0] / networkTime
print(
  "network: one look takes \(rounded(networkTime, 1)) ms, R-CNN's \(rounded(networkRatio, 1)) times as long"
)
record("milliseconds", ownStages, unit: "ms")
record("milliseconds_network", networkTime, unit: "ms")
record("network_ratio", networkRatio)
record("total_ratio", (ownStages - networkTime + byStage["crops", default: 0]) / ownStages)
record("search_share", byStage["search", default: 0] / ownStages)
record("training_seconds", mean(results.map(\.seconds)), unit: "s")
record("peak_memory", firstSeed.peakMegabytes, unit: "MB")
print("training: \(rounded(mean(results.map(\.seconds)), 0)) s, without the search")

cell("budgets")
let budgets = firstSeed.trials["budgets", default: []]
show(
  LinePlot(
    "What more proposals buy", x: Axis("proposals a picture"), y: Axis("validation pictures"),
    series: [
      Series(
        "AP50", x: budgets.map { Double($0.name)! }, y: budgets.map(\.ap50), marker: .circle),
      Series(
        "AP", x: budgets.map { Double($0.name)! }, y: budgets.map(\.ap), line: .dashed,
        marker: .square),
    ]),
  alt: "AP50 and AP against the number of proposals; both rise, ever more slowly.")

cell("ceiling")
/// What a head without error would find: each object by the proposal that fits it best.
func faultless(_ part: Part, _ proposals: [[Box]], movingBoxes: Bool) -> [[ScoredBox]] {
  zip(part.labels, proposals).map { objects, boxes in
    objects.compactMap { object in
      let best = boxes.max {
        intersectionOverUnion($0, object.box) < intersectionOverUnion($1, object.box)
      }
      guard let best, intersectionOverUnion(best, object.box) >= 0.5 else { return nil }
      return ScoredBox(
        box: movingBoxes ? object.box : best, classIndex: object.classIndex, score: 1)
    }
  }
}

for (name, movingBoxes) in [("boxes as proposed", false), ("boxes moved without error", true)] {
  let summary = summarized(
    faultless(testPart, testProposals, movingBoxes: movingBoxes), testPart)
  print("\(name): AP50 \(rounded(summary.ap50, 3)), AP \(rounded(summary.all.precision, 3))")
  record(movingBoxes ? "ceiling_ap50" : "ceiling_unmoved_ap50", summary.ap50)
  record(movingBoxes ? "ceiling_ap" : "ceiling_unmoved_ap", summary.all.precision)
}

cell("what-failed")
/// What became of an object.
enum Fate: String, CaseIterable {
  case found = "found"
  case noProposal = "no proposal overlaps it by half"
  case wrongClass = "found as another class"
  case wrongBox = "its box is off"
  case missed = "taken for background"
}

func fate(of object: LabeledBox, found: [ScoredBox], proposals: [Box]) -> Fate {
  func best(_ boxes: [Box]) -> Float {
    boxes.map { intersectionOverUnion($0, object.box) }.max() ?? 0
  }
  let certain = found.filter { $0.score >= shownScore }
  let (own, others) = (
    certain.filter { $0.classIndex == object.classIndex }.map(\.box),
    certain.filter { $0.classIndex != object.classIndex }.map(\.box)
  )
  if best(own) >= 0.5 { return .found }
  if best(proposals) < 0.5 { return .noProposal }
  if best(others) >= 0.5 { return .wrongClass }
  return best(own) >= 0.1 ? .wrongBox : .missed
}

var fates: [Fate: Int] = [:]
for number in testPart.images.indices {
  for object in testPart.labels[number] {
    let fate = fate(
      of: object, found: results[0].found[number], proposals: testProposals[number])
    fates[fate, default: 0] += 1
  }
}
let objectCount = testPart.labels.joined().count
for fate in Fate.allCases {
  print(
    "\(fate.rawValue): \(rounded(100 * Double(fates[fate] ?? 0) / Double(objectCount), 1)) %")
}
let certainBoxes = results[0].found.joined().count { $0.score >= shownScore }
print("\(certainBoxes) boxes with a score of \(shownScore) or more for \(objectCount) objects")
record("without_proposal_share", Double(fates[.noProposal] ?? 0) / Double(objectCount))
record("wrong_class_share", Double(fates[.wrongClass] ?? 0) / Double(objectCount))
record("taken_for_background_share", Double(fates[.missed] ?? 0) / Double(objectCount))
