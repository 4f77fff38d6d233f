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

cell("scene")
let picture = PetScene().image
let (height, width) = (picture.height, picture.width)
print(height, width)

cell("places")
/// Every place for an object of whole pixels in a square picture.
func places(
  rows: Int, columns: Int, pictureSide side: Int
) -> [(rows: Range<Int>, columns: Range<Int>)] {
  (0...side - rows).flatMap { top in
    (0...side - columns).map { left in (top..<top + rows, left..<left + columns) }
  }
}

let objectShapes = [(1, 1), (1, 2), (2, 1), (2, 2)]
for (rows, columns) in objectShapes {
  let count = places(rows: rows, columns: columns, pictureSide: 2).count
  print("\(rows) × \(columns) (rows × columns): \(count)")
}

cell("places-drawn")
show(
  FigureRow(
    objectShapes.flatMap { rows, columns in
      places(rows: rows, columns: columns, pictureSide: 2).map { place in
        NumberGrid(
          "\(rows) × \(columns)", values: [[1, 2], [3, 4]],
          tints: (0..<2).map { row in
            (0..<2).map { column in
              place.rows.contains(row) && place.columns.contains(column) ? 1 : 0
            }
          }, cell: 24)
      }
    }, gap: 14),
  alt: "Nine small squares of four pixels; tinted: one pixel four times, two six times or all once."
)

cell("places-in-pixels")
let threeSizes: [Float] = [0.15, 0.4, 0.8]
for size in threeSizes {
  let side = Int((size * Float(height)).rounded())
  let count = (height - side + 1) * (width - side + 1)
  print("\(side) × \(side) pixels: \(count.formatted()) places")
}

cell("coverage")
/// The best overlap that a square object finds among square anchors of its own size, for each of
/// 41 × 41 places spread evenly over a square picture.
func bestOverlaps(size: Float, cells: Int) -> [Float] {
  let anchors = multiboxPriors(height: cells, width: cells, sizes: [size], widthOverHeight: [1])
  let starts = (0...40).map { (1 - size) * Float($0) / 40 }
  let objects = starts.flatMap { y in
    starts.map { x in Box(x0: x, y0: y, x1: x + size, y1: y + size) }
  }
  let overlaps = OverlapMatrix(objects, anchors)
  return objects.indices.map { overlaps[row: $0].max() ?? 0 }
}

let mapSides = [1, 2, 4, 8, 16, 32]
let objectSizes: [Float] = [0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8]
show(
  HeatMap(
    "Share of places with an overlap of one half or more",
    values: mapSides.map { cells in
      objectSizes.map { size in
        mean(bestOverlaps(size: size, cells: cells).map { $0 >= 0.5 ? 1.0 : 0 })
      }
    },
    rows: mapSides.map { "\($0) × \($0)" }, columns: objectSizes.map { "\($0)" },
    xLabel: "size of object and anchor", yLabel: "cells of the map", range: 0...1, decimals: 2,
    cell: 42),
  alt: "Small objects need fine maps: 0.1 is covered from 32 × 32 on, 0.8 by a single cell.")

cell("cells-needed")
for size in threeSizes {
  let needed = (1...40).first { (bestOverlaps(size: size, cells: $0).min() ?? 0) >= 0.5 } ?? 0
  print(
    "size \(size): \(needed) × \(needed) cells, \(rounded(Float(needed) * size, 1)) for each side length"
  )
}
// A square beside its equal, moved right and down by the same share of its side.
let limit = 1 - Float(2.0 / 3).squareRoot()
let unit = Box(x0: 0, y0: 0, x1: 1, y1: 1)
let movedBothWays = Box(x0: limit, y0: limit, x1: 1 + limit, y1: 1 + limit)
print(
  "moved by \(rounded(limit, 3)) both ways: overlap",
  rounded(intersectionOverUnion(unit, movedBothWays), 3))
record("farthest_apart", Double(2 * limit))
record("anchors_per_side", Double(1 / (2 * limit)))

cell("scattered-anchors")
let ratios: [Float] = [1, 2, 0.5]

/// The anchors of a square map, in pixels of the scene.
func anchorsInPixels(
  cells: Int, size: Float, widthOverHeight: [Float] = ratios, sides: AnchorSides = .ofHeight
) -> [Box] {
  multiboxPriors(
    height: cells, width: cells, sizes: [size], widthOverHeight: widthOverHeight, sides: sides
  ).map { $0.scaled(x: Float(width), y: Float(height)) }
}

/// The picture in the middle of a larger, gray one.
func framed(_ image: Image, margin: Int) -> Image {
  let (rows, columns) = (image.height + 2 * margin, image.width + 2 * margin)
  var pixels = [UInt8](repeating: 170, count: 3 * rows * columns)
  for row in 0..<image.height {
    let start = 3 * ((row + margin) * columns + margin)
    pixels.replaceSubrange(
      start..<start + 3 * image.width,
      with: image.pixels[3 * row * image.width..<3 * (row + 1) * image.width])
  }
  return Image(height: rows, width: columns, pixels: pixels)
}

/// A box on a picture, where it lies on the framed picture.
func moved(_ box: Box, by margin: Int) -> Box {
  let shift = Float(margin)
  return Box(x0: box.x0 + shift, y0: box.y0 + shift, x1: box.x1 + shift, y1: box.y1 + shift)
}

/// The scene with the anchors of a square map, a colour for each ratio; with a margin, if some
/// leave the picture.
func sceneWithAnchors(
  _ anchors: [Box], margin: Int = 0, zoom: Double, caption: String = ""
) -> PictureFigure {
  PictureFigure(
    framed(picture, margin: margin),
    boxes: anchors.enumerated().map {
      PictureBox(moved($1, by: margin), "", .series($0 % ratios.count))
    }, zoom: zoom, caption: caption)
}

cell("four-by-four")
let small = anchorsInPixels(cells: 4, size: 0.15)
print(small.count, "anchors")
show(
  sceneWithAnchors(small, zoom: 0.75),
  alt: "Sixteen places, evenly spread; at each a small box, a lying and a standing one.")

cell("two-by-two")
let middling = anchorsInPixels(cells: 2, size: 0.4)
print(middling.count, "anchors")
show(
  sceneWithAnchors(middling, margin: 50, zoom: 0.66),
  alt: """
    Four places with three boxes each; the lying ones overlap side by side, the standing ones one \
    above the other.
    """)

cell("one-by-one")
let large = anchorsInPixels(cells: 1, size: 0.8)
print(large.count, "anchors")
show(
  sceneWithAnchors(large, margin: 60, zoom: 0.65),
  alt:
    "Three large boxes around the middle; one leaves the picture at the sides, one above and below."
)

cell("overlapping-places")
/// How many pairs of anchors around different centres overlap at all.
func overlappingPairs(_ anchors: [Box]) -> Int {
  anchors.indices.reduce(0) { count, first in
    let next = (first / ratios.count + 1) * ratios.count
    return count
      + anchors[next...].count { intersectionOverUnion(anchors[first], $0) > 0 }
  }
}

for (name, anchors) in [("4 × 4", small), ("2 × 2", middling), ("1 × 1", large)] {
  print("\(name): \(overlappingPairs(anchors)) pairs of different places overlap")
}
let scattered = small.count + middling.count + large.count
let everywhere = height * width * 5
print("\(scattered) anchors instead of \(everywhere.formatted())")
record("scattered_anchors", Double(scattered))

cell("stretched")
/// Sides of the first anchor of a map of `rows` × `columns` cells, in pixels of the scene.
func pixels(
  rows: Int, columns: Int, size: Float, widthOverHeight ratio: Float, _ sides: AnchorSides
) -> (width: Float, height: Float) {
  let anchor = multiboxPriors(
    height: rows, width: columns, sizes: [size], widthOverHeight: [ratio], sides: sides)[0]
  return (anchor.width * Float(width), anchor.height * Float(height))
}

let sceneAspect = Float(width) / Float(height)
print("width over height of the picture:", rounded(sceneAspect, 3))
for (rows, columns) in [(4, 4), (3, 4), (height, width)] {
  for (name, sides) in [
    ("of the height:   ", AnchorSides.ofHeight), ("of its own side: ", .ofOwnSide),
  ] {
    let (w, h) = pixels(rows: rows, columns: columns, size: 0.4, widthOverHeight: 1, sides)
    print(
      "\(rows) × \(columns), \(name) \(rounded(w, 1)) × \(rounded(h, 1)) px, w/h \(rounded(w / h, 3))"
    )
  }
}
let stretch = pixels(rows: 4, columns: 4, size: 0.4, widthOverHeight: 1, .ofHeight)
record("stretch", Double(stretch.width / stretch.height))

cell("unstretched")
let correctedRatios = ratios.map { $0 / sceneAspect }
let corrected = anchorsInPixels(cells: 2, size: 0.4, widthOverHeight: correctedRatios)
for (ratio, anchor) in zip(ratios, corrected) {
  let share = anchor.area / Float(height * width)
  print(
    "r = \(ratio): \(rounded(anchor.width, 1)) × \(rounded(anchor.height, 1)) px,",
    "w/h \(rounded(anchor.width / anchor.height, 3)), area \(rounded(share, 3)) of the picture")
}
show(
  PictureGrid(
    [
      sceneWithAnchors(middling, margin: 50, zoom: 0.42, caption: "As the function makes them"),
      sceneWithAnchors(
        corrected, margin: 50, zoom: 0.42, caption: "Ratios divided by the picture's"),
    ], columns: 2),
  alt:
    "The same map twice: at the left the boxes of ratio 1 are wide, at the right they are square.")

cell("levels-on-a-wide-picture")
for (level, map) in TinySSD.maps(height: height, width: width).enumerated() {
  let (w, h) = pixels(
    rows: map.rows, columns: map.columns, size: TinySSD.sizes[level][0], widthOverHeight: 1,
    .ofHeight)
  print("level \(level), \(map.rows) × \(map.columns) cells: w/h \(rounded(w / h, 3))")
}

cell("predictors")
let (channels, classes) = (10, 2)
var random = SplitMix64(seed: 0)
let classHead = Conv2D(
  channels, ratios.count * (classes + 1), kernel: 3, padding: 1, using: &random)
let boxHead = Conv2D(channels, ratios.count * 4, kernel: 3, padding: 1, using: &random)
var scoreCount = 0
for cells in [4, 2, 1] {
  let map = Tensor.zeros([1, channels, cells, cells])
  let (scores, offsets) = (classHead(map), boxHead(map))
  scoreCount += scores.count
  print("map \(map.shape): scores \(scores.shape), offsets \(offsets.shape)")
}
print("\(scoreCount) scores = \(scattered) anchors × \(classes + 1)")

cell("seen")
/// What a layer does to the grid of cells.
enum Step {
  /// 3 × 3 taps, padded by one: as many cells as before.
  case convolution
  /// The largest of 2 × 2: half as many rows and columns.
  case halving
}

/// The pixels of a row that cells see through some layers; below 0 where they see padding.
func seen(by cells: Range<Int>, through steps: [Step]) -> Range<Int> {
  steps.reversed().reduce(cells) { cells, step in
    switch step {
    case .convolution: cells.lowerBound - 1..<cells.upperBound + 1
    case .halving: 2 * cells.lowerBound..<2 * cells.upperBound
    }
  }
}

let halvingBlock: [Step] = [.convolution, .convolution, .halving]
/// The layers from the picture to a level's predictor: three blocks, then one more at each level.
func steps(toPredictorOf level: Int) -> [Step] {
  (0..<3 + level).flatMap { _ in halvingBlock } + [.convolution]
}

print("one block:", seen(by: 0..<1, through: halvingBlock).count, "pixels")
let strides = TinySSD.strides
for level in 0..<strides.count {
  let field = seen(by: 0..<1, through: steps(toPredictorOf: level))
  print("level \(level): cell 0 sees pixels \(field), \(field.count) of them")
}

cell("seen-against-anchors")
for side in [256, 128] {
  print("pictures of \(side) pixels:")
  for level in 0..<strides.count {
    let field = seen(by: 0..<1, through: steps(toPredictorOf: level)).count
    let anchors = TinySSD.sizes[level].map { Int(($0 * Float(side)).rounded()) }
    let share = Float(field) / Float(anchors[1])
    print(
      "  level \(level): sees \(field), anchors of \(anchors[0]) and \(anchors[1]),",
      "ratio \(rounded(share, 1))")
  }
}

cell("seen-drawn")
let sceneSide = 256
let fruit = stillLifePicture(seed: 443, side: sceneSide)

/// The anchors of the cell next below and to the right of the middle of a level's map, in pixels.
func middleAnchors(level: Int) -> [Box] {
  let map = TinySSD.maps(height: sceneSide, width: sceneSide)[level]
  let cell = map.rows / 2 * map.columns + map.columns / 2
  let all = multiboxPriors(
    height: map.rows, width: map.columns, sizes: TinySSD.sizes[level],
    widthOverHeight: TinySSD.ratios)
  let perCell = TinySSD.anchorsPerCell
  return all[cell * perCell..<(cell + 1) * perCell].map {
    $0.scaled(x: Float(sceneSide), y: Float(sceneSide))
  }
}

/// What the predictor of that cell sees, in pixels.
func middleField(level: Int) -> Box {
  // The last level's one cell is the maximum over a whole map.
  guard level < strides.count else {
    return Box(x0: 0, y0: 0, x1: Float(sceneSide), y1: Float(sceneSide))
  }
  let cell = sceneSide / strides[level] / 2
  let field = seen(by: cell..<cell + 1, through: steps(toPredictorOf: level))
  let (start, end) = (Float(field.lowerBound), Float(field.upperBound))
  return Box(x0: start, y0: start, x1: end, y1: end)
}

show(
  PictureGrid(
    (0...strides.count).map { level in
      // What fits into the picture is drawn without a margin, so larger.
      let margin = level < 3 ? 0 : 132
      let side = sceneSide + 2 * margin
      let boxes =
        middleAnchors(level: level).map { PictureBox(moved($0, by: margin), "", .series(1)) }
        + [PictureBox(moved(middleField(level: level), by: margin), "", .series(0), dashed: true)]
      return PictureFigure(
        framed(fruit.image, margin: margin), boxes: boxes, zoom: 218 / Double(side),
        caption: "Level \(level)")
    }, columns: 3),
  alt: """
    Five levels: at level 0 the view ends inside the largest anchors, at level 2 it holds them all, \
    at level 3 it leaves the picture.
    """)

cell("influence")
/// How much each pixel of random pictures moves the prediction at the middle cell of a level.
///
/// A network of TinySSD's shape, untrained and without normalisation: only its geometry matters.
/// Returns one number for each pixel, row by row: the mean magnitude of the derivative.
func influence(level: Int, pictures: Int) -> [Float] {
  var random = SplitMix64(seed: 5)
  var layers: [any Layer] = []
  let widths = [3, 16, 32, 64, 128, 128, 128]
  for block in 0..<3 + level {
    for (inputs, outputs) in [
      (widths[block], widths[block + 1]), (widths[block + 1], widths[block + 1]),
    ] {
      layers +=
        [
          Conv2D(inputs, outputs, kernel: 3, padding: 1, initializer: .he, using: &random), ReLU(),
        ] as [any Layer]
    }
    layers.append(MaxPool2D(2))
  }
  layers.append(
    Conv2D(widths[3 + level], 1, kernel: 3, padding: 1, initializer: .he, using: &random))
  let network = Sequential(layers)

  let cells = sceneSide / strides[level]
  let middle = cells / 2 * cells + cells / 2
  var sum = [Float](repeating: 0, count: sceneSide * sceneSide)
  for _ in progress(0..<pictures, "level \(level)") {
    let input = Parameter(.normal([1, 3, sceneSide, sceneSide], using: &random))
    let output = training { network(input.value) }
    output.backward(
      from: Tensor(
        (0..<cells * cells).map { $0 == middle ? 1 : 0 }, shape: [1, 1, cells, cells]))
    let gradient = (input.gradient ?? .zeros(input.shape)).scalars
    for pixel in sum.indices {
      for channel in 0..<3 { sum[pixel] += abs(gradient[channel * sum.count + pixel]) }
    }
  }
  return sum
}

let influences = (0..<3).map { influence(level: $0, pictures: setting(full: 16, quick: 2)) }

cell("influence-drawn")
/// The rows in which any pixel has an influence.
///
/// Fast ways to convolve leave rounding errors where the exact result is zero, some millionths of
/// the largest value; they do not count.
func influentialRows(_ influence: [Float]) -> Range<Int> {
  let dust = 1e-5 * (influence.max() ?? 0)
  let rows = (0..<sceneSide).filter { row in
    influence[row * sceneSide..<(row + 1) * sceneSide].contains { $0 > dust }
  }
  return (rows.first ?? 0)..<(rows.last ?? -1) + 1
}

/// The side of the square around the middle of `field` that holds `share` of the influence.
func side(of field: Box, holding share: Float, of influence: [Float]) -> Int {
  let middle = Int((field.x0 + field.x1) / 2)
  let total = influence.reduce(0, +)
  for half in 1...Int(field.width) / 2 {
    let span = middle - half..<middle + half
    let inside = span.reduce(Float(0)) { sum, row in
      sum
        + influence[row * sceneSide + span.lowerBound..<row * sceneSide + span.upperBound].reduce(
          0, +)
    }
    if inside >= share * total { return 2 * half }
  }
  return Int(field.width)
}

for (level, influence) in influences.enumerated() {
  let field = middleField(level: level)
  let most = side(of: field, holding: 0.9, of: influence)
  print(
    "level \(level): rows \(influentialRows(influence)), counted \(Int(field.y0))..<\(Int(field.y1));",
    "90 % within \(most) of \(Int(field.width)) pixels")
  record("field_level_\(level)", Double(field.width), unit: "px")
  record("effective_field_level_\(level)", Double(most), unit: "px")
}
show(
  PictureGrid(
    influences.enumerated().map { level, influence in
      let strongest = influence.max() ?? 1
      let shades = influence.map { UInt8(255 * ($0 / strongest).squareRoot()) }
      let image = Image(
        height: sceneSide, width: sceneSide, pixels: shades.flatMap { [$0, $0, $0] })
      return PictureFigure(
        image,
        boxes: [
          PictureBox(middleAnchors(level: level)[1], "", .series(1)),
          PictureBox(middleField(level: level), "", .series(0), dashed: true),
        ], zoom: 0.85, caption: "Level \(level)")
    }, columns: 3),
  alt: "Three bright spots that fade well before the dashed edge of what the cell can see.")

cell("still-life")
let pictures: DetectionFolder
if let dataFolder {
  pictures = try DetectionFolder(contentsOf: dataFolder)
} else {
  let (training, validation, test) = setting(full: (800, 200, 200), quick: (32, 8, 8))
  let drawing = ProgressBar(label: "drawing still lifes", total: training + validation + test)
  pictures = try DetectionFolder.stillLife(
    in: cacheFolder(named: "still-life"), training: training, validation: validation, test: test
  ) { _, _ in drawing.advance() }
}
let objectCount = pictures.training.samples.reduce(0) { $0 + $1.pixelLabels.count }
print(pictures.training.count, "pictures with", objectCount, "objects")
show(
  PictureGrid(
    try (0..<min(10, pictures.training.count)).map { number in
      PictureFigure(
        try pictures.training.image(at: number),
        boxes: pictures.training.samples[number].pixelLabels.map { PictureBox($0.box) })
    }, columns: 5),
  alt: "Ten still lifes; the outlined fruit is of very different sizes.")

cell("bananas")
let (bananaTraining, bananaValidation) = setting(full: (1000, 100), quick: (64, 24))
let bananaBar = ProgressBar(label: "drawing bananas", total: bananaTraining + bananaValidation)
let bananas = try DetectionFolder.bananas(
  in: cacheFolder(named: "bananas"), training: bananaTraining, validation: bananaValidation
) { _, _ in bananaBar.advance() }
print(bananas.training.count, "pictures with one banana each")

cell("matches")
/// What matching says about one object.
struct ObjectMatch {
  /// The square root of the box's area, as a share of the picture's side.
  let size: Float
  /// The largest overlap with an anchor of each level.
  let bestOverlaps: [Float]
  /// How many anchors of each level are to find the object.
  let assigned: [Int]
}

/// Matches every object of a data set with anchors, which are given level by level.
func matches(_ dataset: DetectionDataset, _ levels: [[Box]]) -> [ObjectMatch] {
  let anchors = levels.flatMap(\.self)
  return dataset.samples.flatMap { sample in
    let truths = sample.pixelLabels.map { label in
      LabeledBox(
        box: label.box.scaled(x: 1 / Float(dataset.width), y: 1 / Float(dataset.height)),
        classIndex: label.classIndex)
    }
    let owners = assignedGroundTruths(anchors: anchors, groundTruths: truths)
    let overlaps = OverlapMatrix(truths.map(\.box), anchors)
    return truths.indices.map { object in
      var (bests, counts): ([Float], [Int]) = ([], [])
      var start = 0
      for level in levels {
        let range = start..<start + level.count
        let row = overlaps[row: object]
        bests.append(range.reduce(0) { max($0, row[row.startIndex + $1]) })
        counts.append(owners[range].count { $0 == object })
        start = range.upperBound
      }
      return ObjectMatch(
        size: truths[object].box.area.squareRoot(), bestOverlaps: bests, assigned: counts)
    }
  }
}

/// The anchors of TinySSD for the pictures of a data set, level by level.
func tinySSDLevels(_ dataset: DetectionDataset) -> [[Box]] {
  anchorLevels(TinySSD.maps(height: dataset.height, width: dataset.width), TinySSD.sizes)
}

/// Anchors on one map after the other.
func anchorLevels(_ maps: [(rows: Int, columns: Int)], _ sizes: [[Float]]) -> [[Box]] {
  zip(maps, sizes).map {
    multiboxPriors(height: $0.rows, width: $0.columns, sizes: $1, widthOverHeight: TinySSD.ratios)
  }
}

let levels = tinySSDLevels(pictures.training)
print("anchors of each level:", levels.map(\.count))
print(
  "the library's, in its order:",
  levels.flatMap(\.self)
    == TinySSD.anchors(height: pictures.training.height, width: pictures.training.width))
let fruitMatches = matches(pictures.training, levels)
let bananaMatches = matches(bananas.training, tinySSDLevels(bananas.training))

cell("sizes")
/// Where the ranges of sizes begin, and the end of the last; objects beyond 0.6 are few.
let sizeBorders: [Float] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1]
let sizeRanges = zip(sizeBorders, sizeBorders.dropFirst()).map { $0..<$1 }
let rangeNames = sizeRanges.map {
  "\(rounded(100 * $0.lowerBound, 0))–\(rounded(100 * $0.upperBound, 0))"
}

show(
  BarChart(
    categories: rangeNames, xLabel: "size in % of the picture's side", y: Axis("share of objects"),
    groups: [("bananas", bananaMatches), ("still life", fruitMatches)].map { name, matches in
      .init(
        name,
        sizeRanges.map { range in
          Double(matches.count { range.contains($0.size) }) / Double(matches.count)
        })
    }, size: CanvasSize(width: 600, height: 280)),
  alt:
    "Nearly all bananas fall into two bars; fruit of the still lifes into all, most from 10 to 30 %."
)

cell("levels-of-bananas")
/// Assigned anchors of each level for a picture.
func assignedPerPicture(_ matches: [ObjectMatch], _ count: Int) -> [Double] {
  TinySSD.sizes.indices.map { level in
    Double(matches.reduce(0) { $0 + $1.assigned[level] }) / Double(count)
  }
}

for (name, found, count) in [
  ("bananas:   ", bananaMatches, bananas.training.count),
  ("still life:", fruitMatches, pictures.training.count),
] {
  let perLevel = assignedPerPicture(found, count)
  print(name, perLevel.map { rounded($0) }.joined(separator: "  "), "anchors a picture, by level")
}
let bananasBeyondFirst = bananaMatches.reduce(0) { $0 + $1.assigned.dropFirst().reduce(0, +) }
record("bananas_beyond_level_0", Double(bananasBeyondFirst))

cell("assigned-levels")
/// For each level and each range of sizes the mean of a value over the objects in that range.
func table(_ value: (ObjectMatch, Int) -> Float) -> [[Double]] {
  TinySSD.sizes.indices.map { level in
    sizeRanges.map { range in
      mean(fruitMatches.filter { range.contains($0.size) }.map { value($0, level) })
    }
  }
}

let levelNames = TinySSD.sizes.enumerated().map { level, sizes in
  "level \(level): \(sizes[0]), \(sizes[1])"
}
show(
  HeatMap(
    "Anchors assigned to an object", values: table { Float($0.assigned[$1]) }, rows: levelNames,
    columns: rangeNames, xLabel: "size of the object, % of the picture's side", decimals: 1,
    cell: 44),
  alt: "A diagonal: the larger the object, the higher the level its anchors come from.")

cell("best-overlaps")
show(
  HeatMap(
    "Best overlap of an object with a level's anchors",
    values: table { $0.bestOverlaps[$1] }, rows: levelNames, columns: rangeNames,
    xLabel: "size of the object, % of the picture's side", range: 0...1, decimals: 2, cell: 44),
  alt: "The best overlap runs along the same diagonal; the smallest objects find none above a half."
)
let bestOfAll = fruitMatches.map { match in (match, match.bestOverlaps.max() ?? 0) }
for (name, range) in zip(rangeNames, sizeRanges) {
  let bests = bestOfAll.filter { range.contains($0.0.size) }.map(\.1)
  guard !bests.isEmpty else { continue }
  let below = mean(bests.map { $0 < 0.5 ? 1.0 : 0 })
  print(
    "\(name) %: \(bests.count) objects, best overlap \(rounded(mean(bests))),",
    "\(rounded(100 * below, 0)) % only by crossing out")
}
let smallBests = bestOfAll.filter { $0.0.size < 0.2 }.map(\.1)
let largerBests = bestOfAll.filter { $0.0.size >= 0.2 }.map(\.1)
record("small_best_overlap", mean(smallBests))
record("larger_best_overlap", mean(largerBests))
record("small_by_crossing_out", mean(smallBests.map { $0 < 0.5 ? 1.0 : 0 }))

cell("other-anchors")
/// Sizes like TinySSD's, from another smallest one on.
func sizes(from smallest: Float) -> [[Float]] {
  let step = (1.05 - smallest) / 5
  return (0..<5).map { level in
    let size = smallest + step * Float(level)
    return [size, (size * (size + step)).squareRoot()]
  }
}

let (rows, columns) = (pictures.training.height, pictures.training.width)
let maps = TinySSD.maps(height: rows, width: columns)
let choices = [
  ("TinySSD", levels),
  ("from 0.1", anchorLevels(maps, sizes(from: 0.1))),
  (
    "finer map added",
    anchorLevels(
      [(rows / 4, columns / 4)] + maps, [[0.1, Float(0.1 * 0.2).squareRoot()]] + TinySSD.sizes)
  ),
].map { name, levels in
  (
    name: name, anchors: levels.reduce(0) { $0 + $1.count },
    found: matches(pictures.training, levels)
  )
}
show(
  BarChart(
    "Objects that some anchor overlaps by half or more", categories: rangeNames,
    xLabel: "size in % of the picture's side", y: Axis("share", limits: 0...1.05),
    groups: choices.map { choice in
      .init(
        choice.name,
        sizeRanges.map { range in
          mean(
            choice.found.filter { range.contains($0.size) }.map {
              ($0.bestOverlaps.max() ?? 0) >= 0.5 ? 1.0 : 0
            })
        })
    }, size: CanvasSize(width: 640, height: 300)),
  alt:
    "For objects below a fifth of the side the share is low with TinySSD's anchors, higher with smaller sizes, highest with the finer map; above, all are near 1."
)
for choice in choices {
  let reached = mean(choice.found.map { ($0.bestOverlaps.max() ?? 0) >= 0.5 ? 1.0 : 0 })
  print("\(choice.name): \(choice.anchors) anchors, \(rounded(100 * reached, 1)) % of the objects")
}
