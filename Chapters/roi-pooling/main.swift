import Book
import Canvas
import Detection
import Figures
import Foundation
import Tensors

cell("rows")
/// The rows of one channel of one picture of a map.
func rows(_ map: Tensor, picture: Int = 0, channel: Int = 0) -> [[Double]] {
  let (channels, height, width) = (map.shape[1], map.shape[2], map.shape[3])
  let start = (picture * channels + channel) * height * width
  let cells = map.scalars.map(Double.init)
  return (0..<height).map { row in
    Array(cells[start + row * width..<start + (row + 1) * width])
  }
}

/// `value` with at most four decimals.
func text(_ value: Double) -> String {
  value.formatted(.number.precision(.fractionLength(0...4)))
}

/// The numbers of a table in brackets, row by row.
func text(_ rows: [[Double]]) -> String {
  "["
    + rows.map { "[" + $0.map { text($0) }.joined(separator: ", ") + "]" }
    .joined(separator: ", ") + "]"
}

cell("map")
let counting = Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4])
for row in rows(counting) { print(text([row])) }

cell("regions")
let pictureSide: Float = 40
let cellsPerPixel = Float(counting.shape[3]) / pictureSide
let regions = [
  Region(picture: 0, box: Box(x0: 0, y0: 0, x1: 20, y1: 20)),
  Region(picture: 0, box: Box(x0: 0, y0: 10, x1: 30, y1: 30)),
]
for region in regions {
  let box = region.box.scaled(x: cellsPerPixel, y: cellsPerPixel)
  print(
    "picture \(region.picture), columns", text(Double(box.x0)), "to", text(Double(box.x1)),
    "and rows", text(Double(box.y0)), "to", text(Double(box.y1)))
}

cell("bins")
/// The cells of each bin of a region along one axis, from the region's two edges in cells.
func bins(from low: Float, to high: Float, count: Int, extent: Int) -> [Range<Int>] {
  let first = Int(low.rounded())
  let last = Int(high.rounded())
  let length = max(last - first + 1, 1)  // both edge cells belong to the region
  let size = Float(length) / Float(count)
  return (0..<count).map { bin in
    let start = first + Int((Float(bin) * size).rounded(.down))
    let end = first + Int((Float(bin + 1) * size).rounded(.up))
    let inside = min(max(start, 0), extent)
    return inside..<max(inside, min(end, extent))
  }
}

for (cells, count) in [(4, 2), (3, 2), (5, 2), (7, 3), (4, 3), (2, 3), (1, 2)] {
  let ranges = bins(from: 0, to: Float(cells - 1), count: count, extent: cells)
  print("\(cells) in \(count):", ranges.map { "\($0)" }.joined(separator: "  "))
}

cell("pooled")
/// The largest value in each of `height` × `width` bins of each region, for each channel.
func pooled(
  _ map: Tensor, _ regions: [Region], height: Int, width: Int, cellsPerPixel: Float
) -> Tensor {
  let (channels, mapHeight, mapWidth) = (map.shape[1], map.shape[2], map.shape[3])
  let cells = map.scalars
  var result: [Float] = []
  for region in regions {
    let box = region.box.scaled(x: cellsPerPixel, y: cellsPerPixel)
    let rowBins = bins(from: box.y0, to: box.y1, count: height, extent: mapHeight)
    let columnBins = bins(from: box.x0, to: box.x1, count: width, extent: mapWidth)
    for channel in 0..<channels {
      let plane = (region.picture * channels + channel) * mapHeight * mapWidth
      for rows in rowBins {
        for columns in columnBins {
          var largest = -Float.greatestFiniteMagnitude
          for y in rows {
            for x in columns { largest = max(largest, cells[plane + y * mapWidth + x]) }
          }
          result.append(rows.isEmpty || columns.isEmpty ? 0 : largest)
        }
      }
    }
  }
  return Tensor(result, shape: [regions.count, channels, height, width])
}

cell("worked-example")
let worked = pooled(counting, regions, height: 2, width: 2, cellsPerPixel: cellsPerPixel)
print(worked.shape)
for number in regions.indices { print(text(rows(worked, picture: number))) }

cell("bins-drawn")
/// A map with the bins of a region, and the numbers that come out in the same colours.
func drawnBins(
  _ title: String, _ map: Tensor, _ box: Box, rowBins: [Range<Int>], columnBins: [Range<Int>]
) -> [any Figure] {
  let numbers = rows(map)
  var outlines: [NumberGrid.Outline] = []
  var frames: [NumberGrid.Outline] = []
  var largest: [[Double]] = []
  for (row, rows) in rowBins.enumerated() {
    largest.append([])
    for (column, columns) in columnBins.enumerated() {
      let bin = row * columnBins.count + column
      outlines.append(
        .init(rows: rows, columns: columns, role: .series(bin), inset: 3 + 3 * Double(bin)))
      frames.append(
        .init(
          rows: row..<row + 1, columns: column..<column + 1, role: .series(bin), inset: 3))
      largest[row].append(rows.flatMap { y in columns.map { numbers[y][$0] } }.max() ?? 0)
    }
  }
  let edges = NumberGrid.Outline(
    x0: Double(box.x0), y0: Double(box.y0), x1: Double(box.x1), y1: Double(box.y1), role: .ink,
    dashed: true)
  return [
    NumberGrid(title, values: numbers, outlines: [edges] + outlines, cell: 44),
    NumberGrid("largest", values: largest, outlines: frames, cell: 44),
  ]
}

show(
  FigureRow(
    zip(["first region", "second region"], regions).flatMap { title, region in
      let box = region.box.scaled(x: cellsPerPixel, y: cellsPerPixel)
      return drawnBins(
        title, counting, box, rowBins: bins(from: box.y0, to: box.y1, count: 2, extent: 4),
        columnBins: bins(from: box.x0, to: box.x1, count: 2, extent: 4))
    }),
  alt: """
    Two copies of the map with four coloured bins each, which overlap where three cells are \
    divided by two; beside each copy the four largest values.
    """)

cell("disjoint-bins")
/// The bins of a split without overlap: sizes rounded up, the last bin gets the rest.
func disjointBins(cells: Int, count: Int) -> [Range<Int>] {
  let size = (cells + count - 1) / count
  return (0..<count).map { min($0 * size, cells)..<min(($0 + 1) * size, cells) }
}

let middle = Tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], shape: [1, 1, 3, 3])
let whole = Box(x0: 0, y0: 0, x1: 2, y1: 2)
let trueBins = bins(from: whole.x0, to: whole.x1, count: 2, extent: 3)
let wrongBins = disjointBins(cells: 3, count: 2)
show(
  FigureRow(
    drawnBins("overlapping", middle, whole, rowBins: trueBins, columnBins: trueBins)
      + drawnBins("disjoint", middle, whole, rowBins: wrongBins, columnBins: wrongBins)),
  alt: """
    Left, overlapping bins: each of the four contains the middle cell, and all four results are 1. \
    Right, disjoint bins: only the first contains it, and one result is 1.
    """)

cell("same-as-library-pooling")
/// Regions of random place and size, some of them beyond the border or inside out.
func randomRegions(_ count: Int, pictures: Int, side: Float, using random: inout SplitMix64)
  -> [Region]
{
  (0..<count).map { _ in
    let corners = (0..<4).map { _ in side * (1.4 * random.nextUnit() - 0.2) }
    return Region(
      picture: Int(random.next() % UInt64(pictures)),
      box: Box(corners[0], corners[1], corners[2], corners[3]))
  }
}

func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  zip(a.scalars, b.scalars).map { abs($0 - $1) }.max() ?? 0
}

var random = SplitMix64(seed: 1)
let manyRegions = randomRegions(200, pictures: 3, side: 400, using: &random)
let randomMap = Tensor.normal([3, 5, 25, 25], using: &random)
print(
  "largest difference from the library's pooling:",
  largestDifference(
    pooled(randomMap, manyRegions, height: 7, width: 7, cellsPerPixel: 1 / 16),
    roiPool(randomMap, manyRegions, height: 7, width: 7, cellsPerPixel: 1 / 16)))

cell("batch-index")
let twoPictures = concatenated([counting, counting + 100], along: 0)
for picture in 0..<2 {
  let region = Region(picture: picture, box: regions[0].box)
  let result = roiPool(
    twoPictures, [region], height: 2, width: 2, cellsPerPixel: cellsPerPixel)
  print("the first box on picture \(picture):", text(rows(result)))
}

cell("moved-box")
let pixelsPerCell: Float = 16
let rampWidth = Int(384 / pixelsPerCell)
// Every cell says where in the picture its centre lies, in pixels from the left.
let ramp = Tensor(shape: [1, 1, rampWidth / 3, rampWidth]) { cells in
  for index in cells.indices {
    cells[index] = (Float(index % rampWidth) + 0.5) * pixelsPerCell
  }
}
let shifts = (0...480).map { Float($0) / 10 }
let movedRegions = shifts.map { shift in
  Region(picture: 0, box: Box(x0: 41 + shift, y0: 20, x1: 141 + shift, y1: 100))
}

/// How far the reading of the top left bin moves while the box moves by `shifts`, in pixels.
func movement(_ readings: Tensor) -> [Double] {
  let first = readings.slice(0..<1, along: 2).slice(0..<1, along: 3).scalars.map(Double.init)
  return first.map { $0 - first[0] }
}

let poolingMovement = movement(
  roiPool(ramp, movedRegions, height: 2, width: 2, cellsPerPixel: 1 / pixelsPerCell))
let alignedMovement = movement(
  roiAlign(ramp, movedRegions, height: 2, width: 2, cellsPerPixel: 1 / pixelsPerCell))
let boxMovement = shifts.map(Double.init)
show(
  LinePlot(
    x: Axis("the box moved by", unit: "px"), y: Axis("the reading moved by", unit: "px"),
    series: [
      Series("RoI pooling", x: boxMovement, y: poolingMovement),
      Series("RoIAlign", x: boxMovement, y: alignedMovement),
    ]),
  alt: """
    While a box moves by 48 pixels, the reading of RoI pooling stays and jumps by whole cells of 16 \
    pixels; that of RoIAlign follows the box along the diagonal.
    """)

/// The largest distance between how far a reading moved and how far the box did.
func largestError(_ movement: [Double]) -> Double {
  zip(movement, boxMovement).map { abs($0 - $1) }.max() ?? 0
}

print("largest error of pooling: ", rounded(largestError(poolingMovement), 1), "px")
print("largest error of RoIAlign:", rounded(largestError(alignedMovement), 6), "px")
record("pooling_error", largestError(poolingMovement), unit: "px")
record("alignment_error", largestError(alignedMovement), unit: "px")

cell("neighbours")
/// The two cells beside a position on an axis of `extent` cells, and how much each counts.
///
/// Up to one cell outside of the map the border is repeated; further out there is nothing.
func neighbours(of position: Float, extent: Int) -> [(cell: Int, weight: Float)] {
  guard position >= -1, position <= Float(extent) else { return [] }
  let inside = max(position, 0)
  let cell = Int(inside)
  guard cell < extent - 1 else { return [(extent - 1, 1)] }
  let share = inside - Float(cell)
  return [(cell, 1 - share), (cell + 1, share)]
}

for position: Float in [1, 1.25, 1.9, 3.7, -0.4, -1.2] {
  let found = neighbours(of: position, extent: 4).map {
    "cell \($0.cell) × \(text(Double($0.weight)))"
  }
  print("\(position):", found.isEmpty ? "nothing" : found.joined(separator: " + "))
}

cell("sample-points")
/// Where each bin of a region is read along one axis, from the region's two edges in cells.
///
/// Positions count from the centre of cell 0. Without `samplesPerBin`, a bin is read once for each
/// cell it covers, rounded up.
func samplePoints(
  from low: Float, to high: Float, bins: Int, samplesPerBin: Int?, aligned: Bool = true
) -> [[Float]] {
  let start = aligned ? low - 0.5 : low
  let length = aligned ? high - low : max(high - low, 1)
  let size = length / Float(bins)
  let samples = samplesPerBin ?? max(Int(size.rounded(.up)), 0)
  return (0..<bins).map { bin in
    (0..<samples).map { sample in
      start + Float(bin) * size + (Float(sample) + 0.5) * size / Float(samples)
    }
  }
}

let exampleBox = Box(x0: 0.68, y0: 0.9, x1: 3.18, y1: 2.9)
let pointRows = samplePoints(from: exampleBox.y0, to: exampleBox.y1, bins: 2, samplesPerBin: 2)
let pointColumns = samplePoints(
  from: exampleBox.x0, to: exampleBox.x1, bins: 2, samplesPerBin: 2)
let (centerX, centerY) = (
  (exampleBox.x0 + exampleBox.x1) / 2, (exampleBox.y0 + exampleBox.y1) / 2
)
show(
  NumberGrid(
    values: rows(counting),
    outlines: [(exampleBox.x0, centerX), (centerX, exampleBox.x1)].flatMap { left, right in
      [(exampleBox.y0, centerY), (centerY, exampleBox.y1)].map { top, bottom in
        .init(
          x0: Double(left), y0: Double(top), x1: Double(right), y1: Double(bottom),
          role: .series(0))
      }
    },
    // Half a cell further in the drawing, where cell 0 begins at 0 and has its centre at 0.5.
    dots: pointRows.joined().flatMap { y in
      pointColumns.joined().map { x in Point(Double(x) + 0.5, Double(y) + 0.5) }
    }, cell: 52),
  alt: "A box between the cells of a map, cut into four equal bins with four sample points each.")

cell("aligned")
/// The mean of the samples in each of `height` × `width` bins of each region, for each channel.
func aligned(
  _ map: Tensor, _ regions: [Region], height: Int, width: Int, cellsPerPixel: Float,
  samplesPerBin: Int? = nil, aligned: Bool = true
) -> Tensor {
  let (channels, mapHeight, mapWidth) = (map.shape[1], map.shape[2], map.shape[3])
  let cells = map.scalars
  var result: [Float] = []
  for region in regions {
    let box = region.box.scaled(x: cellsPerPixel, y: cellsPerPixel)
    let rowBins = samplePoints(
      from: box.y0, to: box.y1, bins: height, samplesPerBin: samplesPerBin, aligned: aligned
    ).map { $0.map { neighbours(of: $0, extent: mapHeight) } }
    let columnBins = samplePoints(
      from: box.x0, to: box.x1, bins: width, samplesPerBin: samplesPerBin, aligned: aligned
    ).map { $0.map { neighbours(of: $0, extent: mapWidth) } }
    for channel in 0..<channels {
      let plane = (region.picture * channels + channel) * mapHeight * mapWidth
      for rowBin in rowBins {
        for columnBin in columnBins {
          var sum: Float = 0
          for rows in rowBin {
            for columns in columnBin {
              for (y, rowWeight) in rows {
                for (x, columnWeight) in columns {
                  sum += rowWeight * columnWeight * cells[plane + y * mapWidth + x]
                }
              }
            }
          }
          result.append(sum / Float(max(rowBin.count * columnBin.count, 1)))
        }
      }
    }
  }
  return Tensor(result, shape: [regions.count, channels, height, width])
}

let workedAlignment = aligned(counting, regions, height: 2, width: 2, cellsPerPixel: cellsPerPixel)
for number in regions.indices { print(text(rows(workedAlignment, picture: number))) }

cell("same-as-library-alignment")
// Whole numbers read at quarters of a cell: no step of the sum is rounded.
let wholeMap = Tensor(shape: [2, 3, 9, 9]) { cells in
  for index in cells.indices { cells[index] = Float(index * 37 % 101) }
}
let quarterRegions = (0..<40).map { index in
  let (x, y) = (Float(index % 7) * 0.5, Float(index % 5) * 0.75)
  return Region(picture: index % 2, box: Box(x0: x, y0: y, x1: x + 4, y1: y + 6))
}
print(
  "on whole numbers, largest difference from the library's alignment:",
  largestDifference(
    aligned(wholeMap, quarterRegions, height: 2, width: 2, cellsPerPixel: 1, samplesPerBin: 2),
    roiAlign(wholeMap, quarterRegions, height: 2, width: 2, cellsPerPixel: 1, samplingRatio: 2)))
print(
  "on random numbers and regions:",
  largestDifference(
    aligned(randomMap, manyRegions, height: 7, width: 7, cellsPerPixel: 1 / 16),
    roiAlign(randomMap, manyRegions, height: 7, width: 7, cellsPerPixel: 1 / 16)))

cell("half-a-cell")
let everything = [Region(picture: 0, box: Box(x0: 0, y0: 0, x1: 4, y1: 4))]
func readWhole(aligned: Bool) -> Tensor {
  roiAlign(
    counting, everything, height: 4, width: 4, cellsPerPixel: 1, samplingRatio: 1,
    aligned: aligned)
}
show(
  FigureRow([
    NumberGrid("the map", values: rows(counting)),
    NumberGrid("aligned", values: rows(readWhole(aligned: true)), decimals: 1),
    NumberGrid("not aligned", values: rows(readWhole(aligned: false)), decimals: 1),
  ]),
  alt: """
    Three grids of four by four numbers. The aligned reading equals the map; the other lies half a \
    cell to the right and below it, and repeats the border.
    """)
print(
  "aligned, largest difference from the map:    ",
  largestDifference(readWhole(aligned: true), counting))
print(
  "not aligned, largest difference from the map:",
  largestDifference(readWhole(aligned: false), counting))

cell("gradients")
/// What each cell of the map receives when all results of `operation` are summed.
func gradientOfSum(_ operation: (Tensor) -> Tensor) -> [[Double]] {
  let map = Parameter(counting)
  training { operation(map.value).sum() }.backward()
  return rows(map.gradient ?? counting * 0)
}

let poolingGradient = gradientOfSum {
  roiPool($0, regions, height: 2, width: 2, cellsPerPixel: cellsPerPixel)
}
let alignedGradient = gradientOfSum {
  roiAlign($0, regions, height: 2, width: 2, cellsPerPixel: cellsPerPixel, samplingRatio: 2)
}

/// The gradient with its larger values in stronger colour.
func drawnGradient(_ title: String, _ gradient: [[Double]], decimals: Int) -> NumberGrid {
  let largest = gradient.joined().max() ?? 1
  return NumberGrid(
    title, values: gradient, decimals: decimals, tints: gradient.map { $0.map { $0 / largest } },
    cell: 42)
}

show(
  FigureRow([
    drawnGradient("RoI pooling", poolingGradient, decimals: 0),
    drawnGradient("RoIAlign", alignedGradient, decimals: 2),
  ]),
  alt: """
    What each cell of the map receives. Under pooling, seven cells share eight results, one cell \
    counts twice, nine get nothing. Under alignment nearly all cells get a part.
    """)
print("RoI pooling hands back", text(poolingGradient.joined().reduce(0, +)))
print("RoIAlign hands back   ", text(alignedGradient.joined().reduce(0, +)))

cell("time")
let timedRegions = randomRegions(
  setting(full: 200, quick: 5), pictures: 2, side: 800, using: &random)
let timedMap = Tensor.normal([2, 64, 50, 50], using: &random)

/// Seconds that `body` takes.
func seconds(_ body: () -> Tensor) -> Double {
  ContinuousClock().measure { _ = body() } / .seconds(1)
}

let loopTime = seconds {
  aligned(
    timedMap, timedRegions, height: 7, width: 7, cellsPerPixel: 1 / 16, samplesPerBin: 2)
}
func libraryTime() -> Double {
  seconds {
    roiAlign(
      timedMap, timedRegions, height: 7, width: 7, cellsPerPixel: 1 / 16, samplingRatio: 2)
  }
}
_ = libraryTime()  // the first call makes room for its result
let fastTime = (0..<5).map { _ in libraryTime() }.min() ?? 0
print("the loops of this page:", rounded(1000 * loopTime, 1), "ms")
print("the library:           ", rounded(1000 * fastTime, 2), "ms")
record("alignment_speedup", loopTime / fastTime)
