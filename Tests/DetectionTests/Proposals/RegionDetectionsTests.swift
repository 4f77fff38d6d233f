import Detection
import Testing

struct RegionDetectionsTests {
  /// Two classes: columns background, apple, pear.
  private func detections(
    _ regions: [Box], _ probabilities: [Float], _ offsets: [Float]? = nil,
    _ options: RegionDetectionOptions = RegionDetectionOptions()
  ) -> [ScoredBox] {
    regionDetections(
      regions: regions, probabilities: probabilities,
      offsets: offsets ?? [Float](repeating: 0, count: 8 * regions.count), height: 100, width: 100,
      options: options)
  }

  @Test func `a region is found as every class above the threshold, background never`() {
    let found = detections([Box(0, 0, 10, 10)], [0.5, 0.1, 0.4])
    #expect(found.map(\.classIndex) == [1, 0])
    #expect(found.map(\.score) == [0.4, 0.1])
    #expect(detections([Box(0, 0, 10, 10)], [0.9, 0.05, 0.05]).isEmpty)
  }

  @Test func `each class moves the region in its own way`() {
    let found = detections(
      [Box(20, 20, 30, 30)], [0, 0.6, 0.4], [0, 0, 0, 0, 10, 0, 0, 0])
    #expect(found.map(\.box) == [Box(20, 20, 30, 30), Box(30, 20, 40, 30)])
  }

  @Test func `of two regions on one object the surer one is left, within the class`() {
    let regions = [Box(0, 0, 10, 10), Box(0, 0, 10, 11)]
    let found = detections(regions, [0, 0.6, 0.4, 0, 0.7, 0.3])
    #expect(found.map(\.score) == [0.7, 0.4])
    #expect(found.map(\.classIndex) == [0, 1])
  }

  @Test func `the limit keeps the surest`() {
    let regions = [Box(0, 0, 10, 10), Box(50, 50, 60, 60), Box(80, 80, 90, 90)]
    let found = detections(
      regions, [0.4, 0.6, 0, 0.1, 0.9, 0, 0.3, 0.7, 0], nil,
      RegionDetectionOptions(detectionLimit: 2))
    #expect(found.map(\.score) == [0.9, 0.7])
  }

  @Test func `what is moved out of the picture is no detection`() {
    #expect(detections([Box(90, 0, 100, 10)], [0, 1, 0], [20, 0, 0, 0, 0, 0, 0, 0]).isEmpty)
  }

  @Test func `no regions and NaN give no detections`() {
    #expect(detections([], []).isEmpty)
    #expect(detections([Box(0, 0, 10, 10)], [.nan, .nan, .nan]).isEmpty)
  }

  @Test func `boxes, classes and their order are torchvision's`() throws {
    for vector in try golden("detection_proposals", as: ProposalsGolden.self).detections {
      let found = regionDetections(
        regions: vector.regions.map { Box(golden: $0) }, probabilities: vector.probabilities,
        offsets: vector.offsets, height: vector.height, width: vector.width,
        options: RegionDetectionOptions(detectionLimit: 8))
      #expect(found.map(\.classIndex) == vector.classes)
      expectClose(found.map(\.score), vector.scores, absolute: ProposalsGolden.scoreTolerance)
      expectClose(
        found.flatMap(\.box.corners), vector.boxes.joined().map { $0 },
        absolute: ProposalsGolden.pixelTolerance)
    }
  }
}
