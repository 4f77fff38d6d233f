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

cell("number-format")
let scientific = FloatingPointFormatStyle<Double>.number.notation(.scientific)
  .precision(.fractionLength(2))

cell("class-predictor")
/// One score for each anchor and class at every cell of a map; class 0 is background.
func classPredictor(
  channels: Int, anchors: Int, classes: Int, _ initializer: Initializer = .uniformByFanIn,
  using random: inout SplitMix64
) -> Conv2D {
  Conv2D(
    channels, anchors * (classes + 1), kernel: 3, padding: 1, initializer: initializer,
    using: &random)
}

cell("box-predictor")
/// Four offsets for each anchor at every cell of a map.
func boxPredictor(
  channels: Int, anchors: Int, _ initializer: Initializer = .uniformByFanIn,
  using random: inout SplitMix64
) -> Conv2D {
  Conv2D(
    channels, anchors * 4, kernel: 3, padding: 1, initializer: initializer, using: &random)
}

cell("predictor-shapes")
var random = SplitMix64(seed: 0)
let fineMap = Tensor.zeros([2, 8, 20, 20])
let coarseMap = Tensor.zeros([2, 16, 10, 10])
let fineScores = classPredictor(channels: 8, anchors: 5, classes: 10, using: &random)(fineMap)
let coarseScores =
  classPredictor(channels: 16, anchors: 3, classes: 10, using: &random)(coarseMap)
print("5 anchors × 11 classes:", fineScores.shape)
print("3 anchors × 11 classes:", coarseScores.shape)

cell("flattened")
/// One row of numbers a picture, channels last: what belongs to one anchor stays together.
func flattened(_ map: Tensor) -> Tensor {
  map.permuted([0, 2, 3, 1]).reshaped([map.shape[0], -1])
}

/// The rows of several maps, one after the other.
func joined(_ maps: [Tensor]) -> Tensor {
  concatenated(maps.map(flattened), along: 1)
}

print(joined([fineScores, coarseScores]).shape)

cell("channels-last")
// Two anchors with two classes on a map of 2 × 2 cells. Each number tells where it comes from:
// hundreds the anchor, tens the class, ones the cell.
let labelled = Tensor(shape: [1, 4, 2, 2]) { numbers in
  for channel in 0..<4 {
    let (anchor, category) = (channel / 2, channel % 2)
    for place in 0..<4 {
      numbers[4 * channel + place] = Float(100 * anchor + 10 * category + place)
    }
  }
}
print("channels last: ", flattened(labelled).scalars.map { Int($0) })
print("channels first:", labelled.reshaped([1, -1]).scalars.map { Int($0) })

cell("halving-block")
/// Twice convolution, normalisation and ReLU, then half the rows and columns.
func halvingBlock(
  _ inputs: Int, _ outputs: Int, _ initializer: Initializer = .uniformByFanIn,
  using random: inout SplitMix64
) -> Sequential {
  Sequential(
    Conv2D(inputs, outputs, kernel: 3, padding: 1, initializer: initializer, using: &random),
    BatchNorm2D(outputs), ReLU(),
    Conv2D(outputs, outputs, kernel: 3, padding: 1, initializer: initializer, using: &random),
    BatchNorm2D(outputs), ReLU(),
    MaxPool2D(2))
}

print(halvingBlock(3, 10, using: &random)(.zeros([2, 3, 20, 20])).shape)

cell("base-network")
/// Three halving blocks: the picture becomes a map of an eighth of its height and width.
func baseNetwork(
  _ initializer: Initializer = .uniformByFanIn, using random: inout SplitMix64
) -> Sequential {
  Sequential(
    halvingBlock(3, 16, initializer, using: &random),
    halvingBlock(16, 32, initializer, using: &random),
    halvingBlock(32, 64, initializer, using: &random))
}

print(baseNetwork(using: &random)(.zeros([2, 3, 256, 256])).shape)

cell("residual-block")
/// Two convolutions whose result is added to their input.
///
/// With a dilation, the same nine taps reach further: a wider view for the same number of
/// multiplications.
final class ResidualBlock: Layer {
  let body: Sequential

  init(channels: Int, dilation: Int = 1, using random: inout SplitMix64) {
    func convolution(_ random: inout SplitMix64) -> Conv2D {
      Conv2D(
        channels, channels, kernel: 3, padding: dilation, dilation: dilation, hasBias: false,
        using: &random)
    }
    body = Sequential(
      convolution(&random), BatchNorm2D(channels), ReLU(),
      convolution(&random), BatchNorm2D(channels))
  }

  func callAsFunction(_ input: Tensor) -> Tensor { (body(input) + input).relu }
}

print(ResidualBlock(channels: 64, using: &random)(.zeros([2, 64, 32, 32])).shape)

cell("anchor-sizes")
let levelCount = 5
let smallest: Float = 0.2
let beyondLargest: Float = 1.05
// Five steps from 0.2, evenly spaced towards 1.05. The second size of a level is the geometric
// mean of its own and the next one.
let levelSizes: [[Float]] = (0..<levelCount).map { level in
  let step = (beyondLargest - smallest) / Float(levelCount)
  let size = smallest + step * Float(level)
  return [size, (size * (size + step)).squareRoot()]
}
let ratios: [Float] = [1, 2, 0.5]
let anchorsPerCell = levelSizes[0].count + ratios.count - 1
for (level, sizes) in levelSizes.enumerated() {
  let pixels = sizes.map { "\(Int(($0 * 256).rounded())) px" }
  print("level \(level): sizes", sizes, "=", pixels.joined(separator: " and "))
}

cell("level")
/// What one level of the detector hands on and says.
struct LevelOutput {
  var map: Tensor
  var anchors: [Box]
  var classScores: Tensor
  var boxOffsets: Tensor
}

/// One level: its block makes the map, the map its anchors, and two predictors read the map.
func level(
  _ input: Tensor, block: any Layer, sizes: [Float], classHead: Conv2D, boxHead: Conv2D
) -> LevelOutput {
  let map = block(input)
  return LevelOutput(
    map: map,
    anchors: multiboxPriors(
      height: map.shape[2], width: map.shape[3], sizes: sizes, widthOverHeight: ratios),
    classScores: classHead(map), boxOffsets: boxHead(map))
}

cell("tiny-ssd")
final class SSD: Layer {
  let blocks: [any Layer]
  private(set) var classHeads: [Conv2D]
  private(set) var boxHeads: [Conv2D]
  let classes: Int

  /// `contextDilations` puts residual blocks between the base network and its predictors.
  init(
    classes: Int, initializer: Initializer = .uniformByFanIn, contextDilations: [Int] = [],
    using random: inout SplitMix64
  ) {
    self.classes = classes
    let base = baseNetwork(initializer, using: &random)
    let context = contextDilations.map {
      ResidualBlock(channels: 64, dilation: $0, using: &random)
    }
    blocks = [
      context.isEmpty ? base : Sequential([base] + context),
      halvingBlock(64, 128, initializer, using: &random),
      halvingBlock(128, 128, initializer, using: &random),
      halvingBlock(128, 128, initializer, using: &random),
      GlobalMaxPool2D(),
    ]
    (classHeads, boxHeads) = ([], [])
    for channels in [64, 128, 128, 128, 128] {
      classHeads.append(
        classPredictor(
          channels: channels, anchors: anchorsPerCell, classes: classes, initializer,
          using: &random))
      boxHeads.append(
        boxPredictor(
          channels: channels, anchors: anchorsPerCell, initializer, using: &random))
    }
  }

  func callAsFunction(_ pictures: Tensor) -> Tensor { predictions(pictures).logits }

  /// Anchors of all levels, a score for each anchor and class, four offsets for each anchor.
  func predictions(
    _ pictures: Tensor
  ) -> (anchors: [Box], logits: Tensor, offsets: Tensor) {
    var map = pictures
    var levels: [LevelOutput] = []
    for (number, block) in blocks.enumerated() {
      let output = level(
        map, block: block, sizes: levelSizes[number], classHead: classHeads[number],
        boxHead: boxHeads[number])
      map = output.map
      levels.append(output)
    }
    let logits = joined(levels.map(\.classScores))
    return (
      levels.flatMap(\.anchors), logits.reshaped([pictures.shape[0], -1, classes + 1]),
      joined(levels.map(\.boxOffsets))
    )
  }
}

cell("tiny-ssd-shapes")
let untrained = SSD(classes: 1, using: &random)
let untrainedOutput = untrained.predictions(.zeros([32, 3, 256, 256]))
print("anchors: ", untrainedOutput.anchors.count)
print("classes: ", untrainedOutput.logits.shape)
print("offsets: ", untrainedOutput.offsets.shape)
print("trained numbers:", parameterCount(of: untrained))

cell("architecture")
let levelNames = ["base network", "halving block", "halving block", "halving block", "global max"]
/// Channels, rows and columns of each level's map, for a picture of that size.
func levelMaps(height: Int, width: Int) -> [[Int]] {
  var map = Tensor.zeros([1, 3, height, width])
  return untrained.blocks.map { block in
    map = block(map)
    return Array(map.shape.dropFirst())
  }
}

/// How many anchors stand on each level.
func anchorCounts(_ maps: [[Int]]) -> [Int] { maps.map { $0[1] * $0[2] * anchorsPerCell } }

let bananaMaps = levelMaps(height: 256, width: 256)
show(
  BlockDiagram(
    blocks: [.init("picture", detail: "3 × 256 × 256")]
      + levelNames.indices.map { level in
        let anchorCount = anchorCounts(bananaMaps)[level]
        return .init(
          levelNames[level], detail: shapeText(bananaMaps[level]),
          outputs: ["\(anchorCount) × class", "\(anchorCount) × offsets"])
      }),
  alt: "The picture passes through five blocks; below each, its anchors get classes and offsets.")

cell("same-as-library")
// Later chapters use the library's copy of this model. It must be the same function.
let libraryModel = TinySSD(classes: 1, using: &random)
for (ours, theirs) in zip(parameters(of: untrained), parameters(of: libraryModel)) {
  theirs.parameter.value = ours.parameter.value
}
let sample = Tensor.uniform([2, 3, 256, 256], in: 0..<255, using: &random)
let libraryOutput = libraryModel.predictions(sample)
let sampleOutput = untrained.predictions(sample)
let largestDifference =
  zip(
    sampleOutput.logits.scalars + sampleOutput.offsets.scalars,
    libraryOutput.classLogits.scalars + libraryOutput.boxOffsets.scalars
  ).map { abs($0 - $1) }.max() ?? 0
print("largest difference from the library's model:", largestDifference)

cell("pictures")
let pictures: DetectionFolder
if let dataFolder {
  pictures = try DetectionFolder(contentsOf: dataFolder)
} else {
  let (training, validation) = setting(full: (1000, 100), quick: (64, 24))
  let drawing = ProgressBar(label: "drawing pictures", total: training + validation)
  pictures = try DetectionFolder.bananas(
    in: cacheFolder(named: "bananas"), training: training, validation: validation
  ) { _, _ in drawing.advance() }
}
let classNames = pictures.training.classNames
print(pictures.training.count, "pictures to train on,", pictures.validation.count, "to judge with")
print("classes:", classNames.joined(separator: ", "))

show(
  PictureGrid(
    try (0..<min(10, pictures.training.count)).map { number in
      PictureFigure(
        try pictures.training.image(at: number),
        boxes: pictures.training.samples[number].pixelLabels.map { PictureBox($0.box) },
        zoom: 0.5)
    }, columns: 5),
  alt: "Ten training pictures with their objects outlined, among clutter.")

cell("difficulty-guard")
let blobs = try pictures.validation.samples.indices.map {
  largestYellowBlob(in: try pictures.validation.image(at: $0))
}
let blobPrecision = AveragePrecision(
  detections: blobs, groundTruths: pictures.validation.samples.map(\.pixelLabels))
print("AP50 of the largest yellow blob:", rounded(blobPrecision.ap50, 3))
record("blob_ap50", blobPrecision.ap50)

cell("batch")
let batchSize = setting(full: 32, quick: 8)
let firstPictures = try pictures.training.decoded(first: batchSize)
for batch in firstPictures.batches(size: batchSize) {
  let rows = paddedToCommonCount(batch.labels)
  print("pictures:", batch.pixels.shape)
  print("labels:  ", [rows.count, rows[0].count, 5])
}

cell("padding")
// One object in the first picture, two in the second: as a rectangular tensor wants it, and what the
// targets make of it.
let oneAndTwo = [
  [LabeledBox(box: Box(x0: 0.1, y0: 0.1, x1: 0.4, y1: 0.5), classIndex: 0)],
  [
    LabeledBox(box: Box(x0: 0.2, y0: 0.3, x1: 0.5, y1: 0.6), classIndex: 0),
    LabeledBox(box: Box(x0: 0.6, y0: 0.1, x1: 0.8, y1: 0.3), classIndex: 0),
  ],
]
let padded = paddedToCommonCount(oneAndTwo)
print("rows a picture:", padded.map(\.count), "classes:", padded.map { $0.map(\.classIndex) })
let withoutPadding = multiboxTargets(anchors: untrainedOutput.anchors, labels: oneAndTwo)
let withPadding = multiboxTargets(anchors: untrainedOutput.anchors, labels: padded)
print("the padded row changes the targets:", withoutPadding.classes != withPadding.classes)

cell("why-l1")
let errors = stride(from: Float(-3), through: 3, by: 0.05).map { $0 }
let errorTensor = Tensor(errors, shape: [errors.count])
let zero = Tensor.zeros(errorTensor.shape)
let x = errors.map(Double.init)
show(
  LinePlot(
    "What an error costs",
    x: Axis("error of an offset"), y: Axis("loss", limits: 0...4),
    series: [
      Series("L1", x: x, y: l1Loss(errorTensor, zero).scalars),
      Series("L2", x: x, y: l2Loss(errorTensor, zero).scalars, line: .dashed),
      Series(
        "smooth L1, β = 1", x: x, y: smoothL1Loss(errorTensor, zero).scalars, line: .dotted),
    ]),
  alt: "Loss against error: L2 passes 4 at an error of 2, L1 and smooth L1 grow in a line.")
// One anchor whose offset is wrong by 10, beside nineteen that are wrong by 0.1.
let mostlyRight = Tensor([10] + [Float](repeating: 0.1, count: 19), shape: [20])
let right = Tensor.zeros([20])
for (name, loss) in [
  ("L1", l1Loss(mostlyRight, right)), ("L2", l2Loss(mostlyRight, right)),
  ("smooth L1", smoothL1Loss(mostlyRight, right)),
] {
  let share = loss.scalars[0] / loss.sum().scalar
  print("\(name): the one bad anchor is \(rounded(100 * share, 1)) % of the loss")
}

cell("focal-loss")
let sureness = stride(from: Float(0.01), to: 1, by: 0.01).map { $0 }
// A row of two scores whose softmax gives the true class the probability p.
let scoreRows = Tensor(
  sureness.flatMap { [Float(0), log($0 / (1 - $0))] }, shape: [sureness.count, 2])
let trueClass = [Int32](repeating: 1, count: sureness.count)
show(
  LinePlot(
    "Focal loss", x: Axis("probability of the true class", limits: 0...1),
    y: Axis("loss", limits: 0...5),
    series: [(Float(0), Series.Line.solid), (1, .dashed), (5, .dotted)].map { gamma, line in
      Series(
        "γ = \(Int(gamma))", x: sureness.map(Double.init),
        y: focalLoss(scoreRows, trueClass, gamma: gamma).scalars, line: line)
    }),
  alt: "Loss against the probability of the true class for three γ; the larger γ, the sooner zero.")

cell("losses")
/// A batch as training needs it: what each anchor should say.
struct Goal {
  let classes: [Int32]
  let offsets: Tensor
  let mask: Tensor
  let positives: Int

  init(_ anchors: [Box], _ labels: [[LabeledBox]]) {
    let targets = multiboxTargets(anchors: anchors, labels: labels)
    let shape = [labels.count, anchors.count * 4]
    classes = targets.classes
    offsets = Tensor(targets.offsets, shape: shape)
    mask = Tensor(targets.mask, shape: shape)
    positives = targets.classes.count { $0 > 0 }
  }
}

/// d2l's loss: the mean over all anchors, and over all offsets, most of them masked.
func meanLoss(_ logits: Tensor, _ offsets: Tensor, _ goal: Goal) -> Tensor {
  crossEntropy(logits, goal.classes).mean()
    + l1Loss(offsets * goal.mask, goal.offsets * goal.mask).mean()
}

/// Ours: a class loss and smooth L1, divided by the number of anchors that hold an object.
func perObject(_ classLoss: Tensor, _ offsets: Tensor, _ goal: Goal) -> Tensor {
  let share = 1 / Float(max(goal.positives, 1))
  return classLoss * share
    + smoothL1Loss(offsets * goal.mask, goal.offsets * goal.mask).sum() * share
}

/// Ours with focal loss for the classes.
func focusedLoss(_ logits: Tensor, _ offsets: Tensor, _ goal: Goal) -> Tensor {
  perObject(focalLoss(logits, goal.classes, gamma: 2).sum() * 4, offsets, goal)
}

let anchors = untrainedOutput.anchors
let firstGoal = Goal(anchors, firstPictures.labels)
let positiveShare = Double(firstGoal.positives) / Double(firstGoal.classes.count)
print(
  "anchors that hold an object:", firstGoal.positives, "of", firstGoal.classes.count,
  "in \(batchSize) pictures")
print("the mean over all offsets divides by \(rounded(1 / positiveShare, 0)) times their number")

cell("who-counts")
// Every anchor says "background" with a probability of 0.95, as a network does after a few steps.
let scoreOfClass = log(0.05 / 0.95 / Float(classNames.count))
let saysBackground = Tensor(
  firstGoal.classes.flatMap { _ in
    [0] + [Float](repeating: scoreOfClass, count: classNames.count)
  }, shape: [firstGoal.classes.count, classNames.count + 1])
let isObject = firstGoal.classes.map { $0 > 0 }

/// Which part of a class loss comes from the anchors that hold an object, if of the others only
/// `backgrounds` count.
func shareOfObjects(_ losses: [Float], backgrounds: [Int]) -> Float {
  let ofObjects = zip(losses, isObject).reduce(Float(0)) { $0 + ($1.1 ? $1.0 : 0) }
  return ofObjects / (ofObjects + backgrounds.reduce(0) { $0 + losses[$1] })
}

let entropies = crossEntropy(saysBackground, firstGoal.classes).scalars
let allBackgrounds = isObject.indices.filter { !isObject[$0] }

/// The hardest background anchors of each picture of a batch, three for each that holds an object.
func hardBackgrounds(_ losses: [Float], isObject: [Bool], anchorsPerPicture: Int) -> [Int] {
  stride(from: 0, to: losses.count, by: anchorsPerPicture).flatMap { start in
    let own = start..<start + anchorsPerPicture
    return hardNegatives(losses: Array(losses[own]), isObject: Array(isObject[own]))
      .map { start + $0 }
  }
}

let focused = focalLoss(saysBackground, firstGoal.classes, gamma: 2).scalars
for (name, losses, backgrounds) in [
  ("cross-entropy, all anchors:     ", entropies, allBackgrounds),
  (
    "cross-entropy, hard negatives:  ", entropies,
    hardBackgrounds(entropies, isObject: isObject, anchorsPerPicture: anchors.count)
  ),
  ("focal loss, γ = 2, all anchors: ", focused, allBackgrounds),
] {
  let share = shareOfObjects(losses, backgrounds: backgrounds)
  print(name, "\(rounded(100 * share, 0)) % of the loss is about objects")
}

cell("assignment-time")
// Every step needs these targets: 5444 anchors against the boxes of each picture of a batch.
let assigningBegan = ContinuousClock.now
let assigningRounds = 10
for _ in 0..<assigningRounds { _ = multiboxTargets(anchors: anchors, labels: firstPictures.labels) }
let assigningSeconds = (ContinuousClock.now - assigningBegan) / .seconds(assigningRounds)
print("targets of one batch: \(rounded(1000 * assigningSeconds, 1)) ms")
record("target_milliseconds", 1000 * assigningSeconds, unit: "ms")

cell("levels-used")
// Anchors that hold an object, by the level they belong to.
let levelCounts = anchorCounts(bananaMaps)
let assignments = multiboxTargets(
  anchors: anchors, labels: try pictures.validation.decoded().labels)
var positivesByLevel = [Int](repeating: 0, count: levelCount)
for picture in 0..<assignments.pictureCount {
  var start = picture * assignments.anchorCount
  for (level, count) in levelCounts.enumerated() {
    positivesByLevel[level] += assignments.classes[start..<start + count].count { $0 > 0 }
    start += count
  }
}
for (level, count) in positivesByLevel.enumerated() {
  let perPicture = rounded(Double(count) / Double(assignments.pictureCount), 2)
  print("level \(level): \(perPicture) anchors a picture hold an object")
}

cell("field-of-view")
// How many pixels one cell of a map sees: a 3 × 3 tap adds two steps of its map, a dilated one
// more, and a pooling doubles the step.
func fieldOfView(halvings: Int, dilations: [Int] = [], withHead: Bool = true) -> Int {
  var (field, step) = (1, 1)
  for _ in 0..<halvings {
    field += 2 * 2 * step + step  // two convolutions and the pooling
    step *= 2
  }
  for dilation in dilations { field += 2 * 2 * dilation * step }
  return field + (withHead ? 2 * step : 0)
}

print("level 0: a predictor sees \(fieldOfView(halvings: 3)) pixels a side")
let contextDilations = [1, 2, 4]
print(
  "level 0 with residual blocks of dilation \(contextDilations):",
  fieldOfView(halvings: 3, dilations: contextDilations), "pixels a side")
let anchorSides = levelSizes[0].map { "\(rounded(256 * $0, 0))" }
print("sides of its square anchors:", anchorSides.joined(separator: " and "), "pixels")

cell("errors")
/// d2l's two numbers, beside what a network that says nothing would score.
struct Errors: Codable {
  var wrong = 0.0
  var anchors = 0.0
  var offBy = 0.0
  var wrongOfBackground = 0.0
  var offByOfZero = 0.0

  mutating func add(_ logits: Tensor, _ offsets: Tensor, _ goal: Goal) {
    let outcomes = logits.shape[2]
    logits.withScalars { scores in
      for (anchor, truth) in goal.classes.enumerated() {
        let row = scores[anchor * outcomes..<(anchor + 1) * outcomes]
        let said = row.indices.max { row[$0] < row[$1] }! - row.startIndex
        if said != Int(truth) { wrong += 1 }
        if truth > 0 { wrongOfBackground += 1 }
      }
    }
    anchors += Double(goal.classes.count)
    offBy += Double(l1Loss(offsets * goal.mask, goal.offsets * goal.mask).sum().scalar)
    offByOfZero += Double((goal.offsets * goal.mask).magnitude.sum().scalar)
  }

  var classError: Double { wrong / anchors }
  var boxError: Double { offBy / (4 * anchors) }
  var classErrorOfBackground: Double { wrongOfBackground / anchors }
  var boxErrorOfZero: Double { offByOfZero / (4 * anchors) }
}

cell("recipes")
/// How a network is trained.
///
/// Everything that differs between d2l's way and ours is here.
struct Recipe {
  var name: String
  /// A model of that many classes.
  let makeModel: (Int, inout SplitMix64) -> SSD
  let makeOptimizer: (SSD) -> any Optimizer
  let rate: Float
  let schedule: Schedule
  var loss: (Tensor, Tensor, Goal) -> Tensor
  let augmentations: [Augmentation]
  /// Pixels 0…255 as the network takes them.
  let prepared: (Tensor) -> Tensor
}

let d2lRecipe = Recipe(
  name: "d2l",
  makeModel: { SSD(classes: $0, using: &$1) },
  makeOptimizer: { SGD($0, learningRate: 0.2, weightDecay: 5e-4) },
  rate: 0.2, schedule: .constant, loss: meanLoss, augmentations: [], prepared: { $0 })

/// Biases that make every anchor say "background" at first, with the given probability of an
/// object: otherwise the first steps are spent on learning that most anchors are empty.
func setBackgroundPrior(of model: SSD, objectProbability: Float) {
  let odds = log(objectProbability / (1 - objectProbability))
  for head in model.classHeads {
    guard let bias = head.bias else { continue }
    let perAnchor = [Float(0)] + [Float](repeating: odds, count: model.classes)
    let biases = (0..<anchorsPerCell).flatMap { _ in perAnchor }
    bias.value = Tensor(biases, shape: bias.shape)
  }
}

let ourRecipe = Recipe(
  name: "ours",
  makeModel: { classes, random in
    let model = SSD(
      classes: classes, initializer: .he, contextDilations: contextDilations, using: &random)
    for head in model.classHeads + model.boxHeads {
      head.weight.value = head.weight.value * 0.1
    }
    setBackgroundPrior(of: model, objectProbability: 0.02)
    return model
  },
  makeOptimizer: { AdamW($0, learningRate: 0.0015, weightDecay: 0.02) },
  rate: 0.0015, schedule: .cosine(warmUp: 0.05, floor: 0.01), loss: focusedLoss,
  augmentations: [.horizontalFlip(probability: 0.5), .verticalFlip(probability: 0.5)],
  prepared: { ($0 - 127) * (1 / 64) })

cell("training-loop")
/// What one epoch of training looked like.
struct EpochRecord: Codable {
  var loss: Double
  var errors: Errors
  var seconds: Double
  var lastStepSeconds: Double
}

/// Trains `model` on `pictures` by `recipe`.
///
/// Stops with an error that names step and layer when the loss is no longer a number.
func train(
  _ model: SSD, on pictures: DecodedDataset, by recipe: Recipe, epochs: Int,
  batchSize: Int = batchSize, using random: inout SplitMix64
) throws -> [EpochRecord] {
  let optimizer = recipe.makeOptimizer(model)
  let stepsPerEpoch = pictures.count / batchSize
  let bar = ProgressBar(label: "training, \(recipe.name)", total: epochs * stepsPerEpoch)
  var history: [EpochRecord] = []
  var step = 0
  for _ in 0..<epochs {
    var (total, errors) = (0.0, Errors())
    var lastStepSeconds = 0.0
    let clock = ContinuousClock()
    let began = clock.now
    let batches = pictures.batches(
      size: batchSize, shuffledBy: &random, augmentedBy: recipe.augmentations,
      droppingRemainder: true)
    for batch in batches {
      let stepBegan = clock.now
      let done = Float(step) / Float(epochs * stepsPerEpoch)
      optimizer.learningRate = recipe.rate * recipe.schedule(done)
      let input = recipe.prepared(batch.pixels)
      try training {
        let (anchors, logits, offsets) = model.predictions(input)
        let goal = Goal(anchors, batch.labels)
        let loss = recipe.loss(logits, offsets, goal)
        try requireFinite(loss, step: step, model: model) { _ = model.predictions(input) }
        errors.add(logits.detached, offsets.detached, goal)
        total += Double(loss.scalar)
        loss.backward()
      }
      optimizer.step()
      lastStepSeconds = (clock.now - stepBegan) / .seconds(1)
      step += 1
      bar.advance(note: "loss \(rounded(total / Double((step - 1) % stepsPerEpoch + 1), 3))")
    }
    let seconds = (clock.now - began) / .seconds(1)
    history.append(
      EpochRecord(
        loss: total / Double(stepsPerEpoch), errors: errors, seconds: seconds,
        lastStepSeconds: lastStepSeconds))
  }
  return history
}

cell("d2l-recipe")
let epochs = setting(full: 6, quick: 1)
record("epochs", Double(epochs))
random = SplitMix64(seed: 1)
let d2lModel = d2lRecipe.makeModel(classNames.count, &random)
let d2lHistory = try checkpoint("d2l", d2lModel, using: &random) { random in
  try train(
    d2lModel, on: pictures.training.decoded(), by: d2lRecipe, epochs: epochs, using: &random)
}
for (epoch, record) in d2lHistory.enumerated() {
  print(
    "epoch \(epoch + 1): class error \(record.errors.classError.formatted(scientific))",
    "box error \(record.errors.boxError.formatted(scientific))")
}
if let last = d2lHistory.last?.errors {
  print("background everywhere:", last.classErrorOfBackground.formatted(scientific))
  print("no offset anywhere:   ", last.boxErrorOfZero.formatted(scientific))
}

cell("our-recipe")
let seeds = setting(full: [1, 2, 3], quick: [1], predicting: [1])
var ourModels: [SSD] = []
var ourHistories: [[EpochRecord]] = []
for seed in seeds {
  var random = SplitMix64(seed: UInt64(seed))
  let model = ourRecipe.makeModel(classNames.count, &random)
  let history = try checkpoint("ours-seed-\(seed)", model, using: &random) { random in
    try train(
      model, on: pictures.training.decoded(), by: ourRecipe, epochs: epochs, using: &random)
  }
  ourModels.append(model)
  ourHistories.append(history)
}
let trainingSeconds = ourHistories.map { $0.reduce(0) { $0 + $1.seconds } }
let pictureCount = Double(epochs * (pictures.training.count / batchSize) * batchSize)
record("training_seconds", mean(trainingSeconds), unit: "s")
record("images_per_second", pictureCount / mean(trainingSeconds), unit: "images/s")
print(
  "\(rounded(mean(trainingSeconds), 0)) s a seed,",
  "\(rounded(pictureCount / mean(trainingSeconds), 1)) pictures a second, whole epochs timed")
let lastStep = ourHistories[0][epochs - 1].lastStepSeconds
let deceptiveRate = Double(pictures.training.count) / lastStep
record("deceptive_images_per_second", deceptiveRate, unit: "images/s")
print("all pictures ÷ the last step's time: \(rounded(deceptiveRate, 0)) “pictures a second”")

cell("training-curves")
func curve(_ name: String, _ values: [Double], _ line: Series.Line = .solid) -> Series {
  Series(name, y: values, line: line, marker: .circle)
}
let lastErrors = d2lHistory[d2lHistory.count - 1].errors
show(
  LinePlot(
    "Class error while training", x: Axis("epoch"), y: Axis("class error", scale: .logarithmic),
    series: [
      curve("d2l's recipe", d2lHistory.map(\.errors.classError), .dashed),
      curve("ours, seed 1", ourHistories[0].map(\.errors.classError)),
    ], references: [.y(lastErrors.classErrorOfBackground, "background everywhere")]),
  alt: "Class error of both recipes by epoch, with the error of saying background everywhere.")
show(
  LinePlot(
    "Box error while training", x: Axis("epoch"), y: Axis("box error", scale: .logarithmic),
    series: [
      curve("d2l's recipe", d2lHistory.map(\.errors.boxError), .dashed),
      curve("ours, seed 1", ourHistories[0].map(\.errors.boxError)),
    ], references: [.y(lastErrors.boxErrorOfZero, "no offset anywhere")]),
  alt: "Box error of both recipes by epoch, with the error of moving no anchor.",
  caption: "Mean error of the offsets, epoch by epoch.")

cell("detect")
/// What is found in each picture of a batch, boxes as fractions of the picture.
func detections(_ anchors: [Box], _ logits: Tensor, _ offsets: Tensor) -> [[ScoredBox]] {
  let probabilities = logits.softmax.scalars
  let moves = offsets.scalars
  let scoresPerPicture = anchors.count * logits.shape[2]
  let movesPerPicture = anchors.count * 4
  return (0..<logits.shape[0]).map { picture in
    multiboxDetections(
      probabilities: Array(
        probabilities[picture * scoresPerPicture..<(picture + 1) * scoresPerPicture]),
      offsets: Array(moves[picture * movesPerPicture..<(picture + 1) * movesPerPicture]),
      anchors: anchors, options: DetectionOptions(candidateLimit: 400))
  }
}

/// Detections with their boxes in pixels of the pictures.
func inPixels(_ found: [[ScoredBox]], height: Int, width: Int) -> [[ScoredBox]] {
  let (height, width) = (Float(height), Float(width))
  return found.map { boxes in
    boxes.map {
      ScoredBox(
        box: $0.box.scaled(x: width, y: height).clipped(width: width, height: height),
        classIndex: $0.classIndex, score: $0.score)
    }
  }
}

cell("your-picture")
predictor(
  classNames: classNames, height: pictures.validation.height, width: pictures.validation.width
) { pixels in
  let (anchors, logits, offsets) = ourModels[0].predictions(ourRecipe.prepared(pixels))
  return inPixels(
    detections(anchors, logits, offsets), height: pictures.validation.height,
    width: pictures.validation.width)[0]
}

cell("candidates")
// How many anchors of one picture take part in suppression, by the score that lets them in.
for batch in try pictures.validation.decoded(first: 1).batches(size: 1) {
  let (anchors, logits, offsets) = ourModels[0].predictions(ourRecipe.prepared(batch.pixels))
  let probabilities = logits.softmax.scalars
  let outcomes = logits.shape[2]
  let bestScores = anchors.indices.map { anchor in
    probabilities[anchor * outcomes + 1..<(anchor + 1) * outcomes].max() ?? 0
  }
  for threshold: Float in [0, 0.01, 0.5] {
    print("score ≥ \(threshold):", bestScores.count { $0 >= threshold }, "anchors")
  }
  print("after suppression:", detections(anchors, logits, offsets)[0].count { $0.score >= 0.5 })
}

cell("average-precision")
/// How good a model is on some pictures.
struct Judgement: Codable {
  var ap50: Double
  var ap75: Double
  var errors: Errors
  var found: [[ScoredBox]]
}

func judged(_ model: SSD, _ recipe: Recipe, on pictures: DecodedDataset) -> Judgement {
  var found: [[ScoredBox]] = []
  var errors = Errors()
  for batch in pictures.batches(size: 20) {
    let (anchors, logits, offsets) = model.predictions(recipe.prepared(batch.pixels))
    found += detections(anchors, logits, offsets)
    errors.add(logits, offsets, Goal(anchors, batch.labels))
  }
  let precision = AveragePrecision(detections: found, groundTruths: pictures.labels)
  return Judgement(ap50: precision.ap50, ap75: precision.ap75, errors: errors, found: found)
}

let judgements = try checkpoint("judgements") {
  let validationPictures = try pictures.validation.decoded()
  return [judged(d2lModel, d2lRecipe, on: validationPictures)]
    + ourModels.map { judged($0, ourRecipe, on: validationPictures) }
}
let d2lJudgement = judgements[0]
let ourJudgements = Array(judgements.dropFirst())
print("d2l's recipe:  AP50 \(rounded(d2lJudgement.ap50, 3))  AP75 \(rounded(d2lJudgement.ap75, 3))")
for (seed, judgement) in zip(seeds, ourJudgements) {
  print(
    "ours, seed \(seed):  AP50 \(rounded(judgement.ap50, 3))  AP75 \(rounded(judgement.ap75, 3))")
}
let ap50s = ourJudgements.map(\.ap50)
print(
  "ours, mean:    AP50 \(rounded(mean(ap50s), 3)),",
  "from \(rounded(ap50s.min() ?? 0, 3)) to \(rounded(ap50s.max() ?? 0, 3))")
let ourErrors = ourJudgements[0].errors
print(
  "class error: \(ourErrors.classError.formatted(scientific)),",
  "background everywhere \(ourErrors.classErrorOfBackground.formatted(scientific))")
print(
  "box error:   \(ourErrors.boxError.formatted(scientific)),",
  "no offset anywhere \(ourErrors.boxErrorOfZero.formatted(scientific))")
record("ap50", mean(ap50s))
record("ap50_lowest", ap50s.min() ?? 0)
record("ap50_highest", ap50s.max() ?? 0)
record("ap75", mean(ourJudgements.map(\.ap75)))
record("class_error", mean(ourJudgements.map(\.errors.classError)))
record("class_error_of_background", ourErrors.classErrorOfBackground)
record("box_error", mean(ourJudgements.map(\.errors.boxError)))
record("box_error_of_zero", ourErrors.boxErrorOfZero)
record("d2l_ap50", d2lJudgement.ap50)
record("d2l_ap75", d2lJudgement.ap75)
let bananaDetections = inPixels(
  ourJudgements[0].found, height: pictures.validation.height, width: pictures.validation.width)
recordDetections(bananaDetections)

cell("validation-detections")
/// A picture with its true boxes dashed and what was found with a score of at least 0.5, in pixels.
func pictured(
  _ image: Image, truths: [LabeledBox], found: [ScoredBox], zoom: Double
) -> PictureFigure {
  let dashed = truths.map { PictureBox($0.box, "", .series(0), dashed: true) }
  let boxes = found.filter { $0.score >= 0.5 }.map { detection in
    PictureBox(detection.box, rounded(detection.score))
  }
  return PictureFigure(image, boxes: dashed + boxes, zoom: zoom)
}

show(
  PictureGrid(
    try (0..<min(8, pictures.validation.count)).map { number in
      pictured(
        try pictures.validation.image(at: number),
        truths: pictures.validation.samples[number].pixelLabels,
        found: bananaDetections[number], zoom: 0.75)
    }, columns: 4),
  alt: "Eight validation pictures: true boxes dashed, detections with a score of at least 0.5.")

cell("several-bananas")
// The book's own bananas, on which a detector trained with --data was not trained.
let crowd = bananaPicture(seed: 12, bananas: 4)
let crowdPictures = DecodedDataset(
  classNames: classNames, images: [crowd.image], labels: [[]])
for batch in crowdPictures.batches(size: 1) {
  let (anchors, logits, offsets) = ourModels[0].predictions(ourRecipe.prepared(batch.pixels))
  let found = inPixels(
    detections(anchors, logits, offsets), height: crowd.image.height, width: crowd.image.width)[0]
  print(
    found.count { $0.score >= 0.5 }, "boxes with a score of 0.5 or more,",
    crowd.pixelLabels.count, "bananas")
  show(
    pictured(crowd.image, truths: crowd.pixelLabels, found: found, zoom: 1.5),
    alt: "One picture with several bananas, true boxes dashed, and the boxes found.")
}

cell("another-device")
// One epoch three times from the same seed: as always, with tensors in row-major order, and on one
// thread. Each way adds the same numbers in another order.
func losses(steps: Int) throws -> [Double] {
  var random = SplitMix64(seed: 1)
  let model = d2lRecipe.makeModel(classNames.count, &random)
  let optimizer = d2lRecipe.makeOptimizer(model)
  var losses: [Double] = []
  let trainingPictures = try pictures.training.decoded()
  let batches = trainingPictures.batches(
    size: batchSize, shuffledBy: &random, droppingRemainder: true)
  for batch in batches.prefix(steps) {
    let goal = Goal(anchors, batch.labels)
    training {
      let (_, logits, offsets) = model.predictions(batch.pixels)
      let loss = meanLoss(logits, offsets, goal)
      losses.append(Double(loss.scalar))
      loss.backward()
    }
    optimizer.step()
  }
  return losses
}

let epochSteps = setting(full: pictures.training.count / batchSize, quick: 2)
let threads = threadCount
let deviceRuns = try checkpoint("devices", inputs: ["threads": threads]) {
  let blocked = try losses(steps: epochSteps)
  let again = try losses(steps: epochSteps)
  let plain = try LayoutPolicy.$current.withValue(.plain) { try losses(steps: epochSteps) }
  setThreadCount(1)
  defer { setThreadCount(threads) }
  return [blocked, again, plain, try losses(steps: epochSteps)]
}
print("the same way twice: equal to the last bit:", deviceRuns[0] == deviceRuns[1])
let differences = deviceRuns[2...].map { run in zip(run, deviceRuns[0]).map { abs($0 - $1) } }
print("first step, row-major order differs by", differences[0][0].formatted(scientific))
print("last step,  row-major order differs by", (differences[0].last ?? 0).formatted(scientific))
print("first step, one thread differs by", differences[1][0].formatted(scientific))
print("last step,  one thread differs by", (differences[1].last ?? 0).formatted(scientific))
show(
  LinePlot(
    "The same training, computed another way", x: Axis("step"),
    y: Axis("difference of the loss", scale: .logarithmic),
    series: [
      Series("row-major order", y: differences[0]),
      Series("one thread", y: differences[1], line: .dashed),
    ]),
  alt: "Absolute difference of the loss by step for row-major order and for one thread.")

cell("still-life")
let stillLifes = try StillLifes()
let fruitNames = stillLifes.classNames
let fruitShape = [1, 3, stillLifes.height, stillLifes.width]
let fruitModel = ourRecipe.makeModel(fruitNames.count, &random)
let fruitAnchors = fruitModel.predictions(.zeros(fruitShape)).anchors
let fruitGoal = Goal(fruitAnchors, stillLifes.training.pictures.labels)
let emptyShare = 1 - Double(fruitGoal.positives) / Double(fruitGoal.classes.count)
let fruitSummary = summary(of: fruitModel, inputShape: fruitShape)
print("classes:", fruitNames.joined(separator: ", "))
print("anchors: \(fruitAnchors.count), \(rounded(100 * emptyShare, 1)) % without an object")
print(
  "trained numbers: \(fruitSummary.parameterCount),",
  "\(rounded(fruitSummary.gigaFLOP, 2)) GFLOP a picture")
record("still_life_anchors", Double(fruitAnchors.count))
record("still_life_parameters", Double(fruitSummary.parameterCount))
record("still_life_gflop", fruitSummary.gigaFLOP, unit: "GFLOP")

cell("still-life-training")
let (fruitEpochs, fruitBatch) = setting(full: (20, 8), quick: (1, 8))

/// Trains on the still lifes; returns how many seconds that took.
func trainOnFruit(
  _ model: SSD, by recipe: Recipe = ourRecipe, epochs: Int, using random: inout SplitMix64
) throws -> Double {
  try train(
    model, on: stillLifes.training.pictures, by: recipe, epochs: epochs, batchSize: fruitBatch,
    using: &random
  ).reduce(0) { $0 + $1.seconds }
}

/// What is found in some of the still lifes, in pixels.
func fruitFound(_ model: SSD, in part: StillLifes.Part) -> [[ScoredBox]] {
  inPixels(
    judged(model, ourRecipe, on: part.pictures).found, height: stillLifes.height,
    width: stillLifes.width)
}

func summarized(_ found: [[ScoredBox]], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: stillLifes.sizes)
}

struct FruitResult: Codable {
  var seconds: Double
  var megabytes: Double
  var test: [[ScoredBox]]
}

var fruitModels: [SSD] = []
var fruitResults: [FruitResult] = []
for seed in seeds {
  var random = SplitMix64(seed: UInt64(seed))
  let model = ourRecipe.makeModel(fruitNames.count, &random)
  fruitModels.append(model)
  fruitResults.append(
    try checkpoint("still-life-seed-\(seed)", model, using: &random) { random in
      restartPeakMemory()  // what the bananas took does not count
      let seconds = try trainOnFruit(model, epochs: fruitEpochs, using: &random)
      return FruitResult(
        seconds: seconds, megabytes: peakMegabytes(),
        test: fruitFound(model, in: stillLifes.test))
    })
}
let fruitSummaries = fruitResults.map { summarized($0.test, stillLifes.test) }
recordPrecision(fruitSummaries, of: "still_life")
record("still_life_training_seconds", mean(fruitResults.map(\.seconds)), unit: "s")
record("still_life_peak_memory", fruitResults[0].megabytes, unit: "MB")
recordDetections(fruitResults[0].test, name: "still-life")

cell("still-life-detections")
show(
  PictureGrid(
    (0..<min(8, stillLifes.test.labels.count)).map { number in
      PictureFigure(
        stillLifes.test.images[number], objects: stillLifes.test.labels[number],
        found: fruitResults[0].test[number].filter { $0.score >= 0.5 }, classNames: fruitNames)
    }, columns: 4),
  alt: "Eight test pictures: true boxes dashed, and what was found, with the names of the classes.")

cell("precision-by-size")
show(
  BarChart(
    categories: ["small", "medium", "large"], xLabel: "size of the object",
    y: Axis("AP", limits: 0...1),
    groups: [
      .init(
        "AP",
        [\COCOSummary.small, \.medium, \.large].map { size in
          mean(fruitSummaries.map { $0[keyPath: size].precision })
        })
    ], decimals: 2, size: CanvasSize(width: 360, height: 240)),
  alt: "AP of small, medium and large objects, rising with the size.")

cell("levels-after-training")
/// What each level finds in the test pictures when it decides alone, in fractions.
func foundByLevel(_ model: SSD) -> [[[ScoredBox]]] {
  let counts = anchorCounts(levelMaps(height: stillLifes.height, width: stillLifes.width))
  var found = [[[ScoredBox]]](repeating: [], count: levelCount)
  for batch in stillLifes.test.pictures.batches(size: 20) {
    let (anchors, logits, offsets) = model.predictions(ourRecipe.prepared(batch.pixels))
    let rows = offsets.reshaped([batch.count, anchors.count, 4])
    var start = 0
    for (level, count) in counts.enumerated() {
      let own = (start..<start + count).map(Int32.init)
      found[level] += detections(
        Array(anchors[start..<start + count]), logits.selected(own, along: 1),
        rows.selected(own, along: 1))
      start += count
    }
  }
  return found
}

let byLevel = checkpoint("still-life-levels") { foundByLevel(fruitModels[0]) }
/// Of each test object its size, and the level that is surest of it; none below a score of 0.5.
let finders = stillLifes.test.pictures.labels.enumerated().flatMap { picture, objects in
  objects.map { object in
    let scores = byLevel.map { found in
      found[picture].filter {
        $0.classIndex == object.classIndex
          && intersectionOverUnion($0.box, object.box) >= 0.5
      }.map(\.score).max() ?? 0
    }
    let best = scores.max() ?? 0
    return (
      size: object.box.area.squareRoot(), level: best < 0.5 ? nil : scores.firstIndex(of: best)
    )
  }
}
let borders: [Float] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1]
let ranges = zip(borders, borders.dropFirst()).map { $0..<$1 }
show(
  HeatMap(
    values: ((0..<levelCount).map(Optional.init) + [nil]).map { level in
      ranges.map { range in
        mean(finders.filter { range.contains($0.size) }.map { $0.level == level ? 1.0 : 0 })
      }
    },
    rows: (0..<levelCount).map { "level \($0)" } + ["none"],
    columns: ranges.map { "\(Int(100 * $0.lowerBound))–\(Int(100 * $0.upperBound))" },
    xLabel: "size of the object, % of the picture's side", range: 0...1, decimals: 2, cell: 44),
  alt: "A diagonal from small objects on level 0 to large ones on the last; below it, the missed.")
let levelsThatFound = finders.compactMap(\.level)
record(
  "still_life_beyond_level_0",
  Double(levelsThatFound.count { $0 > 0 }) / Double(max(levelsThatFound.count, 1)))

cell("class-losses")
/// Cross-entropy over all anchors.
func plainLoss(_ logits: Tensor, _ offsets: Tensor, _ goal: Goal) -> Tensor {
  perObject(crossEntropy(logits, goal.classes).sum(), offsets, goal)
}

/// Cross-entropy over the anchors that hold an object, and the hardest of the others.
func minedLoss(_ logits: Tensor, _ offsets: Tensor, _ goal: Goal) -> Tensor {
  let losses = crossEntropy(logits, goal.classes)
  let isObject = goal.classes.map { $0 > 0 }
  let hard = hardBackgrounds(
    losses.scalars, isObject: isObject, anchorsPerPicture: logits.shape[1])
  let counted = (isObject.indices.filter { isObject[$0] } + hard).map(Int32.init)
  return perObject(losses.reshaped([-1]).selected(counted, along: 0).sum(), offsets, goal)
}

let lossTrials = try checkpoint("still-life-losses") {
  try [("plain", plainLoss), ("mined", minedLoss), ("focal", focusedLoss)].map { name, loss in
    var recipe = ourRecipe
    (recipe.name, recipe.loss) = (name, loss)
    var random = SplitMix64(seed: 1)
    let model = recipe.makeModel(fruitNames.count, &random)
    _ = try trainOnFruit(model, by: recipe, epochs: max(1, fruitEpochs / 3), using: &random)
    let found = fruitFound(model, in: stillLifes.validation)
    return Trial(name, summarized(found, stillLifes.validation))
  }
}
for trial in lossTrials {
  print(trial.line)
  record("still_life_\(trial.name)_ap50", trial.ap50)
}

cell("still-life-time")
func stageTimes(pictures count: Int) -> StageTimes {
  var times = StageTimes()
  for batch in stillLifes.test.pictures.batches(size: 1).prefix(count) {
    let (anchors, logits, offsets) = times.measure("network") {
      let output = fruitModels[0].predictions(ourRecipe.prepared(batch.pixels))
      _ = (output.logits.scalars, output.offsets.scalars)
      return output
    }
    _ = times.measure("decide") { detections(anchors, logits, offsets) }
  }
  return times
}

_ = stageTimes(pictures: 2)  // the first call makes room for its results
let timedPictures = setting(full: 50, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures)
  .recordMilliseconds(pictures: timedPictures, of: "still_life")
record("still_life_milliseconds", milliseconds.values.reduce(0, +), unit: "ms")
