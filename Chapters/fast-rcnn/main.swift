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

cell("proposals")
let search = SelectiveSearch.fast(scales: [25, 50], shortestSide: 8)
let proposalLimit = setting(full: 300, quick: 40)

let found = checkpoint("proposals") {
  [("training", trainingPart), ("validation", validationPart), ("test", testPart)].map {
    SearchedProposals(in: $1.images, search, limit: proposalLimit, "searching \($0) pictures")
  }
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
let mapShapes = untrained.maps(.zeros([1, 3, height, width])).map { Array($0.shape.dropFirst()) }
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shapeText([3, height, width])),
      .init("backbone", detail: mapShapes.map(shapeText).joined(separator: ", ")),
      .init(
        "RoI pooling", detail: "\(proposalLimit) × " + shapeText([FastRCNN.channels, bins, bins])),
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
  let boxLoss = smoothL1Loss(
    offsets.reshaped([-1, 4]).selected(rows, along: 0), Tensor(samples.flatMap(\.offsets))
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
      let samples = batch.pixelLabels.map { boxes in
        sample(
          boxes.filter { $0.classIndex == classNames.count }.map(\.box),
          boxes.filter { $0.classIndex < classNames.count }, count: regionsPerPicture,
          using: &random)
      }
      let regions = regions(samples.map(\.boxes))
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
func judged(_ model: FastRCNN, _ part: StillLifes.Part, _ proposals: [[Box]]) -> [Judged] {
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
func summarized(_ found: [[ScoredBox]], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: data.sizes)
}

/// How well boxes fit the validation pictures.
func trial(_ name: String, _ found: [[ScoredBox]]) -> Trial {
  Trial(name, summarized(found, validationPart))
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
    trial("proposals as they are", validation.map { $0.detections(movingBoxes: false) }),
    trial("boxes moved", validation.map { $0.detections() }),
  ]
  result.trials["suppression"] = [0.2, 0.3, 0.4, 0.5].map { overlap in
    trial("suppressed from \(overlap)", validation.map { $0.detections(overlap: overlap) })
  }
  result.trials["budgets"] = [25, 50, 100, 200, 300].filter { $0 <= proposalLimit }.map { budget in
    trial(
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
  print(trial.line)
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
recordPrecision(results.map { summarized($0.found, testPart) })
recordDetections(results[0].found)

cell("test-detections")
let shownScore: Float = 0.5

/// A test picture with its objects and what was found with a certain score.
func pictured(_ number: Int) -> PictureFigure {
  PictureFigure(
    testPart.images[number], objects: testPart.labels[number],
    found: results[0].found[number].filter { $0.score >= shownScore },
    classNames: classNames)
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

let rcnnHidden = Linear(
  Backbone.channels * (cropSide / Backbone.stride) * (cropSide / Backbone.stride), 256,
  using: &random)

/// The stages of Fast R-CNN, and R-CNN's forward of the same proposals, on the first test pictures.
///
/// In three passes: after one processor has searched alone the other is asleep, and the crops of one
/// picture would drive the next one out of the caches.
func stageTimes(pictures: Int) -> StageTimes {
  var times = StageTimes()
  let images = testPart.images.prefix(pictures)
  let proposals = images.map { image in
    var random = SplitMix64(seed: 1)
    return times.measure("search") {
      search(rgb: image.pixels, height: height, width: width, using: &random)
        .prefix(proposalLimit)
    }
  }.map(Array.init)
  for (batch, boxes) in zip(testPart.pictures.batches(size: 1), proposals) {
    let maps = times.measure("backbone") { model.maps(batch.pixels) }
    let regions = times.measure("pooling") {
      model.pooled(maps, boxes.map { Region(picture: 0, box: $0) })
    }
    let judged = times.measure("head") {
      let (scores, offsets) = model.head.predictions(regions)
      return Judged(boxes, scores, offsets)
    }
    _ = times.measure("decide") { judged.detections() }
  }
  for (image, boxes) in zip(images, proposals) {
    _ = times.measure("crops") {
      let map = model(crops(boxes, of: image))
      return rcnnHidden(map.reshaped([boxes.count, -1])).scalars
    }
  }
  return times
}

_ = stageTimes(pictures: 1)  // the first call makes room for its results
let timedPictures = setting(full: 20, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures)
  .recordMilliseconds(pictures: timedPictures)
/// The milliseconds of some stages together.
func total(_ stages: String...) -> Double {
  stages.map { milliseconds[$0, default: 0] }.reduce(0, +)
}
let networkTime = total("backbone", "pooling", "head")
let ownStages = total("search", "decide") + networkTime
let networkRatio = total("crops") / networkTime
print(
  "network: one look takes \(rounded(networkTime, 1)) ms, R-CNN's \(rounded(networkRatio, 1)) times as long"
)
record("milliseconds", ownStages, unit: "ms")
record("milliseconds_network", networkTime, unit: "ms")
record("network_ratio", networkRatio)
record("total_ratio", (ownStages - networkTime + total("crops")) / ownStages)
record("search_share", total("search") / ownStages)
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
for (name, movesBoxes) in [("boxes as proposed", false), ("boxes moved without error", true)] {
  let summary = summarized(
    faultlessDetections(testProposals, objects: testPart.labels, movesBoxes: movesBoxes), testPart)
  print(Trial(name, summary).line)
  record(movesBoxes ? "ceiling_ap50" : "ceiling_unmoved_ap50", summary.ap50)
  record(movesBoxes ? "ceiling_ap" : "ceiling_unmoved_ap", summary.all.precision)
}

cell("what-failed")
let fates = testPart.labels.enumerated().flatMap { number, objects in
  let certain = results[0].found[number].filter { $0.score >= shownScore }
  return objects.map {
    ObjectFate(of: $0, detections: certain, proposals: testProposals[number])
  }
}
recordFates(fates)
let certainBoxes = results[0].found.joined().count { $0.score >= shownScore }
print("\(certainBoxes) boxes with a score of \(shownScore) or more for \(fates.count) objects")
