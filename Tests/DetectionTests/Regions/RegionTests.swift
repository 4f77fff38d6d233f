import Detection
import Tensors
import TestSupport
import Testing

/// What both operations refuse, and how they divide their work.
struct RegionTests {
  @Test func `a region on a picture that the batch does not have is named`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiPool(
        .zeros([2, 1, 4, 4]),
        [
          Region(picture: 1, box: Box(0, 0, 1, 1)), Region(picture: 2, box: Box(0, 0, 1, 1)),
        ], height: 1, width: 1, cellsPerPixel: 1)
    }
    expectStopped(result, saying: "roiPool: region 1 lies on picture 2")
  }

  @Test func `coordinates that are not numbers are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiAlign(
        .zeros([1, 1, 4, 4]), [Region(picture: 0, box: Box(0, .nan, 1, 1))], height: 1, width: 1,
        cellsPerPixel: 1)
    }
    expectStopped(result, saying: "roiAlign: region 0 has the box")
  }

  @Test func `a map without a batch axis is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiAlign(.zeros([1, 4, 4]), [], height: 1, width: 1, cellsPerPixel: 1)
    }
    expectStopped(result, saying: "roiAlign: the map [1, 4, 4] must be [N, C, H, W]")
  }

  @Test func `a scale of pixels per cell below 0 or without bound is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiPool(.zeros([1, 1, 4, 4]), [], height: 1, width: 1, cellsPerPixel: .infinity)
    }
    expectStopped(result, saying: "cellsPerPixel is inf")
  }

  @Test func `no samples in a bin cannot be asked for`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiAlign(
        .zeros([1, 1, 4, 4]), [], height: 1, width: 1, cellsPerPixel: 1, samplingRatio: 0)
    }
    expectStopped(result, saying: "samplingRatio is 0")
  }

  @Test(
    arguments: [
      { roiPool($0, $1, height: 3, width: 5, cellsPerPixel: 0.5) },
      { roiAlign($0, $1, height: 3, width: 5, cellsPerPixel: 0.5, samplingRatio: 2) },
    ] as [@Sendable (Tensor, [Region]) -> Tensor])
  func `one thread and several give the same bits`(
    operation: @Sendable (Tensor, [Region]) -> Tensor
  ) {
    var random = SplitMix64(seed: 3)
    let map = Tensor.normal([2, 40, 11, 9], using: &random)
    let regions = (0..<60).map { index in
      let (x, y) = (18 * random.nextUnit() - 2, 22 * random.nextUnit() - 2)
      return Region(
        picture: index % 2,
        box: Box(x, y, x + 12 * random.nextUnit(), y + 12 * random.nextUnit()))
    }
    let weights = Tensor.normal([60, 40, 3, 5], using: &random)
    func run() -> [UInt32] {
      let parameter = Parameter(map)
      let result = training { operation(parameter.value, regions) }
      result.backward(from: weights)
      return (result.scalars + (parameter.gradient?.scalars ?? [])).map(\.bitPattern)
    }
    let usual = threadCount
    setThreadCount(3)
    let several = run()
    setThreadCount(1)
    let one = run()
    setThreadCount(usual)
    #expect(one.count == 60 * 40 * 15 + map.count)
    #expect(one == several)
  }

  @Test func `a map that a convolution left in blocks reads like a plain one`() {
    var random = SplitMix64(seed: 4)
    let regions = RegionExample.regions([1, 0.5, 6, 5], [-2, 3, 4, 9])
    for channels in [5, 32] {
      let blocked = convolution(
        .normal([1, 16, 7, 8], using: &random), .normal([channels, 16, 3, 3], using: &random),
        padding: [1, 1])
      let plain = Tensor(blocked.scalars, shape: blocked.shape)
      #expect(
        roiPool(blocked, regions, height: 2, width: 3, cellsPerPixel: 1).scalars
          == roiPool(plain, regions, height: 2, width: 3, cellsPerPixel: 1).scalars)
      #expect(
        roiAlign(blocked, regions, height: 2, width: 3, cellsPerPixel: 1).scalars
          == roiAlign(plain, regions, height: 2, width: 3, cellsPerPixel: 1).scalars)
    }
  }
}
