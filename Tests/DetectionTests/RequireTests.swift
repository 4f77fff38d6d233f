import Detection
import Testing

/// A wrong argument stops the program with a message, in every build.
struct RequireTests {
  @Test func `a number of scores other than of boxes is named`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = suppressed([Box(0, 0, 1, 1)], scores: [0.5, 0.6], overlapThreshold: 0.5)
    }
    #expect(message(of: result).contains("1 boxes but 2 scores"))
  }

  @Test func `an assignment threshold of 0 is refused`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = multiboxTargets(anchors: [Box(0, 0, 1, 1)], labels: [[]], overlapThreshold: 0)
    }
    #expect(message(of: result).contains("overlapThreshold is 0.0; it must be above 0"))
  }

  @Test func `predictions that do not fit the anchors are counted`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let anchors = [Box](repeating: Box(0, 0, 1, 1), count: 2)
      _ = multiboxDetections(probabilities: [0, 1, 0, 1], offsets: [0, 0, 0], anchors: anchors)
    }
    #expect(message(of: result).contains("3 offsets for 2 anchors"))
  }

  @Test func `scores of a proposal network that do not fit the anchors are counted`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let filter = ProposalFilter(candidateLimit: 9, proposalLimit: 9)
      _ = filter(
        anchors: [Box(0, 0, 1, 1)], logits: [1, 2], offsets: [0, 0, 0, 0], height: 9, width: 9)
    }
    #expect(message(of: result).contains("2 scores and 4 offsets for 1 anchors"))
  }

  @Test func `probabilities that do not fit the regions are counted`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = regionDetections(
        regions: [Box(0, 0, 1, 1)], probabilities: [0, 1], offsets: [0, 0, 0], height: 9, width: 9)
    }
    #expect(message(of: result).contains("2 probabilities and 3 offsets for 1 regions"))
  }

  @Test func `an overlap that was not evaluated cannot be asked for`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = AveragePrecision(detections: [], groundTruths: [], overlapThresholds: [0.5]).ap75
    }
    #expect(message(of: result).contains("overlap 0.75 was not evaluated"))
  }

  private func message(of result: ExitTest.Result) -> String {
    String(decoding: result.standardErrorContent, as: UTF8.self)
  }
}
