import Tensors
import TestSupport
import Testing

@testable import Detection

struct RoIPoolTests {
  private let counting = RegionExample.counting

  private func pooled(
    _ map: Tensor, _ regions: [Region], _ height: Int, _ width: Int, scale: Float = 1
  ) -> [Float] {
    roiPool(map, regions, height: height, width: width, cellsPerPixel: scale).scalars
  }

  @Test func `two regions of a counting map`() {
    let result = roiPool(
      counting, RegionExample.tenfold, height: 2, width: 2, cellsPerPixel: 0.1)
    #expect(result.shape == [2, 1, 2, 2])
    #expect(result.scalars == [5, 6, 9, 10, 9, 11, 13, 15])
  }

  @Test func `edges are rounded, halves away from zero`() {
    let values = [0.49, 0.5, 1.5, 2.5].map { Float($0) }.map { right in
      pooled(counting, RegionExample.regions([0, 0, right, 0]), 1, 1)
    }
    #expect(values == [[0], [1], [2], [3]])
  }

  @Test func `a region of one cell fills all its bins`() {
    let one = RegionExample.regions([1, 1, 1, 1])
    #expect(pooled(counting, one, 3, 3) == .init(repeating: 5, count: 9))
  }

  @Test func `two cells in three bins are used twice in the middle`() {
    #expect(
      pooled(counting, RegionExample.regions([1, 1, 2, 2]), 3, 3)
        == [5, 6, 6, 9, 10, 10, 9, 10, 10])
  }

  @Test func `a bin outside of the map gives 0`() {
    #expect(pooled(counting, RegionExample.regions([2, 2, 6, 6]), 2, 2) == [15, 0, 0, 0])
    #expect(pooled(counting, RegionExample.regions([-3, -3, 1, 1]), 2, 2) == [0, 0, 0, 5])
    #expect(pooled(counting, RegionExample.regions([50, 50, 60, 60]), 1, 2) == [0, 0])
  }

  @Test func `bins overlap: all four see the middle of three by three`() {
    let middle = Tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], shape: [1, 1, 3, 3])
    #expect(pooled(middle, RegionExample.regions([0, 0, 2, 2]), 2, 2) == [1, 1, 1, 1])
  }

  @Test func `an inside-out region is the one cell at its first corner`() {
    #expect(
      pooled(counting, RegionExample.regions([3, 3, 1, 1]), 2, 2) == .init(repeating: 15, count: 4))
  }

  @Test func `the largest of negative values is found`() {
    #expect(pooled(-counting, RegionExample.regions([0, 0, 2, 2]), 2, 2) == [0, -1, -4, -5])
  }

  @Test func `a region reads the picture it names`() {
    let maps = concatenated([counting, counting + 100], along: 0)
    let regions = [
      Region(picture: 0, box: Box(0, 0, 1, 1)), Region(picture: 1, box: Box(2, 2, 3, 3)),
    ]
    #expect(pooled(maps, regions, 1, 1) == [5, 115])
  }

  @Test func `the gradient goes to the winners, twice where two bins share one`() {
    let gradient = RegionExample.gradientOfSum(counting) {
      roiPool($0, RegionExample.tenfold, height: 2, width: 2, cellsPerPixel: 0.1)
    }
    #expect(gradient == [0, 0, 0, 0, 0, 1, 1, 0, 0, 2, 1, 1, 0, 1, 0, 1])
  }

  @Test func `of equal values the first wins the gradient`() {
    let gradient = RegionExample.gradientOfSum(.ones([1, 1, 3, 3])) {
      roiPool($0, RegionExample.regions([0, 0, 2, 2]), height: 1, width: 1, cellsPerPixel: 1)
    }
    #expect(gradient == [1, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [255, 256, 257])
  func `the gradient finds the last cell of a map, also where 16 bits do not count its cells`(
    rows: Int
  ) {
    let cells = rows * 257
    let map = Tensor((0..<cells).map { Float($0) }, shape: [1, 1, rows, 257])
    let gradient = RegionExample.gradientOfSum(map) {
      roiPool($0, RegionExample.regions([0, 0, 300, 300]), height: 1, width: 1, cellsPerPixel: 1)
    }
    #expect(gradient.firstIndex(of: 1) == cells - 1)
  }

  @Test func `not-a-number never wins, and where there is nothing else nobody does`() {
    let map = Tensor([.nan, 1, .nan, .nan], shape: [1, 1, 2, 2])
    let regions = RegionExample.regions([0, 0, 1, 0], [0, 1, 1, 1])
    #expect(pooled(map, regions, 1, 1) == [1, -.greatestFiniteMagnitude])
    let gradient = RegionExample.gradientOfSum(map) {
      roiPool($0, regions, height: 1, width: 1, cellsPerPixel: 1)
    }
    #expect(gradient == [0, 1, 0, 0])
  }

  @Test func `no regions make an empty result and a gradient of zeros`() {
    #expect(
      roiPool(counting, [], height: 2, width: 3, cellsPerPixel: 1).shape == [0, 1, 2, 3])
    let parameter = Parameter(counting)
    training { roiPool(parameter.value, [], height: 2, width: 3, cellsPerPixel: 1) }
      .backward(from: .zeros([0, 1, 2, 3]))
    #expect(parameter.gradient?.scalars == .init(repeating: 0, count: 16))
  }

  @Test func `the bins of an axis, overlapping where they do not divide`() {
    let table: [(cells: Int, bins: Int, ranges: [Range<Int>])] = [
      (3, 2, [0..<2, 1..<3]), (5, 2, [0..<3, 2..<5]), (5, 3, [0..<2, 1..<4, 3..<5]),
      (7, 3, [0..<3, 2..<5, 4..<7]), (4, 3, [0..<2, 1..<3, 2..<4]),
      (2, 3, [0..<1, 0..<2, 1..<2]), (1, 2, [0..<1, 0..<1]),
    ]
    for (cells, bins, ranges) in table {
      #expect(pooledBins(from: 0, to: Float(cells - 1), count: bins, extent: cells) == ranges)
    }
  }

  @Test(arguments: [(7, 13), (14, 13), (28, 13), (29, 11)])
  func `bins are divided in Float: some last ones reach a cell further`(cells: Int, count: Int) {
    // 13 · Float(7 / 13) is above 7. On the map the cell is cut off, so look at a wider one.
    let bins = pooledBins(from: 0, to: Float(cells - 1), count: count, extent: 100)
    #expect(bins.last?.upperBound == cells + 1)
  }

  @Test func `its gradient is the slope of the operation`() {
    // No two values closer than the step of the check.
    let map = Tensor((0..<120).map { Float($0 * 37 % 120) / 4 }, shape: [2, 3, 5, 4])
    let regions = [
      Region(picture: 1, box: Box(0, 1, 6, 8)), Region(picture: 0, box: Box(2, -3, 9, 5)),
    ]
    checkGradient([map]) { roiPool($0[0], regions, height: 2, width: 3, cellsPerPixel: 0.5) }
  }

  @Test func `random regions, ties and NaN agree with torchvision to the last bit`() throws {
    let goldens = try golden("detection_regions", as: RegionGoldens.self).pools
    #expect(goldens.count >= 100)
    for golden in goldens {
      // Nothing is computed but sums of multiples of 1/16; 1e-8, below the distance of neighbouring
      // Floats, because the golden has nine digits.
      golden.check(absolute: 0, relative: 1e-8) {
        roiPool(
          $0, golden.regionList, height: golden.height, width: golden.width,
          cellsPerPixel: golden.cellsPerPixel)
      }
    }
  }
}
