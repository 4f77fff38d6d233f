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

cell("merging")
let search = SelectiveSearch.fast(scales: [25, 50], shortestSide: 8)
let example = testPart.images[setting(full: 4, quick: 0)]
let grouping = search.groupings(rgb: example.pixels, height: height, width: width)[0]

/// The picture with every region filled with its mean colour, after `count` merges.
func regionsPainted(_ grouping: RegionGrouping, afterMerges count: Int) -> Image {
  let labels = grouping.labels(afterMerges: count)
  var sums: [Int: (color: SIMD3<Int>, pixels: Int)] = [:]
  for (pixel, region) in labels.enumerated() {
    let color = SIMD3((0..<3).map { Int(example.pixels[3 * pixel + $0]) })
    sums[region, default: (.zero, 0)].color &+= color
    sums[region, default: (.zero, 0)].pixels += 1
  }
  return Image(
    height: height, width: width,
    pixels: labels.flatMap { region in
      let (color, pixels) = sums[region]!
      return (0..<3).map { UInt8(color[$0] / pixels) }
    })
}

let firstRegions = grouping.segmentation.count
print("\(firstRegions) regions at first, \(grouping.boxes.count) with all that are made of them")
show(
  PictureGrid(
    [PictureFigure(example, zoom: 1.25, caption: "the picture")]
      + [firstRegions, firstRegions / 2, 24, 10, 4].map { left in
        let merges = max(0, firstRegions - left)
        let newest = grouping.boxes[firstRegions + merges / 2..<firstRegions + merges].suffix(8)
        return PictureFigure(
          regionsPainted(grouping, afterMerges: merges),
          boxes: newest.map { PictureBox($0, "", .paper) },
          zoom: 1.25, caption: "\(left) regions")
      }, columns: 3),
  alt: """
    A still life, and the same picture in flat patches of colour: many small ones at first, then \
    ever fewer and larger ones, some of which cover one fruit.
    """)

cell("proposals")
let proposalLimit = setting(full: 300, quick: 40)

let found = checkpoint("proposals") {
  [("training", trainingPart), ("validation", validationPart), ("test", testPart)].map {
    SearchedProposals(in: $1.images, search, "searching \($0) pictures")
  }
}
let (trainingProposals, validationProposals, testProposals) = (found[0], found[1], found[2])
let foundPerPicture = mean(trainingProposals.boxes.map { Double($0.count) })
print(
  "\(rounded(foundPerPicture, 0)) proposals a picture;",
  "\(rounded(trainingProposals.seconds, 1)) s for the training pictures")
record("found_per_picture", foundPerPicture)
record("search_seconds", trainingProposals.seconds, unit: "s")

cell("recall")
/// Recall on the validation pictures.
func recall(
  first count: Int, overlap: Float, areas: Range<Double> = 0..<(.infinity)
) -> Double {
  proposalRecall(
    validationProposals.boxes, objects: validationPart.labels, first: count, overlap: overlap,
    areas: areas)
}

let budgets = [5, 10, 20, 40, 80, 150, 300, 600]
show(
  LinePlot(
    "Objects that have a proposal", x: Axis("proposals a picture", scale: .logarithmic),
    y: Axis("recall", limits: 0...1),
    series: [(Float(0.5), Series.Line.solid), (0.7, .dashed), (0.9, .dotted)].map {
      overlap, line in
      Series(
        "overlap \(overlap)", x: budgets.map(Double.init),
        y: budgets.map { recall(first: $0, overlap: overlap) },
        line: line, marker: .circle)
    }),
  alt: "Recall against the number of proposals for overlaps of 0.5, 0.7 and 0.9; all three rise.")
for (name, areas) in [
  ("small", 0..<data.sizes.mediumFrom), ("medium", data.sizes.mediumFrom..<data.sizes.largeFrom),
  ("large", data.sizes.largeFrom..<(.infinity)),
] {
  let share = recall(first: proposalLimit, overlap: 0.5, areas: areas)
  print("recall of \(name) objects, \(proposalLimit) proposals: \(rounded(share, 3))")
}
record("recall", recall(first: proposalLimit, overlap: 0.5))
record("proposals_per_picture", Double(proposalLimit))

cell("warp")
let cropSide = 32
/// Pixels of a crop, on each side, that show what surrounds the box.
let contextPixels = 4

/// A part of a picture that is to be cut out.
struct Crop {
  var picture: Int
  var box: Box
  var isMirrored = false
}

/// For each pixel of a crop along one axis the two pixels of the picture between which it lies, and
/// how much the second counts; nil outside of the picture.
func sources(
  from low: Float, to high: Float, extent: Int, isMirrored: Bool = false
) -> [(first: Int, second: Int, share: Float)?] {
  let step = (high - low) / Float(cropSide - 2 * contextPixels)
  let start = low - step * Float(contextPixels)
  return (0..<cropSide).map { target in
    let target = isMirrored ? cropSide - 1 - target : target
    let position = start + (Float(target) + 0.5) * step - 0.5
    guard position > -1, position < Float(extent) else { return nil }
    let inside = min(max(position, 0), Float(extent - 1))
    return (Int(inside), min(Int(inside) + 1, extent - 1), inside - inside.rounded(.down))
  }
}

/// Each box with its surroundings, stretched to a square; grey where the picture ends.
func warped(_ crops: [Crop], from images: [Image]) -> Tensor {
  let plane = cropSide * cropSide
  return Tensor(shape: [crops.count, 3, cropSide, cropSide]) { target in
    target.update(repeating: 127)
    for (number, crop) in crops.enumerated() {
      let (image, box) = (images[crop.picture], crop.box)
      let rows = sources(from: box.y0, to: box.y1, extent: image.height)
      let columns = sources(
        from: box.x0, to: box.x1, extent: image.width, isMirrored: crop.isMirrored)
      image.pixels.withUnsafeBufferPointer { pixels in
        for (y, row) in rows.enumerated() {
          guard let row else { continue }
          let (top, bottom) = (3 * row.first * image.width, 3 * row.second * image.width)
          for (x, column) in columns.enumerated() {
            guard let column else { continue }
            for channel in 0..<3 {
              func between(_ line: Int) -> Float {
                let first = Float(pixels[line + 3 * column.first + channel])
                let second = Float(pixels[line + 3 * column.second + channel])
                return first + column.share * (second - first)
              }
              let (upper, lower) = (between(top), between(bottom))
              target[(3 * number + channel) * plane + y * cropSide + x] =
                upper + row.share * (lower - upper)
            }
          }
        }
      }
    }
  }
}

cell("crops")
/// The pictures of a batch.
func images(_ batch: Tensor) -> [Image] {
  let (height, width) = (batch.shape[2], batch.shape[3])
  let plane = height * width
  let values = batch.scalars
  return (0..<batch.shape[0]).map { number in
    Image(
      height: height, width: width,
      pixels: (0..<3 * plane).map {
        UInt8(values[number * 3 * plane + $0 % 3 * plane + $0 / 3].rounded())
      })
  }
}

let exampleNumber = setting(full: 4, quick: 0)
let exampleBoxes = Array(testProposals.boxes[exampleNumber].prefix(24))
show(
  PictureGrid(
    images(
      warped(exampleBoxes.map { Crop(picture: exampleNumber, box: $0) }, from: testPart.images)
    ).map { PictureFigure($0, zoom: 1.5) }, columns: 8),
  alt: "Twenty-four small squares, each a part of one still life stretched to the same size.")

cell("backbone")
/// A picture becomes a map of an eighth of its sides with 128 channels.
final class FeatureNetwork: Layer {
  let stem: Sequential
  let blocks: Sequential

  init(using random: inout SplitMix64) {
    stem = Sequential(
      Conv2D(3, 32, kernel: 3, stride: 2, padding: 1, hasBias: false, using: &random),
      BatchNorm2D(32), ReLU())
    blocks = Sequential(
      ResidualBlock(32, 32, using: &random),
      ResidualBlock(32, 64, stride: 2, using: &random),
      ResidualBlock(64, 128, stride: 2, using: &random),
      ResidualBlock(128, 128, using: &random))
  }

  func callAsFunction(_ pictures: Tensor) -> Tensor {
    blocks(stem((pictures - 127) * (1 / 64)))
  }
}

cell("classifier")
/// Tells what a crop shows: one score for each class; class 0 is background.
final class CropClassifier: Layer {
  let backbone: FeatureNetwork
  let hidden: Linear
  let scores: Linear

  init(using random: inout SplitMix64) {
    backbone = FeatureNetwork(using: &random)
    let cells = (cropSide / 8) * (cropSide / 8)
    hidden = Linear(128 * cells, 256, using: &random)
    scores = Linear(256, classNames.count + 1, using: &random)
    scores.weight.value = scores.weight.value * 0.1
  }

  /// The backbone's map, and the 256 numbers that classes are told from.
  func features(_ crops: Tensor) -> (map: Tensor, hidden: Tensor) {
    let map = backbone(crops)
    return (map, hidden(map.reshaped([crops.shape[0], -1])).relu)
  }

  func callAsFunction(_ crops: Tensor) -> Tensor { scores(features(crops).hidden) }
}

var random = SplitMix64(seed: 0)
let untrained = CropClassifier(using: &random)
let cropSummary = summary(of: untrained, inputShape: [1, 3, cropSide, cropSide])
let cropShape = [3, cropSide, cropSide]
let mapShape = Array(untrained.backbone(.zeros([1] + cropShape)).shape.dropFirst())
record("parameters", Double(cropSummary.parameterCount))
record("gflop_crop", cropSummary.gigaFLOP, unit: "GFLOP")
record("gflop", cropSummary.gigaFLOP * Double(proposalLimit), unit: "GFLOP")
print("trained numbers:", cropSummary.parameterCount)
print("one crop:   \(rounded(cropSummary.gigaFLOP, 3)) GFLOP")
print("one picture: \(rounded(cropSummary.gigaFLOP * Double(proposalLimit), 1)) GFLOP")

cell("architecture")
show(
  BlockDiagram(
    blocks: [
      .init("picture", detail: shapeText([3, height, width])),
      .init("selective search", detail: "\(proposalLimit) boxes"),
      .init("warp", detail: "\(proposalLimit) × " + shapeText(cropShape)),
      .init(
        "backbone", detail: "\(proposalLimit) × " + shapeText(mapShape),
        outputs: ["2 × 2 cells", "ridge regression", "4 offsets a class"]),
      .init(
        "linear, ReLU", detail: "\(proposalLimit) × 256",
        outputs: ["linear SVM", "1 score a class"]),
    ]),
  alt: """
    A picture passes selective search, warping, the backbone and a linear layer, once for each \
    proposal. Offsets come from the backbone's map, scores from the linear layer.
    """)

cell("same-as-library")
// Later chapters use the library's copy of the backbone. It must be the same function.
let libraryBackbone = Backbone(using: &random)
for (ours, theirs) in zip(parameters(of: untrained.backbone), parameters(of: libraryBackbone)) {
  theirs.parameter.value = ours.parameter.value
}
let noise = Tensor.uniform([2, 3, height, width], in: 0..<255, using: &random)
let backboneDifference =
  zip(untrained.backbone(noise).scalars, libraryBackbone(noise).scalars)
  .map { abs($0 - $1) }.max() ?? 0
print("largest difference from the library's backbone:", backboneDifference)

cell("candidates")
/// A box that is judged, and the object that it overlaps most.
struct Candidate {
  var picture: Int
  var box: Box
  var object: LabeledBox?
  var overlap: Float

  var crop: Crop { Crop(picture: picture, box: box) }
}

/// The proposals of each picture, and its objects themselves.
func candidates(_ proposals: [[Box]], _ part: StillLifes.Part) -> [Candidate] {
  proposals.indices.flatMap { picture in
    let objects = part.labels[picture]
    let boxes = proposals[picture] + objects.map(\.box)
    let overlaps = OverlapMatrix(boxes, objects.map(\.box))
    return boxes.indices.map { row in
      let best = objects.indices.max { overlaps[row, $0] < overlaps[row, $1] }
      return Candidate(
        picture: picture, box: boxes[row], object: best.map { objects[$0] },
        overlap: best.map { overlaps[row, $0] } ?? 0)
    }
  }
}

let trainingCandidates = candidates(trainingProposals.first(proposalLimit), trainingPart)
let positives = trainingCandidates.filter { $0.overlap >= 0.5 }
let negatives = trainingCandidates.filter { $0.overlap < 0.5 }
print(
  "\(trainingCandidates.count) boxes,",
  "\(rounded(100 * Double(positives.count) / Double(trainingCandidates.count), 1)) %",
  "of which overlap an object by half")

cell("fine-tuning")
let cropsPerStep = setting(full: 128, quick: 16)
let steps = setting(full: 700, quick: 3)

/// Trains the classifier on crops, a quarter of them positive; returns the loss of each step.
func train(_ model: CropClassifier, using random: inout SplitMix64) throws -> [Double] {
  let optimizer = AdamW(model, learningRate: 0.002, weightDecay: 0.02)
  let schedule = Schedule.cosine(warmUp: 0.05, floor: 0.01)
  var losses: [Double] = []
  for step in progress(0..<steps, "training the classifier") {
    optimizer.learningRate = 0.002 * schedule(Float(step) / Float(steps))
    let chosen = (0..<cropsPerStep).compactMap { number in
      (number % 4 == 0 ? positives : negatives).randomElement(using: &random)
    }
    let crops = warped(
      chosen.map {
        Crop(picture: $0.picture, box: $0.box, isMirrored: Bool.random(using: &random))
      }, from: trainingPart.images)
    let classes = chosen.map { candidate -> Int32 in
      guard candidate.overlap >= 0.5, let object = candidate.object else { return 0 }
      return Int32(object.classIndex + 1)
    }
    try training {
      let loss = crossEntropy(model(crops), classes).mean()
      try requireFinite(loss, step: step, model: model) { _ = model(crops) }
      losses.append(Double(loss.scalar))
      loss.backward()
    }
    optimizer.step()
  }
  return losses
}

cell("features")
/// What the network makes of many crops.
struct Features {
  /// `[N, 256]`: what the support vector machines see.
  var hidden: Tensor
  /// `[M, 513]`: 2 × 2 cells of the map and a 1, for the boxes to be moved.
  var map: Tensor
  /// `[N, classes + 1]`, row-major: what softmax says.
  var probabilities: [Float]
}

/// Runs the network on every crop; keeps the map of those that `keepsMap` names.
func features(
  _ model: CropClassifier, _ crops: [Crop], from images: [Image], keepsMap: (Int) -> Bool
) -> Features {
  var (hidden, maps, probabilities): ([Tensor], [Tensor], [Float]) = ([], [], [])
  for start in progress(Array(stride(from: 0, to: crops.count, by: 512)), "computing features") {
    let chosen = start..<min(start + 512, crops.count)
    let output = model.features(warped(Array(crops[chosen]), from: images))
    let cells = output.map.adaptiveAveragePooled(rows: 2, columns: 2)
      .reshaped([chosen.count, -1])
    hidden.append(output.hidden)
    maps.append(
      cells.selected(chosen.filter(keepsMap).map { Int32($0 - start) }, along: 0))
    probabilities += model.scores(output.hidden).softmax.scalars
  }
  let map = concatenated(maps, along: 0)
  return Features(
    hidden: concatenated(hidden, along: 0),
    map: concatenated([map, .ones([map.shape[0], 1])], along: 1), probabilities: probabilities)
}

cell("hard-negatives")
/// A support vector machine for one class, its negatives collected in rounds.
///
/// `isNegativeBelow`: boxes that overlap the class's objects less than this are negatives.
func machine(
  forClass classIndex: Int, hidden: Tensor, isNegativeBelow threshold: Float = 0.3,
  using random: inout SplitMix64
) -> (machine: LinearSVM, cacheSizes: [Int]) {
  var (objects, background): ([Int], [Int]) = ([], [])
  for (row, candidate) in trainingCandidates.enumerated() {
    let overlap =
      trainingPart.labels[candidate.picture].filter { $0.classIndex == classIndex }
      .map { intersectionOverUnion($0.box, candidate.box) }.max() ?? 0
    if overlap == 1 { objects.append(row) } else if overlap < threshold { background.append(row) }
  }
  func fitted(to negatives: [Int], using random: inout SplitMix64) -> LinearSVM {
    let rows = objects + negatives
    return LinearSVM(
      features: hidden.selected(rows.map(Int32.init), along: 0),
      isPositive: rows.indices.map { $0 < objects.count }, using: &random)
  }
  var cache = Array(background.shuffled(using: &random).prefix(2000))
  var machine = fitted(to: cache, using: &random)
  var cacheSizes = [cache.count]
  for _ in 0..<4 {
    let scores = machine.scores(hidden)
    let known = Set(cache)
    let hard = background.filter { scores[$0] > -1 && !known.contains($0) }
    if hard.isEmpty { break }
    cache = cache.filter { scores[$0] > -1.2 } + hard
    cacheSizes.append(cache.count)
    machine = fitted(to: cache, using: &random)
  }
  return (machine, cacheSizes)
}

cell("box-regression")
let coder = OffsetCoder.regionProposal

/// Places of the training candidates from which a box can be corrected: they overlap enough.
let movableRows = trainingCandidates.indices.filter { trainingCandidates[$0].overlap > 0.6 }

/// The regression of one class's offsets on the map of boxes that overlap its objects well.
func regression(
  forClass classIndex: Int, maps: Tensor, penalty: Float
) -> RidgeRegression {
  let own = movableRows.enumerated().compactMap { place, row -> (Int32, LabeledBox, Box)? in
    guard let object = trainingCandidates[row].object, object.classIndex == classIndex else {
      return nil
    }
    return (Int32(place), object, trainingCandidates[row].box)
  }
  let targets = own.flatMap { _, object, box in
    let offset = coder.offset(of: object.box, from: box)
    return [offset.x, offset.y, offset.width, offset.height]
  }
  return RidgeRegression(
    features: maps.selected(own.map(\.0), along: 0),
    targets: Tensor(targets, shape: [own.count, 4]),
    penalty: penalty)
}

cell("detect")
/// Scores and corrected boxes of every proposal, for each class.
struct Judged {
  /// `[class][proposal]`.
  var scores: [[Float]]
  var boxes: [[Box]]
}

/// What is found in each picture: the best boxes of each class that do not overlap a better one.
func detections(_ judged: Judged, counts: [Int], above threshold: Float) -> [[ScoredBox]] {
  var start = 0
  return counts.map { count in
    let found = judged.scores.indices.flatMap { classIndex in
      (start..<start + count).filter { judged.scores[classIndex][$0] > threshold }.map { row in
        ScoredBox(
          box: judged.boxes[classIndex][row].clipped(width: Float(width), height: Float(height)),
          classIndex: classIndex, score: judged.scores[classIndex][row])
      }
    }
    start += count
    let kept = suppressed(
      found.map(\.box), scores: found.map(\.score), classes: found.map(\.classIndex),
      overlapThreshold: 0.3)
    return kept.prefix(100).map { found[$0] }
  }
}

cell("rcnn")
/// Everything that is learned, and what learning it took.
struct RCNN: Codable {
  var machines: [LinearSVM] = []
  var regressions: [RidgeRegression] = []
  /// Features are multiplied by it, so that their mean length is 20.
  var featureScale: Float = 1
  var losses: [Double] = []
  var cacheSizes: [[Int]] = []
  var seconds: [String: Double] = [:]

  func scores(_ features: Features) -> [[Float]] {
    let hidden = features.hidden * featureScale
    return machines.map { $0.scores(hidden) }
  }

  func moved(_ boxes: [Box], _ features: Features) -> [[Box]] {
    regressions.map { regression in
      let moves = regression(features.map).scalars
      return boxes.indices.map { row in
        coder.box(
          BoxOffset(
            x: moves[4 * row], y: moves[4 * row + 1], width: moves[4 * row + 2],
            height: moves[4 * row + 3]), from: boxes[row])
      }
    }
  }
}

/// Trains classifier, machines and regressions, in this order.
func trained(
  _ model: CropClassifier, penalty: Float, using random: inout SplitMix64
) throws -> (rcnn: RCNN, features: Features) {
  var rcnn = RCNN()
  var watch = Stopwatch()
  rcnn.losses = try train(model, using: &random)
  rcnn.seconds["classifier"] = watch.seconds
  watch = Stopwatch()
  let movable = Set(movableRows)
  let features = features(
    model, trainingCandidates.map(\.crop), from: trainingPart.images, keepsMap: movable.contains)
  rcnn.seconds["features"] = watch.seconds
  watch = Stopwatch()
  let squares = (features.hidden * features.hidden).sum(along: [1])
  rcnn.featureScale = 20 / squares.squareRoot.mean().scalar
  let hidden = features.hidden * rcnn.featureScale
  for classIndex in progress(classNames.indices, "support vector machines") {
    let (machine, sizes) = machine(forClass: classIndex, hidden: hidden, using: &random)
    rcnn.machines.append(machine)
    rcnn.cacheSizes.append(sizes)
    rcnn.regressions.append(
      regression(forClass: classIndex, maps: features.map, penalty: penalty))
  }
  rcnn.seconds["machines"] = watch.seconds
  return (rcnn, features)
}

cell("judging")
let leastScore: Float = -1.1

/// The network's features of every proposal, and the proposals one after the other.
func allFeatures(
  _ model: CropClassifier, _ proposals: [[Box]], _ images: [Image]
) -> (features: Features, boxes: [Box]) {
  let crops = proposals.enumerated().flatMap { picture, boxes in
    boxes.map { Crop(picture: picture, box: $0) }
  }
  return (features(model, crops, from: images) { _ in true }, crops.map(\.box))
}

/// What is found in pictures whose proposals are known.
func detected(
  _ model: CropClassifier, _ rcnn: RCNN, _ proposals: [[Box]], _ images: [Image]
) -> [[ScoredBox]] {
  let (features, boxes) = allFeatures(model, proposals, images)
  return detections(
    Judged(scores: rcnn.scores(features), boxes: rcnn.moved(boxes, features)),
    counts: proposals.map(\.count), above: leastScore)
}

func summarized(_ found: [[ScoredBox]], _ part: StillLifes.Part) -> COCOSummary {
  COCOSummary(detections: found, groundTruths: part.labels, sizes: data.sizes)
}

cell("first-seed")
let penalty: Float = 100

/// The first seed's results, with all that is tried on the validation pictures.
struct FirstSeed: Codable {
  var rcnn: RCNN
  var ways: [Trial] = []
  var penalties: [Trial] = []
  var thresholds: [Trial] = []
  var budgets: [Trial] = []
  var peakMegabytes = 0.0
}

random = SplitMix64(seed: 1)
let classifier = CropClassifier(using: &random)
let firstSeed = try checkpoint("seed-1", classifier, using: &random) { random in
  let (rcnn, trainingFeatures) = try trained(classifier, penalty: penalty, using: &random)
  var result = FirstSeed(rcnn: rcnn)
  result.peakMegabytes = peakMegabytes()

  let proposals = validationProposals.first(proposalLimit)
  let counts = proposals.map(\.count)
  let (features, boxes) = allFeatures(classifier, proposals, validationPart.images)
  let unmoved = classNames.map { _ in boxes }
  let moved = rcnn.moved(boxes, features)
  let scores = rcnn.scores(features)
  let outcomes = classNames.count + 1
  let softmax = classNames.indices.map { classIndex in
    boxes.indices.map { features.probabilities[$0 * outcomes + classIndex + 1] }
  }
  let trial = { (name: String, scores: [[Float]], boxes: [[Box]], least: Float) in
    let found = detections(
      Judged(scores: scores, boxes: boxes), counts: counts, above: least)
    return Trial(name, summarized(found, validationPart))
  }
  result.ways = [
    trial("softmax", softmax, unmoved, 0.01), trial("SVM", scores, unmoved, leastScore),
    trial("softmax, boxes moved", softmax, moved, 0.01),
    trial("SVM, boxes moved", scores, moved, leastScore),
  ]
  for penalty: Float in [1, 10, 100, 1000] {
    var other = rcnn
    other.regressions = classNames.indices.map {
      regression(forClass: $0, maps: trainingFeatures.map, penalty: penalty)
    }
    result.penalties.append(
      trial("λ = \(Int(penalty))", scores, other.moved(boxes, features), leastScore))
  }
  let hidden = trainingFeatures.hidden * rcnn.featureScale
  for threshold: Float in [0.1, 0.3, 0.5] {
    var other = rcnn
    other.machines = classNames.indices.map {
      machine(forClass: $0, hidden: hidden, isNegativeBelow: threshold, using: &random).machine
    }
    result.thresholds.append(
      trial("negatives below \(threshold)", other.scores(features), moved, leastScore))
  }
  let ranks = counts.flatMap { 0..<$0 }
  for budget in [25, 50, 100, 200, 300] where budget <= proposalLimit {
    let limited = scores.map { zip($0, ranks).map { $1 < budget ? $0 : -.infinity } }
    result.budgets.append(trial("\(budget)", limited, moved, leastScore))
  }
  return result
}
let firstRCNN = firstSeed.rcnn
for (name, sizes) in zip(classNames, firstRCNN.cacheSizes) {
  print("\(name): negatives by round", sizes)
}

cell("training-curve")
/// Means over stretches of `length` values, so that a trend can be seen.
func smoothed(_ values: [Double], by length: Int) -> (x: [Double], y: [Double]) {
  let starts = Array(stride(from: 0, to: values.count - length + 1, by: length))
  return (
    starts.map { Double($0 + length) }, starts.map { mean(Array(values[$0..<$0 + length])) }
  )
}

let lossCurve = smoothed(firstRCNN.losses, by: setting(full: 25, quick: 1))
show(
  LinePlot(
    "The classifier's loss", x: Axis("step"), y: Axis("cross-entropy"),
    series: [Series("mean of 25 steps", x: lossCurve.x, y: lossCurve.y)]),
  alt: "Cross-entropy by step: it falls steeply at first, then ever more slowly.")

cell("penalties")
for trial in firstSeed.penalties {
  print(trial.line)
}

cell("svm-or-softmax")
for trial in firstSeed.ways + firstSeed.thresholds {
  print(trial.line)
}
record("softmax_ap50", firstSeed.ways[2].ap50)
record("softmax_ap", firstSeed.ways[2].ap)
record("svm_ap50", firstSeed.ways[3].ap50)
record("svm_ap", firstSeed.ways[3].ap)
record("unmoved_ap50", firstSeed.ways[1].ap50)
record("unmoved_ap", firstSeed.ways[1].ap)

cell("budgets")
show(
  LinePlot(
    "What more proposals buy", x: Axis("proposals a picture"), y: Axis("validation pictures"),
    series: [
      Series(
        "AP50", x: firstSeed.budgets.map { Double($0.name)! }, y: firstSeed.budgets.map(\.ap50),
        marker: .circle),
      Series(
        "AP", x: firstSeed.budgets.map { Double($0.name)! }, y: firstSeed.budgets.map(\.ap),
        line: .dashed, marker: .square),
    ]),
  alt: "AP50 and AP against the number of proposals; both rise, ever more slowly.")

cell("three-seeds")
/// A seed's parts, and what they find in the test pictures.
struct SeedResult: Codable {
  var rcnn: RCNN
  var found: [[ScoredBox]]
}

let limitedTestProposals = testProposals.first(proposalLimit)
var results = [
  checkpoint("test-1") {
    SeedResult(
      rcnn: firstRCNN,
      found: detected(classifier, firstRCNN, limitedTestProposals, testPart.images))
  }
]
for seed in setting(full: [2, 3], quick: []) {
  var random = SplitMix64(seed: UInt64(seed))
  let model = CropClassifier(using: &random)
  results.append(
    try checkpoint("seed-\(seed)", model, using: &random) { random in
      let rcnn = try trained(model, penalty: penalty, using: &random).rcnn
      return SeedResult(
        rcnn: rcnn, found: detected(model, rcnn, limitedTestProposals, testPart.images))
    })
}
recordPrecision(results.map { summarized($0.found, testPart) })
recordDetections(results[0].found)

cell("time")
for (stage, name) in [
  ("classifier", "classifier"), ("features", "features"), ("machines", "machines, regressions"),
] {
  let seconds = mean(results.map { $0.rcnn.seconds[stage] ?? 0 })
  print("\(name): \(rounded(seconds, 1)) s")
  record("\(stage)_seconds", seconds, unit: "s")
}
let trainingSeconds =
  trainingProposals.seconds + mean(results.map { $0.rcnn.seconds.values.reduce(0, +) })
print("with the search: \(rounded(trainingSeconds, 1)) s")
record("training_seconds", trainingSeconds, unit: "s")
record("peak_memory", firstSeed.peakMegabytes, unit: "MB")

/// The stages of judging the first test pictures.
func stageTimes(pictures: Int) -> StageTimes {
  var times = StageTimes()
  for image in testPart.images.prefix(pictures) {
    var random = SplitMix64(seed: 1)
    let boxes = times.measure("search") {
      Array(
        search(rgb: image.pixels, height: height, width: width, using: &random)
          .prefix(proposalLimit))
    }
    let crops = times.measure("warp") {
      warped(boxes.map { Crop(picture: 0, box: $0) }, from: [image])
    }
    let (hidden, cells) = times.measure("network") {
      let output = classifier.features(crops)
      let cells = output.map.adaptiveAveragePooled(rows: 2, columns: 2)
      return (output.hidden, cells.reshaped([boxes.count, -1]))
    }
    times.measure("decide") {
      let features = Features(
        hidden: hidden, map: concatenated([cells, .ones([boxes.count, 1])], along: 1),
        probabilities: [])
      _ = detections(
        Judged(scores: firstRCNN.scores(features), boxes: firstRCNN.moved(boxes, features)),
        counts: [boxes.count], above: leastScore)
    }
  }
  return times
}

_ = stageTimes(pictures: 1)  // the first call makes room for its results
let timedPictures = setting(full: 20, quick: 2)
let milliseconds = stageTimes(pictures: timedPictures)
  .recordMilliseconds(pictures: timedPictures)
record("milliseconds", milliseconds.values.reduce(0, +), unit: "ms")

cell("test-detections")
let shownScore: Float = -0.5

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

cell("what-failed")
let fates = testPart.labels.enumerated().flatMap { number, objects in
  let certain = results[0].found[number].filter { $0.score >= shownScore }
  return objects.map {
    ObjectFate(of: $0, detections: certain, proposals: limitedTestProposals[number])
  }
}
recordFates(fates)
let certainBoxes = results[0].found.joined().count { $0.score >= shownScore }
print("\(certainBoxes) boxes with a score of \(shownScore) or more for \(fates.count) objects")
