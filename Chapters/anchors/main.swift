import Book
import Canvas
import Datasets
import Detection
import Figures
import Foundation
import Images
import Tensors

cell("box-text")
/// The corners of a box with `places` decimals.
func text(_ box: Box, _ places: Int = 2) -> String {
  [box.x0, box.y0, box.x1, box.y1].map { rounded($0, places) }.joined(separator: "  ")
}

cell("scene")
let scene = PetScene()
let picture = scene.image
let (height, width) = (picture.height, picture.width)
let (dog, cat) = (scene.labels[0].box, scene.labels[1].box)
print(height, width)

cell("anchors")
/// Anchors around the centre of every cell of a map, in fractions of the picture's sides.
///
/// Order: cells row by row; within a cell every size with the first ratio, then the first size with
/// every further ratio.
func anchors(rows: Int, columns: Int, sizes: [Float], widthOverHeight ratios: [Float]) -> [Box] {
  let pairs = sizes.map { ($0, ratios[0]) } + ratios.dropFirst().map { (sizes[0], $0) }
  let shapes = pairs.map { size, ratio in
    (
      width: size * ratio.squareRoot() * Float(rows) / Float(columns),
      height: size / ratio.squareRoot()
    )
  }
  var result: [Box] = []
  for row in 0..<rows {
    for column in 0..<columns {
      let x = (Float(column) + 0.5) / Float(columns)
      let y = (Float(row) + 0.5) / Float(rows)
      for shape in shapes {
        result.append(Box(CenterBox(x: x, y: y, width: shape.width, height: shape.height)))
      }
    }
  }
  return result
}

cell("every-pixel")
let sizes: [Float] = [0.75, 0.5, 0.25]
let ratios: [Float] = [1, 2, 0.5]
let everywhere = anchors(rows: height, columns: width, sizes: sizes, widthOverHeight: ratios)
let perCell = sizes.count + ratios.count - 1
print("anchors a cell:", perCell, "of", sizes.count * ratios.count, "pairs of size and ratio")
print("anchors in all:", everywhere.count)
record("anchors", Double(everywhere.count))

cell("one-cell")
/// The anchors of the cell in a row and column of the map with a cell for every pixel.
func anchorsOfCell(row: Int, column: Int) -> [Box] {
  let first = (row * width + column) * perCell
  return Array(everywhere[first..<first + perCell])
}

let cellAnchors = anchorsOfCell(row: 250, column: 250)
for anchor in cellAnchors { print(text(anchor)) }

cell("one-cell-drawn")
let pairNames = [
  "s = 0.75, r = 1", "s = 0.5, r = 1", "s = 0.25, r = 1", "s = 0.75, r = 2", "s = 0.75, r = 0.5",
]

/// A box in fractions of the scene's sides, in pixels.
func inPixels(_ box: Box) -> Box { box.scaled(x: Float(width), y: Float(height)) }

show(
  PictureFigure(
    picture,
    boxes: cellAnchors.enumerated().map { index, anchor in
      PictureBox(inPixels(anchor), pairNames[index], .series(index))
    }, zoom: 0.75),
  alt: "Five boxes around one point on the dog: three squares, one lying, one standing box.")

cell("outside")
let inside = everywhere.count { $0.x0 >= 0 && $0.y0 >= 0 && $0.x1 <= 1 && $0.y1 <= 1 }
let insideShare = 100 * Float(inside) / Float(everywhere.count)
print(rounded(insideShare, 0), "% of the anchors lie inside the picture")

cell("same-as-library")
let fromLibrary = multiboxPriors(
  height: height, width: width, sizes: sizes, widthOverHeight: ratios)
let largestDifference = zip(everywhere, fromLibrary).reduce(Float(0)) { largest, pair in
  max(
    largest, abs(pair.0.x0 - pair.1.x0), abs(pair.0.y0 - pair.1.y0), abs(pair.0.x1 - pair.1.x1),
    abs(pair.0.y1 - pair.1.y1))
}
print("largest difference from the library:", largestDifference)

cell("two-conventions")
/// Width and height in pixels of the anchor of one size and ratio, by either convention.
func sidesInPixels(size: Float, ratio: Float, _ sides: AnchorSides) -> (width: Float, height: Float)
{
  let anchor = inPixels(
    multiboxPriors(
      height: height, width: width, sizes: [size], widthOverHeight: [ratio], sides: sides)[0])
  return (anchor.width, anchor.height)
}

let pictureArea = Float(width * height)
for (name, sides) in [("of the height", AnchorSides.ofHeight), ("of its own side", .ofOwnSide)] {
  for (size, ratio) in [(0.75, 1), (0.5, 1), (0.75, 2)] as [(Float, Float)] {
    let (w, h) = sidesInPixels(size: size, ratio: ratio, sides)
    print(
      "\(name): s = \(size), r = \(ratio) is \(rounded(w, 1)) × \(rounded(h, 1)) px,",
      "w/h \(rounded(w / h)), \(rounded(100 * w * h / pictureArea, 1)) % of the picture")
  }
}

cell("two-conventions-drawn")
let conventions = [AnchorSides.ofHeight, .ofOwnSide].map { sides in
  let shapes = multiboxPriors(
    height: 1, width: 1, sizes: [0.5], widthOverHeight: ratios, sides: sides)
  // One cell for the whole picture has the map's aspect, 1; the picture's has to be put in.
  let aspect = Float(height) / Float(width)
  return shapes.map { shape in
    var center = CenterBox(shape)
    if sides == .ofHeight { center.width *= aspect }
    return inPixels(Box(center))
  }
}
show(
  PictureGrid(
    zip(conventions, ["Fractions of the height", "Fractions of each side"]).map { boxes, name in
      PictureFigure(
        picture,
        boxes: zip(boxes, ratios).enumerated().map { index, pair in
          PictureBox(pair.0, "r = \(pair.1)", .series(index))
        }, zoom: 0.5, caption: name)
    }, columns: 2),
  alt:
    "Anchors of size 0.5 by two conventions: at the left r = 1 is a square, at the right it is wide."
)

cell("third-convention")
let lying = sidesInPixels(size: 0.5, ratio: 2, .ofHeight)
// The same size, in pixels.
let standing = AnchorGenerator(sizes: [0.5 * Float(height)], heightOverWidth: [2]).cellAnchors[0]
print("ratio 2 here:           \(rounded(lying.width, 0)) wide, \(rounded(lying.height, 0)) high")
print(
  "ratio 2 in Faster R-CNN: \(rounded(standing.width, 0)) wide, \(rounded(standing.height, 0)) high"
)

cell("overlap")
/// The area two boxes share over the area they cover together.
func overlap(_ a: Box, _ b: Box) -> Float {
  let sharedWidth = max(0, min(a.x1, b.x1) - max(a.x0, b.x0))
  let sharedHeight = max(0, min(a.y1, b.y1) - max(a.y0, b.y0))
  let shared = sharedWidth * sharedHeight
  return shared / (a.area + b.area - shared)
}

cell("overlap-drawn")
/// The picture with the pixels of a box tinted green.
func tinted(_ picture: Image, _ box: Box) -> Image {
  let green: [Double] = [60, 200, 110]
  var result = picture
  for y in Int(box.y0)..<Int(box.y1) {
    for x in Int(box.x0)..<Int(box.x1) {
      for channel in 0..<3 {
        let place = 3 * (y * picture.width + x) + channel
        result.pixels[place] = UInt8(0.55 * Double(picture.pixels[place]) + 0.45 * green[channel])
      }
    }
  }
  return result
}

let blue = inPixels(cellAnchors[0])
let shared = Box(
  x0: max(blue.x0, dog.x0), y0: max(blue.y0, dog.y0), x1: min(blue.x1, dog.x1),
  y1: min(blue.y1, dog.y1))
print("shared", shared.area, "px, together", dog.area + blue.area - shared.area, "px")
print("intersection over union:", rounded(overlap(dog, blue), 3))
show(
  PictureFigure(
    tinted(picture, shared),
    boxes: [PictureBox(dog, "dog", .series(1)), PictureBox(blue, "anchor", .series(0))], zoom: 0.75),
  alt: "The dog's box and the largest square anchor; the area they share is tinted.")

cell("overlap-by-counting")
/// The pixels of a box with whole-numbered corners.
func pixels(of box: Box) -> Mask {
  var mask = Mask(width: width, height: height)
  for y in Int(box.y0)..<Int(box.y1) {
    for x in Int(box.x0)..<Int(box.x1) { mask[x, y] = true }
  }
  return mask
}

let square = Box(x0: 40, y0: 40, x1: 460, y1: 460)
print("by the formula: ", overlap(dog, square))
print("pixel by pixel: ", Float(intersectionOverUnion(pixels(of: dog), pixels(of: square))))

cell("moving-apart")
let unit = Box(x0: 0, y0: 0, x1: 1, y1: 1)
let shifts = stride(from: Float(0), through: 2.5, by: 0.05).map { $0 }
let moved = shifts.map { Box(x0: $0, y0: 0, x1: $0 + 1, y1: 1) }
print("shifted by a third:", overlap(unit, Box(x0: 1.0 / 3, y0: 0, x1: 4.0 / 3, y1: 1)))
show(
  LinePlot(
    "Two equal squares, one moving away", x: Axis("shift in sides"), y: Axis("overlap"),
    series: [
      Series("IoU", x: shifts.map(Double.init), y: moved.map { overlap(unit, $0) }),
      Series(
        "GIoU", x: shifts.map(Double.init), y: moved.map { GeneralizedOverlap.giou(unit, $0) },
        line: .dashed),
      Series(
        "DIoU", x: shifts.map(Double.init), y: moved.map { GeneralizedOverlap.diou(unit, $0) },
        line: .dotted),
    ]),
  alt: "IoU falls to 0 at a shift of one side and stays there; GIoU and DIoU go on falling below 0."
)

cell("best-anchors")
for (name, box) in zip(PetScene.classNames, [dog, cat]) {
  let box = box.scaled(x: 1 / Float(width), y: 1 / Float(height))
  let overlaps = everywhere.map { overlap($0, box) }
  let best = overlaps.max() ?? 0
  let good = overlaps.count { $0 >= 0.5 }
  print("\(name): best overlap \(rounded(best)), \(good) anchors overlap it by half or more")
}

cell("crossing-out")
/// Anchor and object of the largest overlap, then of the largest among the rest, and so on.
///
/// `overlaps` has a row for each anchor and a column for each object; a chosen row and column are
/// crossed out.
func picks(_ overlaps: OverlapMatrix) -> [(anchor: Int, object: Int)] {
  var rows = Array(0..<overlaps.rowCount)
  var columns = Array(0..<overlaps.columnCount)
  var result: [(anchor: Int, object: Int)] = []
  while !rows.isEmpty && !columns.isEmpty {
    var best = (anchor: rows[0], object: columns[0])
    for row in rows {
      for column in columns where overlaps[row, column] > overlaps[best.anchor, best.object] {
        best = (row, column)
      }
    }
    result.append(best)
    rows.removeAll { $0 == best.anchor }
    columns.removeAll { $0 == best.object }
  }
  return result
}

cell("crossing-out-drawn")
// Nine anchors, four objects.
let table = OverlapMatrix(rows: [
  [0.10, 0.05, 0.30, 0.02], [0.08, 0.12, 0.92, 0.20], [0.25, 0.61, 0.15, 0.10],
  [0.35, 0.20, 0.55, 0.40], [0.18, 0.15, 0.22, 0.76], [0.42, 0.10, 0.05, 0.30],
  [0.84, 0.28, 0.12, 0.05], [0.66, 0.07, 0.11, 0.52], [0.05, 0.47, 0.33, 0.16],
])
let tablePicks = picks(table)
var crossedOut = (0..<table.rowCount).map { row in table[row: row].map(Double.init) }
var steps: [HeatMap] = []
for (step, pick) in tablePicks.enumerated() {
  steps.append(
    HeatMap(
      "\(step + 1): anchor \(pick.anchor + 1), object \(pick.object + 1)", values: crossedOut,
      rows: (1...9).map { "\($0)" }, columns: (1...4).map { "\($0)" },
      xLabel: step == 0 ? "object" : "", yLabel: step == 0 ? "anchor" : "", range: 0...1,
      decimals: 2, cell: 27))
  crossedOut[pick.anchor] = crossedOut[pick.anchor].map { _ in Double.nan }
  for row in crossedOut.indices { crossedOut[row][pick.object] = .nan }
}
show(
  FigureRow(steps),
  alt: "The table of overlaps four times; after each pick its row and its column turn gray.")

cell("assigned")
/// The object of each anchor, nil for background.
func assigned(_ overlaps: OverlapMatrix, atLeast threshold: Float) -> [Int?] {
  // Every anchor takes the object it overlaps most, the first of equals, if that is enough …
  var result = (0..<overlaps.rowCount).map { anchor in
    (0..<overlaps.columnCount).filter { overlaps[anchor, $0] >= threshold }
      .max { overlaps[anchor, $0] < overlaps[anchor, $1] }
  }
  // … but an object's own anchor belongs to it, whatever the threshold says.
  for pick in picks(overlaps) { result[pick.anchor] = pick.object }
  return result
}

let tableResult = assigned(table, atLeast: 0.5)
for (anchor, object) in tableResult.enumerated() {
  let isPick = tablePicks.contains { $0.anchor == anchor }
  print(
    "anchor \(anchor + 1):", object.map { "object \($0 + 1)" } ?? "background",
    isPick ? "(its own)" : "")
}

cell("lost-object")
// Two objects, nearly the same; both have their largest overlap with anchor 0.
let rivals = [Box(x0: 0, y0: 0, x1: 1, y1: 1), Box(x0: 0, y0: 0, x1: 0.9, y1: 0.9)]
let threeAnchors = [
  Box(x0: 0, y0: 0, x1: 0.95, y1: 0.95), Box(x0: 0, y0: 0, x1: 0.5, y1: 0.5),
  Box(x0: 0.8, y0: 0.8, x1: 1, y1: 1),
]
let rivalOverlaps = OverlapMatrix(threeAnchors, rivals)
// Without crossing out: each object takes its best anchor, the later one if two want the same.
var withoutCrossing = [Int?](repeating: nil, count: threeAnchors.count)
for object in rivals.indices {
  let best = threeAnchors.indices.max { rivalOverlaps[$0, object] < rivalOverlaps[$1, object] }
  withoutCrossing[best ?? 0] = object
}
/// One letter for each anchor: its object, or a dash for background.
func letters(_ assignment: [Int?]) -> String {
  assignment.map { $0.map { ["A", "B"][$0] } ?? "–" }.joined(separator: " ")
}
print("each its best, no crossing out:", letters(withoutCrossing))
print("crossed out:                   ", letters(assigned(rivalOverlaps, atLeast: 0.5)))

cell("five-anchors")
let truths = [
  LabeledBox(box: Box(x0: 0.1, y0: 0.08, x1: 0.52, y1: 0.92), classIndex: 0),
  LabeledBox(box: Box(x0: 0.55, y0: 0.2, x1: 0.9, y1: 0.88), classIndex: 1),
]
let five = [
  Box(x0: 0, y0: 0.1, x1: 0.2, y1: 0.3), Box(x0: 0.15, y0: 0.2, x1: 0.4, y1: 0.4),
  Box(x0: 0.63, y0: 0.05, x1: 0.88, y1: 0.98), Box(x0: 0.66, y0: 0.45, x1: 0.8, y1: 0.8),
  Box(x0: 0.57, y0: 0.3, x1: 0.92, y1: 0.9),
]
show(
  PictureFigure(
    picture,
    boxes: truths.map { PictureBox(inPixels($0.box), PetScene.classNames[$0.classIndex], .ink) }
      + five.enumerated().map { PictureBox(inPixels($1), "\($0)", .series($0)) }, zoom: 0.75),
  alt: "Hand-drawn boxes around the dog and the cat, and five numbered anchors.")

cell("five-assigned")
let fiveOverlaps = OverlapMatrix(five, truths.map(\.box))
for anchor in five.indices {
  print(
    "anchor \(anchor):", fiveOverlaps[row: anchor].map { rounded($0, 3) }.joined(separator: "  "))
}
let fiveObjects = assigned(fiveOverlaps, atLeast: 0.5)
let fiveClasses = fiveObjects.map { object in object.map { truths[$0].classIndex + 1 } ?? 0 }
print("classes:", fiveClasses)
print(
  "same as the library:",
  fiveObjects == assignedGroundTruths(anchors: five, groundTruths: truths))

cell("offset")
/// How far apart offsets usually lie: standard deviations of shift and of the logarithm of growth.
let spread = (shift: Float(0.1), growth: Float(0.2))
/// Keeps the logarithm of a side of zero finite.
let epsilon: Float = 1e-6

/// What leads from an anchor to a box: shift of the centre, growth of the sides.
func offset(of box: Box, from anchor: Box) -> BoxOffset {
  let (to, from) = (CenterBox(box), CenterBox(anchor))
  return BoxOffset(
    x: (to.x - from.x) / from.width / spread.shift,
    y: (to.y - from.y) / from.height / spread.shift,
    width: log(epsilon + to.width / from.width) / spread.growth,
    height: log(epsilon + to.height / from.height) / spread.growth)
}

/// Where an offset leads from an anchor.
func box(_ offset: BoxOffset, from anchor: Box) -> Box {
  let from = CenterBox(anchor)
  return Box(
    CenterBox(
      x: from.x + offset.x * spread.shift * from.width,
      y: from.y + offset.y * spread.shift * from.height,
      width: exp(offset.width * spread.growth) * from.width,
      height: exp(offset.height * spread.growth) * from.height))
}

for (anchor, object) in fiveObjects.enumerated() {
  guard let object else { continue }
  let found = offset(of: truths[object].box, from: five[anchor])
  print(
    "anchor \(anchor):",
    [found.x, found.y, found.width, found.height].map { "\($0)" }
      .joined(separator: "  "))
}

cell("round-trip")
for (anchor, object) in fiveObjects.enumerated() {
  guard let object else { continue }
  let truth = truths[object].box
  let back = box(offset(of: truth, from: five[anchor]), from: five[anchor])
  print("anchor \(anchor): \(text(truth, 6)) came back as \(text(back, 6))")
}
// Taken for plain distances, the second anchor's offset leads out of the picture.
let misread = offset(of: truths[0].box, from: five[1])
let astray = CenterBox(five[1])
print("misread as plain distances: centre at", astray.x + misread.x, astray.y + misread.y)

cell("offset-spread")
/// Offsets, not divided by any spread, from anchors to the random boxes they are assigned to.
func randomOffsets(pictures: Int) -> [BoxOffset] {
  var random = SplitMix64(seed: 1)
  let grid = multiboxPriors(
    height: 16, width: 16, sizes: [0.2, 0.35, 0.5], widthOverHeight: [1, 2, 0.5])
  let plain = OffsetCoder.regionProposal
  var offsets: [BoxOffset] = []
  for _ in 0..<pictures {
    let (w, h) = (0.15 + 0.4 * random.nextUnit(), 0.15 + 0.4 * random.nextUnit())
    let (x, y) = ((1 - w) * random.nextUnit(), (1 - h) * random.nextUnit())
    let truth = LabeledBox(box: Box(x0: x, y0: y, x1: x + w, y1: y + h), classIndex: 0)
    let assignment = assignedGroundTruths(anchors: grid, groundTruths: [truth])
    for (anchor, object) in zip(grid, assignment) where object != nil {
      offsets.append(plain.offset(of: truth.box, from: anchor))
    }
  }
  return offsets
}

/// The root of the mean square.
func size(of values: [Float]) -> Float {
  (values.reduce(0) { $0 + $1 * $1 } / Float(values.count)).squareRoot()
}

let sampled = randomOffsets(pictures: setting(full: 400, quick: 20))
print(sampled.count, "anchors with an object")
for (name, part, unit) in [
  ("shift right", \BoxOffset.x, spread.shift), ("shift down", \.y, spread.shift),
  ("log of width", \.width, spread.growth), ("log of height", \.height, spread.growth),
] {
  let typical = size(of: sampled.map { $0[keyPath: part] })
  print(
    "\(name): typically \(rounded(typical)), in units of \(unit): \(rounded(typical / unit, 1))")
}
show(
  FigureRow([
    Histogram(
      of: sampled.map { Double($0.x) }, bins: 40, x: Axis("shift right, in anchor widths"),
      size: CanvasSize(width: 330, height: 240)),
    Histogram(
      of: sampled.map { Double($0.width) }, bins: 40, x: Axis("logarithm of the growth in width"),
      size: CanvasSize(width: 330, height: 240)),
  ]),
  alt:
    "Two histograms around zero: shifts within about a third of a width, logarithms within about 0.7."
)

cell("targets")
let targets = multiboxTargets(anchors: five, labels: [truths])
print("classes:", targets.classes)
print("mask:   ", targets.mask.map { Int($0) })
print("offsets:", targets.offsets.map { rounded($0) }.joined(separator: " "))

cell("padding")
let padding = LabeledBox(box: Box(x0: 0, y0: 0, x1: 0, y1: 0), classIndex: -1)
let asIfAnObject = offset(of: padding.box, from: five[0])
print("what anchor 0 would have to learn:", asIfAnObject.width, asIfAnObject.height)
print(
  "classes, the row skipped:",
  multiboxTargets(anchors: five, labels: [[truths[0], padding]]).classes)

cell("matching-rules")
let coarse = multiboxPriors(
  height: 8, width: 10, sizes: [0.4, 0.6, 0.8], widthOverHeight: [1, 2, 0.5])
let animals = scene.labels.map {
  LabeledBox(
    box: $0.box.scaled(x: 1 / Float(width), y: 1 / Float(height)), classIndex: $0.classIndex)
}
let coarseOverlaps = OverlapMatrix(animals.map(\.box), coarse)
let rules: [(name: String, matches: [AnchorMatch])] = [
  (
    "crossing out, 0.5",
    assignedGroundTruths(anchors: coarse, groundTruths: animals)
      .map { object in object.map { .object($0) } ?? .background }
  ),
  ("SSD, 0.5", ssdMatches(coarseOverlaps)),
  ("proposals, 0.7 and 0.3", ThresholdMatcher.regionProposal.matches(coarseOverlaps)),
]
for rule in rules {
  let (dogs, cats) = (
    rule.matches.count { $0 == .object(0) }, rule.matches.count { $0 == .object(1) }
  )
  let ignored = rule.matches.count { $0 == .ignored }
  print("\(rule.name): dog \(dogs), cat \(cats), ignored \(ignored), of \(coarse.count)")
}
show(
  PictureGrid(
    [rules[0], rules[2]].map { rule in
      PictureFigure(
        picture,
        boxes: zip(coarse, rule.matches).compactMap { anchor, match in
          match.groundTruth.map { PictureBox(inPixels(anchor), "", .series($0)) }
        }, zoom: 0.5, caption: rule.name)
    }, columns: 2),
  alt: "Anchors that are to find the dog and the cat: many at 0.5, a few at 0.7.")

cell("suppressed")
/// Indices of the boxes to keep, the best first: none overlaps a better kept one by more than the
/// threshold.
func suppressed(_ boxes: [Box], scores: [Float], threshold: Float) -> [Int] {
  var kept: [Int] = []
  let ranking = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
  for candidate in ranking
  where kept.allSatisfy({ !(overlap(boxes[$0], boxes[candidate]) > threshold) }) {
    kept.append(candidate)
  }
  return kept
}

cell("four-predictions")
let four = [
  Box(x0: 0.1, y0: 0.08, x1: 0.52, y1: 0.92), Box(x0: 0.08, y0: 0.2, x1: 0.56, y1: 0.95),
  Box(x0: 0.15, y0: 0.3, x1: 0.62, y1: 0.91), Box(x0: 0.55, y0: 0.2, x1: 0.9, y1: 0.88),
]
/// For each anchor the probabilities of background, dog and cat.
let probabilities: [[Float]] = [[0, 0.9, 0.1], [0, 0.8, 0.2], [0, 0.7, 0.3], [0, 0.1, 0.9]]
let names = ["dog = 0.9", "dog = 0.8", "dog = 0.7", "cat = 0.9"]
let surest: [Float] = [0.9, 0.8, 0.7, 0.9]
let kept = suppressed(four, scores: surest, threshold: 0.5)
print("kept:", kept)
print(
  "same as the library:",
  kept == Detection.suppressed(four, scores: surest, overlapThreshold: 0.5))
show(
  PictureGrid(
    [("Before", Array(four.indices)), ("After", kept)].map { title, shown in
      PictureFigure(
        picture,
        boxes: shown.map { PictureBox(inPixels(four[$0]), names[$0], .series($0 == 3 ? 1 : 0)) },
        zoom: 0.5, caption: title)
    }, columns: 2),
  alt: "Left: three boxes on the dog and one on the cat. Right: one box on each.")

cell("two-thresholds")
for threshold: Float in [0.5, 0.6, 0.7, 0.75] {
  print(threshold, "keeps", suppressed(four, scores: surest, threshold: threshold))
}

cell("detections")
let detections = multiboxDetections(
  probabilities: probabilities.flatMap(\.self), offsets: [Float](repeating: 0, count: 16),
  anchors: four)
for found in detections {
  print(PetScene.classNames[found.classIndex], rounded(found.score), "at", text(found.box))
}

cell("best-class-only")
let together = DetectionOptions(perClass: false)
for found in multiboxDetections(
  probabilities: probabilities.flatMap(\.self), offsets: [Float](repeating: 0, count: 16),
  anchors: four, options: together)
{
  print(PetScene.classNames[found.classIndex], rounded(found.score), "at", text(found.box))
}

cell("lap-cat")
// A cat in front of a dog: two objects that overlap by more than half.
let lap = [Box(x0: 0.1, y0: 0.1, x1: 0.5, y1: 0.9), Box(x0: 0.15, y0: 0.2, x1: 0.5, y1: 0.9)]
print("overlap:", rounded(overlap(lap[0], lap[1])))
print("whatever the class:", Detection.suppressed(lap, scores: [0.9, 0.8], overlapThreshold: 0.5))
print(
  "class by class:    ",
  Detection.suppressed(lap, scores: [0.9, 0.8], classes: [0, 1], overlapThreshold: 0.5))

cell("soft")
let overlapsForDecay = stride(from: Float(0), through: 1, by: 0.01).map { $0 }
let decays: [(name: String, line: Series.Line, factor: (Float) -> Float)] = [
  ("dropped above 0.5", .solid, { $0 > 0.5 ? 0 : 1 }),
  ("linear from 0.5", .dashed, ScoreDecay.linear(from: 0.5).factor),
  ("Gaussian, σ = 0.5", .dotted, ScoreDecay.gaussian(sigma: 0.5).factor),
]
show(
  LinePlot(
    "What is left of a score", x: Axis("overlap with a better box", limits: 0...1),
    y: Axis("factor", limits: 0...1.05),
    series: decays.map { decay in
      Series(
        decay.name, x: overlapsForDecay.map(Double.init), y: overlapsForDecay.map(decay.factor),
        line: decay.line)
    }),
  alt: "Factor against overlap: a step at 0.5, a step and then a line, and a smooth bell.")

cell("soft-at-work")
// Two dogs side by side, and a second box for the first of them.
let dogs = [
  Box(x0: 0.1, y0: 0.1, x1: 0.5, y1: 0.9), Box(x0: 0.22, y0: 0.1, x1: 0.62, y1: 0.9),
  Box(x0: 0.11, y0: 0.12, x1: 0.5, y1: 0.9),
]
let dogScores: [Float] = [0.9, 0.85, 0.8]
print(
  "overlaps with the first:", rounded(overlap(dogs[0], dogs[1])), rounded(overlap(dogs[0], dogs[2]))
)
print("hard:    ", suppressed(dogs, scores: dogScores, threshold: 0.5))
for (name, decay) in [
  ("linear:  ", ScoreDecay.linear(from: 0.5)), ("Gaussian:", .gaussian(sigma: 0.5)),
] {
  let kept = softlySuppressed(dogs, scores: dogScores, decay: decay)
  print(name, kept.map { "box \($0.index) with \(rounded($0.score))" }.joined(separator: ", "))
}
