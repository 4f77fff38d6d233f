import Detection
import Foundation
import Models
import Tensors
import TestSupport
import Testing

/// `Tests/Goldens/two_stage_losses.json`: PyTorch's losses on torchvision's matches.
private struct LossGoldens: Decodable {
  struct Object: Decodable {
    let box: [Float]
    let classIndex: Int
  }
  struct Proposals: Decodable {
    let anchors: [[Float]]
    let logits, offsets, logitGradient, offsetGradient: ExpectedTensor
    let objectness, boxes: Double
  }
  struct Regions: Decodable {
    let proposals: [[[Float]]]
    let logits, offsets, logitGradient, offsetGradient: ExpectedTensor
    let classes, boxes: Double
  }
  let objects: [[Object]]
  let proposalLosses: Proposals
  let regionLosses: Regions

  init() throws {
    self = try JSONDecoder().decode(
      LossGoldens.self, from: Data(contentsOf: goldenFile("two_stage_losses.json")))
  }
}

private func box(_ corners: [Float]) -> Box { Box(corners[0], corners[1], corners[2], corners[3]) }

struct TwoStageLossesTests {
  private var random = SplitMix64(seed: 1)
  private let golden: LossGoldens
  /// More than there is to draw from: samples hold everything.
  private let everything = 1000
  /// Sums of some tens of terms of up to 10, in Float; targets are logarithms and quotients.
  private let tolerance = Tolerance.dot(count: 64, magnitude: 10)

  init() throws { golden = try LossGoldens() }

  @Test mutating func `the losses of proposals, and their gradients, are PyTorch's`() {
    let expected = golden.proposalLosses
    let (logits, offsets) = (Parameter(expected.logits.tensor), Parameter(expected.offsets.tensor))
    let targets = golden.objects.map {
      AnchorTargets(
        anchors: expected.anchors.map(box), groundTruths: $0.map { box($0.box) },
        count: everything, using: &random)
    }
    training {
      let (objectness, boxes) = proposalLosses(logits.value, offsets.value, targets)
      #expect(tolerance.allows(Double(objectness.scalar), expected.objectness))
      #expect(tolerance.allows(Double(boxes.scalar), expected.boxes))
      (objectness + boxes).backward()
    }
    expectClose(logits.gradient!, expected.logitGradient, tolerance)
    expectClose(offsets.gradient!, expected.offsetGradient, tolerance)
  }

  @Test mutating func `the losses of regions, and their gradients, are PyTorch's`() {
    let expected = golden.regionLosses
    let (logits, offsets) = (Parameter(expected.logits.tensor), Parameter(expected.offsets.tensor))
    let targets = zip(expected.proposals, golden.objects).map { proposals, objects in
      RegionTargets(
        proposals: proposals.map(box),
        labels: objects.map { LabeledBox(box: box($0.box), classIndex: $0.classIndex) },
        count: everything, using: &random)
    }
    training {
      let (classes, boxes) = regionLosses(logits.value, offsets.value, targets)
      #expect(tolerance.allows(Double(classes.scalar), expected.classes))
      #expect(tolerance.allows(Double(boxes.scalar), expected.boxes))
      (classes + boxes).backward()
    }
    expectClose(logits.gradient!, expected.logitGradient, tolerance)
    expectClose(offsets.gradient!, expected.offsetGradient, tolerance)
  }

  @Test mutating func `pictures without objects have no loss of boxes`() {
    let anchors = [Box(0, 0, 8, 8), Box(8, 8, 16, 16)]
    let anchorTargets = AnchorTargets(
      anchors: anchors, groundTruths: [], count: 4, using: &random)
    let ofProposals = proposalLosses(.zeros([1, 2]), .ones([1, 2, 4]), [anchorTargets])
    #expect(abs(ofProposals.objectness.scalar - logf(2)) < 1e-6)
    #expect(ofProposals.boxes.scalar == 0)
    let regionTargets = RegionTargets(proposals: anchors, labels: [], count: 4, using: &random)
    let ofRegions = regionLosses(.zeros([2, 3]), .ones([2, 2, 4]), [regionTargets])
    #expect(abs(ofRegions.classes.scalar - logf(3)) < 1e-6)
    #expect(ofRegions.boxes.scalar == 0)
  }

  @Test mutating func `without anything to look at all losses are 0`() {
    let ofProposals = proposalLosses(
      .zeros([1, 0]), .zeros([1, 0, 4]),
      [AnchorTargets(anchors: [], groundTruths: [], count: 4, using: &random)])
    #expect(ofProposals.objectness.scalar == 0 && ofProposals.boxes.scalar == 0)
    let ofRegions = regionLosses(
      .zeros([0, 3]), .zeros([0, 2, 4]),
      [RegionTargets(proposals: [], labels: [], count: 4, using: &random)])
    #expect(ofRegions.classes.scalar == 0 && ofRegions.boxes.scalar == 0)
  }
}
