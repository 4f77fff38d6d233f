import Book
import Datasets
import Detection
import Figures
import Images
import Layers
import Models
import Tensors

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
let labelled = Tensor(
  (0..<4).flatMap { channel in
    (0..<4).map { cell in Float(100 * (channel / 2) + 10 * (channel % 2) + cell) }
  }, shape: [1, 4, 2, 2])
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
/// Two convolutions whose result is added to their input. With a dilation, the same nine taps
/// reach further: a wider view for the same number of multiplications.
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
  let classHeads: [Conv2D]
  let boxHeads: [Conv2D]
  let classes: Int

  /// `contextDilations` puts residual blocks between the base network and its predictors.
  init(
    classes: Int, initializer: Initializer = .uniformByFanIn, contextDilations: [Int] = [],
    using random: inout SplitMix64
  ) {
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
    var classHeads: [Conv2D] = []
    var boxHeads: [Conv2D] = []
    for channels in [64, 128, 128, 128, 128] {
      classHeads.append(
        classPredictor(
          channels: channels, anchors: anchorsPerCell, classes: classes, initializer,
          using: &random))
      boxHeads.append(
        boxPredictor(
          channels: channels, anchors: anchorsPerCell, initializer, using: &random))
    }
    self.classHeads = classHeads
    self.boxHeads = boxHeads
    self.classes = classes
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

cell("same-as-library")
// Later chapters use the library's copy of this model. It must be the same function.
let libraryModel = TinySSD(classes: 1, using: &random)
for (ours, theirs) in zip(parameters(of: untrained), parameters(of: libraryModel)) {
  theirs.parameter.value = ours.parameter.value
}
let sample = Tensor.uniform([2, 3, 256, 256], in: 0..<255, using: &random)
let libraryOutput = libraryModel.predictions(sample)
let sampleOutput = untrained.predictions(sample)
let largestDifference = zip(
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
let trainingPictures = try pictures.training.decoded()
let validationPictures = try pictures.validation.decoded()
let classNames = trainingPictures.classNames
print(trainingPictures.count, "pictures to train on,", validationPictures.count, "to judge with")
print("classes:", classNames.joined(separator: ", "))

/// The boxes of one picture for drawing, from fractions to pixels.
func drawn(_ labels: [LabeledBox], on image: Image, name: Bool = false) -> [PictureBox] {
  labels.map { label in
    let box = label.box.scaled(x: Float(image.width), y: Float(image.height))
    return PictureBox(
      x0: Double(box.x0), y0: Double(box.y0), x1: Double(box.x1), y1: Double(box.y1),
      label: name ? classNames[label.classIndex] : "", role: .accent)
  }
}

show(
  PictureGrid(
    (0..<min(10, trainingPictures.count)).map { number in
      let image = trainingPictures.images[number]
      return PictureFigure(
        image, boxes: drawn(trainingPictures.labels[number], on: image), zoom: 0.5)
    }, columns: 5),
  alt: "Ten training pictures with one outlined object each, among clutter.")

cell("difficulty-guard")
let blobs = validationPictures.images.map(largestYellowBlob)
let pixelTruths = zip(validationPictures.images, validationPictures.labels).map { image, labels in
  labels.map {
    LabeledBox(
      box: $0.box.scaled(x: Float(image.width), y: Float(image.height)),
      classIndex: $0.classIndex)
  }
}
let blobPrecision = AveragePrecision(detections: blobs, groundTruths: pixelTruths)
print("AP50 of the largest yellow blob:", rounded(blobPrecision.ap50, 3))
record("blob-ap50", blobPrecision.ap50)

/// `value` with `places` decimals.
func rounded(_ value: Double, _ places: Int) -> String {
  value.formatted(.number.precision(.fractionLength(places)))
}

cell("batch")
let batchSize = setting(full: 32, quick: 8)
for batch in trainingPictures.batches(size: batchSize, shuffledBy: &random).prefix(1) {
  let padded = paddedToCommonCount(batch.labels)
  print("pictures:", batch.pixels.shape)
  print("labels:  ", [padded.count, padded[0].count, 5])
}
