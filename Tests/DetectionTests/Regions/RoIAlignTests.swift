import Detection
import Tensors
import TestSupport
import Testing

struct RoIAlignTests {
  private let counting = RegionExample.counting
  /// Values up to 16 weighed by up to four products, each rounded to Float.
  private let rounding = 1e-5

  private func expectAligned(
    _ expected: [Double], _ regions: [Region], _ height: Int, _ width: Int, scale: Float = 1,
    samplingRatio: Int? = nil, aligned: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let result = roiAlign(
      counting, regions, height: height, width: width, cellsPerPixel: scale,
      samplingRatio: samplingRatio, aligned: aligned)
    expectClose(result.scalars, expected, absolute: rounding, sourceLocation: sourceLocation)
  }

  @Test(arguments: [nil, 1, 2])
  func `two regions of a counting map, half a cell off`(samplingRatio: Int?) {
    expectAligned(
      [2.5, 3.5, 6.5, 7.5, 6.75, 8.25, 10.75, 12.25], RegionExample.tenfold, 2, 2, scale: 0.1,
      samplingRatio: samplingRatio, aligned: false)
  }

  @Test func `two regions of a counting map, aligned`() {
    func expect(_ expected: [Double], samplingRatio: Int?) {
      expectAligned(
        expected, RegionExample.tenfold, 2, 2, scale: 0.1, samplingRatio: samplingRatio)
    }
    expect([0, 1, 4, 5, 4.3125, 5.75, 8.3125, 9.75], samplingRatio: nil)
    expect([0, 1, 4, 5, 4.25, 5.75, 8.25, 9.75], samplingRatio: 1)
    expect([0.625, 1.5, 4.125, 5, 4.3125, 5.75, 8.3125, 9.75], samplingRatio: 2)
  }

  @Test func `a region that covers the map gives the map back, if aligned`() {
    let whole = RegionExample.regions([0, 0, 4, 4])
    expectAligned((0..<16).map(Double.init), whole, 4, 4, samplingRatio: 1)
    expectAligned(
      [2.5, 3.5, 4.5, 5, 6.5, 7.5, 8.5, 9, 10.5, 11.5, 12.5, 13, 12.5, 13.5, 14.5, 15], whole, 4,
      4, samplingRatio: 1, aligned: false)
  }

  @Test func `the border is repeated for one cell, and 0 further out`() {
    expectAligned(
      [12.5, 6.5, 7.25, 3.75], RegionExample.regions([2, 2, 6, 6]), 2, 2, samplingRatio: 2)
  }

  @Test func `a region smaller than a cell stays small only if aligned`() {
    let tiny = RegionExample.regions([1, 1, 1.2, 1.2])
    expectAligned([6.25, 6.75, 8.25, 8.75], tiny, 2, 2, samplingRatio: 2, aligned: false)
    expectAligned([2.75, 2.85, 3.15, 3.25], tiny, 2, 2, samplingRatio: 2)
  }

  @Test func `an inside-out region has no samples, so it gives 0`() {
    expectAligned([0, 0, 0, 0], RegionExample.regions([3, 3, 1, 1]), 2, 2)
  }

  @Test func `the gradient is spread by the weights of the reading`() {
    let gradient = RegionExample.gradientOfSum(counting) {
      roiAlign(
        $0, [RegionExample.tenfold[0]], height: 2, width: 2, cellsPerPixel: 0.1, samplingRatio: 2)
    }
    expectClose(
      gradient,
      [
        1, 0.875, 0.125, 0, 0.875, 0.765625, 0.109375, 0, 0.125, 0.109375, 0.015625, 0, 0, 0, 0, 0,
      ], absolute: rounding)
  }

  @Test func `a region reads the picture it names`() {
    let maps = concatenated([counting, counting + 100], along: 0)
    let region = Region(picture: 1, box: Box(1, 1, 2, 2))
    #expect(
      roiAlign(maps, [region], height: 1, width: 1, cellsPerPixel: 1).scalars == [105])
  }

  @Test func `not-a-number is passed on where it is read, even with weight 0`() {
    let map = Tensor([1, 2, .nan, 4], shape: [1, 1, 1, 4])
    let result = roiAlign(
      map, RegionExample.regions([0, 0, 1, 1], [1, 0, 2, 1]), height: 1, width: 1,
      cellsPerPixel: 1, samplingRatio: 1)
    #expect(result.scalars[0] == 1)
    #expect(result.scalars[1].isNaN)
  }

  @Test func `no regions make an empty result and a gradient of zeros`() {
    #expect(
      roiAlign(counting, [], height: 2, width: 3, cellsPerPixel: 1).shape == [0, 1, 2, 3])
    let parameter = Parameter(counting)
    training { roiAlign(parameter.value, [], height: 2, width: 3, cellsPerPixel: 1) }
      .backward(from: .zeros([0, 1, 2, 3]))
    #expect(parameter.gradient?.scalars == .init(repeating: 0, count: 16))
  }

  @Test func `its gradient is the slope of the operation`() {
    var random = SplitMix64(seed: 5)
    let regions = [
      Region(picture: 1, box: Box(0, 1, 6, 8)), Region(picture: 0, box: Box(2.3, -3, 9, 5)),
    ]
    for samplingRatio in [nil, 2] {
      checkGradient([.normal([2, 3, 5, 4], using: &random)]) {
        roiAlign(
          $0[0], regions, height: 2, width: 3, cellsPerPixel: 0.5, samplingRatio: samplingRatio)
      }
    }
  }

  @Test func `random regions agree with torchvision`() throws {
    let goldens = try golden("detection_regions", as: RegionGoldens.self).aligns
    #expect(goldens.count >= 100)
    for golden in goldens {
      // Positions have Float's rounding, a few millionths of a cell; neighbours differ by up to 13,
      // and a cell's gradient adds up to a hundred shares.
      golden.check(absolute: 1e-4, relative: 1e-5) {
        roiAlign(
          $0, golden.regionList, height: golden.height, width: golden.width,
          cellsPerPixel: golden.cellsPerPixel, samplingRatio: golden.samplingRatio,
          aligned: golden.aligned ?? true)
      }
    }
  }
}
