import Book
import Canvas
import Datasets
import Detection
import Figures
import Foundation
import Images
import Tensors

cell("drawing-helpers")
/// The colours that stand for the still lifes' classes: blue for bananas, then red, orange, green
/// and violet.
let classRoles: [ColorRole] = [.series(0), .series(3), .series(1), .series(2), .series(6)]

/// A picture with its objects: boxes, their classes where they are named, and masks where given.
func drawn(
  _ image: Image, _ pixelLabels: [LabeledBox], names: [String] = [], masks: [Mask] = [],
  zoom: Double, caption: String = ""
) -> PictureFigure {
  PictureFigure(
    image,
    boxes: pixelLabels.map {
      PictureBox(
        $0.box, names.isEmpty ? "" : names[$0.classIndex], classRoles[$0.classIndex])
    },
    masks: zip(pixelLabels, masks).map {
      PictureMask(
        height: $1.height, width: $1.width, bits: $1.bits, role: classRoles[$0.classIndex])
    }, zoom: zoom, caption: caption)
}

/// A picture of a data set with its boxes.
func drawn(_ dataset: DetectionDataset, _ number: Int, zoom: Double) throws -> PictureFigure {
  drawn(try dataset.image(at: number), dataset.samples[number].pixelLabels, zoom: zoom)
}

/// The corners of a box with three decimals.
func corners(_ box: Box) -> String {
  [box.x0, box.y0, box.x1, box.y1].map { rounded($0, 3) }.joined(separator: " ")
}

cell("bananas")
let (bananaTraining, bananaValidation) = setting(full: (1000, 100), quick: (24, 12))
let bananaBar = ProgressBar(label: "drawing bananas", total: bananaTraining + bananaValidation)
let bananas = try DetectionFolder.bananas(
  in: cacheFolder(named: "bananas"), training: bananaTraining, validation: bananaValidation
) { _, _ in bananaBar.advance() }
print("\(bananas.training.count) training and \(bananas.validation.count) validation pictures")
print("\(bananas.training.height) × \(bananas.training.width) pixels")
show(
  PictureGrid(
    try (0..<10).map { try drawn(bananas.training, $0, zoom: 0.5) }, columns: 5),
  alt: "Ten training pictures with one banana each, outlined, among other things.")

cell("banana-sizes")
/// Every box of a data set.
func boxes(of dataset: DetectionDataset) -> [Box] {
  dataset.samples.flatMap { $0.pixelLabels.map(\.box) }
}

let bananaBoxes = boxes(of: bananas.training)
let bananaWidths = bananaBoxes.map { Double($0.width) }
print("objects in a picture:", Set(bananas.training.samples.map(\.pixelLabels.count)).sorted())
print("widths from \(bananaWidths.min() ?? 0) to \(bananaWidths.max() ?? 0) pixels")
let bananaArea =
  mean(bananaBoxes.map(\.area))
  / Double(bananas.training.height * bananas.training.width)
print("mean area of a box: \(rounded(100 * bananaArea, 1)) % of the picture")
record("banana_smallest_width", bananaWidths.min() ?? 0, unit: "px")
record("banana_largest_width", bananaWidths.max() ?? 0, unit: "px")
show(
  Histogram(
    "Widths of the banana set's boxes", of: bananaWidths, bins: 32,
    x: Axis("width in pixels of 256", limits: 0...256)),
  alt: "All widths lie in one narrow hump, in the lower third of the axis.")

cell("still-life")
let (training, validation, test) = setting(full: (800, 200, 200), quick: (32, 8, 8))
let fruitBar = ProgressBar(label: "drawing still lifes", total: training + validation + test)
let stillLife = try DetectionFolder.stillLife(
  in: cacheFolder(named: "still-life"), training: training, validation: validation, test: test
) { _, _ in fruitBar.advance() }
guard let testPart = stillLife.test else { fatalError("the still lifes have no test part") }
let parts = [
  ("training", stillLife.training), ("validation", stillLife.validation), ("test", testPart),
]
let names = stillLife.training.classNames
print("classes:", names.joined(separator: ", "))
for (name, part) in parts {
  print("\(name): \(part.count) pictures, \(boxes(of: part).count) objects")
}
show(
  PictureGrid(try (0..<15).map { try drawn(stillLife.training, $0, zoom: 1) }, columns: 5),
  alt: "Fifteen small still lifes; each fruit has a box in the colour of its class.")

cell("cover-scene")
let cover = stillLifePicture(seed: 3520, side: 640)
show(
  drawn(cover.image, cover.pixelLabels, names: names, zoom: 0.8),
  alt: """
    A still life on a checked cloth: an orange and an apple in a bowl, a pear before a banana, \
    another apple, and a lemon behind a mug; each has a box with its name.
    """)

cell("masks")
// The same scene: a seed fixes it at every size.
let scene = stillLifePicture(seed: 3520, side: 288)
let sceneMasks = scene.masks ?? []
show(
  FigureRow([
    drawn(scene.image, scene.pixelLabels, zoom: 1),
    drawn(scene.image, scene.pixelLabels, masks: sceneMasks, zoom: 1),
  ]),
  alt: "The same still life twice: boxes only, and boxes with the pixels of each fruit tinted.")
for (label, mask) in zip(scene.pixelLabels, sceneMasks) {
  let share = Double(mask.area) / Double(label.box.area)
  print("\(names[label.classIndex]): \(rounded(100 * share, 0)) % of the box")
}

cell("class-balance")
/// How many objects of each class a part has, in all or within a range of box areas.
func counts(_ part: DetectionDataset, areas: Range<Double> = 0..<(.infinity)) -> [Double] {
  names.indices.map { index in
    Double(
      part.samples.flatMap(\.pixelLabels).count {
        $0.classIndex == index && areas.contains(Double($0.box.area))
      })
  }
}

show(
  BarChart(
    "Objects of each class", categories: names, y: Axis("objects for each picture"),
    groups: parts.map { name, part in
      .init(name, counts(part).map { $0 / Double(part.count) })
    }),
  alt: "Bars of nearly the same height for five classes in three parts.")

cell("sizes")
let sizes = ObjectSizes.stillLife(side: stillLife.training.width)
show(
  BarChart(
    "Objects by size, training part", categories: names, y: Axis("objects"),
    groups: [
      .init("small", counts(stillLife.training, areas: 0..<sizes.mediumFrom)),
      .init("medium", counts(stillLife.training, areas: sizes.mediumFrom..<sizes.largeFrom)),
      .init("large", counts(stillLife.training, areas: sizes.largeFrom..<(.infinity))),
    ], decimals: 0, size: CanvasSize(width: 620, height: 300)),
  alt: "For each class bars for small, medium and large objects; medium ones are most.")
let longerSides = boxes(of: stillLife.training).map {
  Double(max($0.width, $0.height)) / Double(stillLife.training.width)
}
record("smallest_side", longerSides.min() ?? 0)
record("largest_side", longerSides.max() ?? 0)
show(
  Histogram(
    "Longer sides of the still lifes' boxes", of: longerSides, bins: 32,
    x: Axis("share of the picture's side", limits: 0...1)),
  alt: "Longer sides spread from a tenth to nine tenths of the picture, most around a quarter.",
  caption: "The longer sides of all boxes, as shares of the picture's.")

cell("occlusion")
/// For each object of a part the share of its box that belongs to other objects.
func coveredShares(_ part: DetectionDataset) -> [Double] {
  part.samples.flatMap { sample in
    let masks = sample.masks.compactMap { $0.map { Mask($0) } }
    return sample.pixelLabels.indices.map { own in
      let box = sample.pixelLabels[own].box
      var inside = Mask(width: part.width, height: part.height)
      for y in Int(box.y0)..<Int(box.y1) {
        for x in Int(box.x0)..<Int(box.x1) { inside[x, y] = true }
      }
      let others = masks.indices.filter { $0 != own }
      return Double(others.reduce(0) { $0 + inside.sharedArea(with: masks[$1]) })
        / Double(inside.area)
    }
  }
}

/// The overlap of every two boxes of a picture; of one class only, where asked for.
func pairOverlaps(_ part: DetectionDataset, sameClass: Bool) -> [Double] {
  part.samples.flatMap { sample in
    sample.pixelLabels.indices.flatMap { a in
      sample.pixelLabels[..<a].filter {
        !sameClass || $0.classIndex == sample.pixelLabels[a].classIndex
      }.map { Double(intersectionOverUnion(sample.pixelLabels[a].box, $0.box)) }
    }
  }
}

let covered = coveredShares(stillLife.training)
print("boxes that hold a part of another fruit: \(share(covered.count { $0 > 0 }, covered.count))")
print("a quarter or more of the box: \(share(covered.count { $0 >= 0.25 }, covered.count))")
for (title, overlaps) in [
  ("two fruits", pairOverlaps(stillLife.training, sameClass: false)),
  ("two of one class", pairOverlaps(stillLife.training, sameClass: true)),
] {
  print(
    "\(title): overlap above 0.1 in \(overlaps.count { $0 > 0.1 }) of \(overlaps.count) pairs,",
    "above 0.5 in \(overlaps.count { $0 > 0.5 })")
}
record("covered_share", Double(covered.count { $0 > 0 }) / Double(covered.count))

/// One number as a percentage of another.
func share(_ part: Int, _ all: Int) -> String {
  "\(rounded(100 * Double(part) / Double(all), 0)) %"
}

cell("files")
let bananaFile = bananas.training.samples[0].file
let bananaTable = bananaFile.deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "label.csv")
for line in try String(contentsOf: bananaTable, encoding: .utf8).split(separator: "\n").prefix(3) {
  print(line)
}
let fruitFile = stillLife.training.samples[0].file
let fruitLabels = fruitFile.deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "annotations.json")
print(try String(contentsOf: fruitLabels, encoding: .utf8).prefix(260), "…")

cell("run-lengths")
let tiny = Mask(
  width: 6, height: 4,
  bits: [
    "......",
    ".####.",
    ".####.",
    "...#..",
  ].joined().map { $0 == "#" })
let runs = RunLengths(tiny)
print("runs:", runs.counts)
print("as COCO writes them:", runs.compressed)
let fullBits = 128 * 128
let runBytes = mean(
  stillLife.training.samples.flatMap(\.masks).map { Double($0?.compressed.utf8.count ?? 0) })
print("a mask of 128 × 128: \(fullBits / 8) bytes as bits, \(rounded(runBytes, 0)) as runs")
record("run_bytes", runBytes, unit: "bytes")

cell("broken-table")
// A table with a slip in its third line, beside the banana set's first two pictures.
let broken = FileManager.default.temporaryDirectory.appending(path: "broken-\(UUID().uuidString)")
for part in ["slip_train", "slip_val"] {
  let images = broken.appending(path: "\(part)/images")
  try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
  for number in 0..<2 {
    try bananas.training.image(at: number).writePNG(to: images.appending(path: "\(number).png"))
  }
  try """
  img_name,label,xmin,ymin,xmax,ymax
  0.png,0,104,20,143,58
  1.png,0,68,175,318,223
  """.write(
    to: broken.appending(path: "\(part)/label.csv"), atomically: true, encoding: .utf8)
}
do {
  _ = try DetectionFolder(contentsOf: broken)
} catch {
  print("\(error)".replacing(broken.path, with: "…"))
}
try? FileManager.default.removeItem(at: broken)

cell("batch")
let fruits = try stillLife.training.decoded(withMasks: true)
let byteCount = fruits.images.reduce(0) { $0 + $1.pixels.count }
print("in memory: \(byteCount / 1_000_000) MB; as floats: \(4 * byteCount / 1_000_000) MB")
let batchSize = setting(full: 32, quick: 8)
var random = SplitMix64(seed: 0)
let batches = fruits.batches(size: batchSize, shuffledBy: &random)
let batch = Array(batches.prefix(1))[0]
print("batches in one pass:", batches.count)
print("pixels:", batch.pixels.shape)
print("objects in each picture:", batch.labels.map(\.count))
print("the first picture's:")
for label in batch.labels[0] { print(" ", corners(label.box), names[label.classIndex]) }

cell("divided-class")
// What is left of a class's number when the class column is divided by the width, too.
for (number, name) in names.enumerated() {
  let divided = Float(number) / Float(stillLife.training.width)
  print("\(name): \(number) becomes \(divided), as a whole number again \(Int(divided))")
}

cell("padding")
let padded = paddedToCommonCount(batch.labels)
print("labels:", [padded.count, padded[0].count, 5])
let shortest = padded.indices.min { batch.labels[$0].count < batch.labels[$1].count } ?? 0
for label in padded[shortest] { print(" ", corners(label.box), label.classIndex) }

cell("padding-matched")
/// Which box each anchor takes when every row counts as an object, as in d2l's function; −1: none.
func matchedCountingPadding(_ anchors: [Box], _ boxes: [Box], threshold: Float = 0.5) -> [Int] {
  var overlaps = anchors.map { anchor in boxes.map { intersectionOverUnion(anchor, $0) } }
  var boxOfAnchor = overlaps.map { row -> Int in
    let best = row.indices.max { row[$0] < row[$1] } ?? 0
    return row[best] >= threshold ? best : -1
  }
  // Then each box takes the anchor that overlaps it most, the first of equals.
  for _ in boxes {
    var best = (anchor: 0, box: 0)
    for a in anchors.indices {
      for b in boxes.indices where overlaps[a][b] > overlaps[best.anchor][best.box] {
        best = (a, b)
      }
    }
    boxOfAnchor[best.anchor] = best.box
    for b in boxes.indices { overlaps[best.anchor][b] = -1 }
    for a in anchors.indices { overlaps[a][best.box] = -1 }
  }
  return boxOfAnchor
}

let fiveAnchors = [
  Box(0, 0.1, 0.2, 0.3), Box(0.15, 0.2, 0.4, 0.4), Box(0.63, 0.05, 0.88, 0.98),
  Box(0.66, 0.45, 0.8, 0.8), Box(0.57, 0.3, 0.92, 0.9),
]
let dog = LabeledBox(box: Box(0.1, 0.08, 0.52, 0.92), classIndex: 0)
for empty in [Box(0, 0, 0, 0), Box(-1, -1, -1, -1)] {
  let padding = LabeledBox(box: empty, classIndex: -1)
  let wrong = matchedCountingPadding(fiveAnchors, [dog.box, empty])
  let right = assignedGroundTruths(anchors: fiveAnchors, groundTruths: [dog, padding])
  let offset = OffsetCoder.multibox.offset(of: empty, from: fiveAnchors[0])
  print("padding", corners(empty))
  print("  counted: boxes", wrong, "so that anchor 0 is to move by", numbers(offset))
  print("  skipped: boxes", right.map { $0 ?? -1 })
}

/// The four numbers of an offset with two decimals.
func numbers(_ offset: BoxOffset) -> String {
  [offset.x, offset.y, offset.width, offset.height].map { rounded($0) }
    .joined(separator: " ")
}

cell("padding-measured")
/// Anchors of a detector for these pictures: one map a size, finer for smaller objects.
let anchors = zip([16, 8, 4, 2, 1], [Float(0.12), 0.24, 0.4, 0.6, 0.85]).flatMap { side, size in
  multiboxPriors(
    height: side, width: side, sizes: [size, size * 1.2], widthOverHeight: [1, 2, 0.5])
}

/// The box loss that a detector which moves nothing gets: mean |offset| over all anchors.
func lossOfStandingStill(countingPadding: Bool) -> Double {
  if !countingPadding {
    return multiboxTargets(anchors: anchors, labels: padded).boxErrorOfZeroOffsets
  }
  var sum = 0.0
  for labels in padded {
    let matches = matchedCountingPadding(anchors, labels.map(\.box))
    for (anchor, box) in matches.enumerated() where box >= 0 {
      let offset = OffsetCoder.multibox.offset(of: labels[box].box, from: anchors[anchor])
      let parts = [offset.x, offset.y, offset.width, offset.height]
      sum += parts.reduce(0) { $0 + Double(abs($1)) }
    }
  }
  return sum / Double(4 * anchors.count * padded.count)
}

let paddingRows = padded.reduce(0) { $0 + $1.count { $0.classIndex < 0 } }
let (honest, fooled) = (
  lossOfStandingStill(countingPadding: false), lossOfStandingStill(countingPadding: true)
)
print(
  "\(anchors.count) anchors; \(paddingRows) of \(padded.count * padded[0].count) rows are padding")
print("box loss, padding skipped: \(rounded(honest, 4))")
print("box loss, padding counted: \(rounded(fooled, 4))")
record("padding_loss_share", (fooled - honest) / fooled)

cell("following")
/// The pixels of one picture of a batch, as a picture.
func picture(_ batch: Batch, _ number: Int) -> Image {
  let (height, width) = (batch.pixels.shape[2], batch.pixels.shape[3])
  let plane = height * width
  let values = batch.pixels.scalars[number * 3 * plane..<(number + 1) * 3 * plane]
  return Image(
    height: height, width: width,
    pixels: (0..<3 * plane).map {
      UInt8(values[values.startIndex + $0 % 3 * plane + $0 / 3].rounded())
    })
}

/// One picture after a change, with the boxes and masks that came with it.
func changed(
  _ image: Image, _ pixelLabels: [LabeledBox], _ masks: [Mask], by changes: [Augmentation],
  seed: UInt64, caption: String
) -> PictureFigure {
  let (height, width) = (Float(image.height), Float(image.width))
  let single = DecodedDataset(
    classNames: names, images: [image],
    labels: [
      pixelLabels.map {
        LabeledBox(
          box: $0.box.scaled(x: 1 / width, y: 1 / height), classIndex: $0.classIndex)
      }
    ], masks: [masks.map { RunLengths($0) }])
  var random = SplitMix64(seed: seed)
  for batch in single.batches(size: 1, shuffledBy: &random, augmentedBy: changes) {
    let labels = batch.labels[0].map {
      LabeledBox(box: $0.box.scaled(x: width, y: height), classIndex: $0.classIndex)
    }
    return drawn(
      picture(batch, 0), labels, masks: batch.masks?[0] ?? [], zoom: 1,
      caption: "\(caption); objects: \(labels.count)")
  }
  fatalError("a data set of one picture has one batch")
}

let subject = stillLifePicture(seed: 3520, side: 176)
let subjectMasks = subject.masks ?? []
show(
  PictureGrid(
    [
      ("as drawn", []), ("flipped", [.horizontalFlip(probability: 1)]),
      ("part of it", [.zoom(1.5...1.5)]), ("another part", [.zoom(2...2)]),
      ("moved", [.shift(0.3)]),
      ("colours", [.colorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.6)]),
    ].enumerated().map { (number, change) in
      changed(
        subject.image, subject.pixelLabels, subjectMasks, by: change.1, seed: UInt64(number),
        caption: change.0)
    }, columns: 3),
  alt: "One still life as drawn, flipped, cut twice, moved and recoloured; boxes and masks follow.")

cell("lost-in-crops")
/// Of all objects the share that is left in crops of a given enlargement, and the mean area of
/// their boxes as a share of the picture.
func kept(zoom: Float) -> (objects: Double, area: Double) {
  var random = SplitMix64(seed: 7)
  let crops = fruits.batches(
    size: batchSize, shuffledBy: &random, augmentedBy: [.zoom(zoom...zoom)])
  let left = crops.flatMap { $0.labels.joined() }
  let all = fruits.labels.joined().count
  return (Double(left.count) / Double(all), mean(left.map(\.box.area)))
}

for zoom: Float in [1, 1.25, 1.5, 2, 3] {
  let (objects, area) = kept(zoom: zoom)
  print(
    "enlarged \(zoom)×: \(rounded(100 * objects, 0)) % of the objects,",
    "mean box \(rounded(100 * area, 1)) % of the picture")
}
record("kept_at_2", kept(zoom: 2).objects)

cell("yellow-blobs")
let blobs = try bananas.validation.samples.indices.map {
  largestYellowBlob(in: try bananas.validation.image(at: $0))
}
let blobPrecision = AveragePrecision(
  detections: blobs, groundTruths: bananas.validation.samples.map(\.pixelLabels))
print("largest yellow patch, AP50: \(rounded(blobPrecision.ap50, 3))")
print("hard enough, below 0.3:", blobPrecision.ap50 < 0.3)
record("banana_guard_ap50", blobPrecision.ap50)

cell("color-blobs")
let colorBlobs = ColorBlobDetector(training: fruits)
let testPictures = try testPart.decoded()
let patches = progress(testPictures.images, "looking for colours").map {
  colorBlobs.detections(in: $0)
}
let patchPrecision = AveragePrecision(
  detections: patches, groundTruths: testPart.samples.map(\.pixelLabels))
print("coloured patches, AP50: \(rounded(patchPrecision.ap50, 3))")
for result in patchPrecision.classes {
  print("  \(names[result.classIndex]): \(rounded(result.averagePrecisions[0], 3))")
}
print("hard enough, below 0.35:", patchPrecision.ap50 < 0.35)
record("guard_ap50", patchPrecision.ap50)
show(
  PictureGrid(
    (0..<5).map { number in
      PictureFigure(
        testPictures.images[number],
        boxes: patches[number].sorted { $0.score > $1.score }.prefix(4).map {
          PictureBox($0.box, "", classRoles[$0.classIndex])
        }, zoom: 1)
    }, columns: 5),
  alt: "Five test pictures with coloured patches boxed; most boxes join several things.")
