import Detection
import Tensors
import Testing

struct RegionTargetsTests {
  private var generator = SplitMix64(seed: 1)

  private let banana = LabeledBox(box: Box(10, 10, 30, 20), classIndex: 2)

  @Test mutating func `objects are regions too, so that there is a positive from the first step`() {
    let targets = RegionTargets(
      proposals: [Box(60, 60, 70, 70)], labels: [banana], count: 8, using: &generator)
    #expect(targets.boxes == [banana.box, Box(60, 60, 70, 70)])
    #expect(targets.classes == [3, 0])
    #expect(targets.groundTruths == [0])
    #expect(targets.offsets == [BoxOffset(x: 0, y: 0, width: 0, height: 0)])
  }

  @Test mutating func `a picture without objects gives background alone`() {
    let proposals = (0..<20).map { Box(Float($0), 0, Float($0) + 9, 9) }
    let targets = RegionTargets(
      proposals: proposals, labels: [], count: 8, using: &generator)
    #expect(targets.classes == [Int32](repeating: 0, count: 8))
    #expect(targets.offsets.isEmpty && targets.groundTruths.isEmpty)
  }

  @Test mutating func `with neither proposals nor objects there is no region`() {
    let targets = RegionTargets(proposals: [], labels: [], count: 8, using: &generator)
    #expect(targets.boxes.isEmpty && targets.classes.isEmpty)
  }

  @Test mutating func `proposals of one pixel and outside of the picture are background`() {
    let odd = [Box(12, 12, 13, 13), Box(-50, -50, -10, -10), Box(500, 500, 510, 510)]
    let targets = RegionTargets(proposals: odd, labels: [banana], count: 8, using: &generator)
    #expect(targets.boxes == [banana.box] + odd)
    #expect(targets.classes == [3, 0, 0, 0])
  }

  @Test mutating func `classes, objects and offsets are torchvision's`() throws {
    for vector in try golden("detection_proposals", as: ProposalsGolden.self).regions {
      let labels = zip(vector.objects, vector.classes).map {
        LabeledBox(box: Box(golden: $0), classIndex: $1)
      }
      let targets = RegionTargets(
        proposals: vector.proposals.map { Box(golden: $0) }, labels: labels,
        count: 2 * vector.regions.count, positiveShare: 0.5, using: &generator)
      // Objects first here, in one order there.
      let order =
        vector.regionClasses.indices.filter { vector.regionClasses[$0] > 0 }
        + vector.regionClasses.indices.filter { vector.regionClasses[$0] == 0 }
      #expect(targets.boxes == order.map { Box(golden: vector.regions[$0]) })
      #expect(targets.classes == order.map { Int32(vector.regionClasses[$0]) })
      let objects = order.prefix(targets.groundTruths.count)
      #expect(targets.groundTruths == objects.map { vector.groundTruths[$0] })
      expectClose(
        targets.offsets.flatMap(\.parts), vector.offsets.joined().map { $0 },
        absolute: ProposalsGolden.offsetTolerance)
    }
  }
}
