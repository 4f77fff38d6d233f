import Detection
import Foundation
import Testing

struct ProposalFilterTests {
  private func filtered(
    _ filter: ProposalFilter, _ anchors: [Box], _ logits: [Float], side: Float = 100
  ) -> [Proposal] {
    filter(
      anchors: anchors, logits: logits,
      offsets: [Float](repeating: 0, count: 4 * anchors.count), height: side, width: side)
  }

  @Test func `proposals come with their anchor, the likeliest first`() {
    let anchors = [Box(0, 0, 10, 10), Box(50, 50, 60, 60), Box(80, 0, 90, 10)]
    let found = filtered(
      ProposalFilter(candidateLimit: 9, proposalLimit: 9), anchors, [-1, 2, 0.5])
    #expect(found.map(\.anchor) == [1, 2, 0])
    #expect(found.map(\.logit) == [2, 0.5, -1])
    #expect(found[0].box == anchors[1])
  }

  @Test func `candidates are cut before suppression, proposals after it`() {
    let twins = [Box(0, 0, 10, 10), Box(0, 0, 10, 10), Box(50, 50, 60, 60)]
    let few = filtered(ProposalFilter(candidateLimit: 2, proposalLimit: 2), twins, [3, 2, 1])
    #expect(few.map(\.anchor) == [0])
    let more = filtered(ProposalFilter(candidateLimit: 3, proposalLimit: 2), twins, [3, 2, 1])
    #expect(more.map(\.anchor) == [0, 2])
    let one = filtered(ProposalFilter(candidateLimit: 3, proposalLimit: 1), twins, [3, 2, 1])
    #expect(one.map(\.anchor) == [0])
  }

  @Test func `a region that reaches out of the picture is clipped, one outside is dropped`() {
    let anchors = [Box(-20, -5, 30, 40), Box(-40, 0, -10, 30), Box(120, 120, 150, 150)]
    let found = filtered(
      ProposalFilter(candidateLimit: 9, proposalLimit: 9), anchors, [0, 5, 4])
    #expect(found.map(\.box) == [Box(0, 0, 30, 40)])
  }

  @Test func `a box of one pixel stays if that is allowed`() {
    let anchors = [Box(3, 4, 4, 5)]
    let allowed = ProposalFilter(candidateLimit: 9, proposalLimit: 9, shortestSide: 1)
    #expect(filtered(allowed, anchors, [0]).count == 1)
    let forbidden = ProposalFilter(candidateLimit: 9, proposalLimit: 9, shortestSide: 1.5)
    #expect(filtered(forbidden, anchors, [0]).isEmpty)
  }

  @Test func `no anchor, no candidate and no room give no proposal`() {
    #expect(filtered(ProposalFilter(candidateLimit: 9, proposalLimit: 9), [], []).isEmpty)
    let anchors = [Box(0, 0, 10, 10)]
    #expect(filtered(ProposalFilter(candidateLimit: 0, proposalLimit: 9), anchors, [1]).isEmpty)
    #expect(filtered(ProposalFilter(candidateLimit: 9, proposalLimit: 0), anchors, [1]).isEmpty)
  }

  @Test func `an offset of NaN makes no proposal`() {
    let found = ProposalFilter(candidateLimit: 9, proposalLimit: 9)(
      anchors: [Box(0, 0, 10, 10)], logits: [1], offsets: [0, .nan, 0, 0], height: 50, width: 50)
    #expect(found.isEmpty)
  }

  @Test func `boxes, their order and their scores are torchvision's`() throws {
    for vector in try golden("detection_proposals", as: ProposalsGolden.self).filters {
      let filter = ProposalFilter(
        candidateLimit: vector.candidateLimit, proposalLimit: vector.proposalLimit,
        shortestSide: vector.shortestSide)
      let found = filter(
        anchors: vector.anchors.map { Box(golden: $0) }, logits: vector.logits,
        offsets: vector.offsets, height: vector.height, width: vector.width)
      #expect(found.count == vector.boxes.count)
      expectClose(
        found.flatMap(\.box.corners), vector.boxes.joined().map { $0 },
        absolute: ProposalsGolden.pixelTolerance)
      expectClose(
        found.map { 1 / (1 + exp(-$0.logit)) }, vector.scores,
        absolute: ProposalsGolden.scoreTolerance)
    }
  }
}
