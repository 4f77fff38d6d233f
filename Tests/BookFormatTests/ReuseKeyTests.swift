import Testing

import BookFormat

struct ReuseKeyTests {
  private let key = ReuseKey([
    .init(.toolchain, "version", "6.3"), .init(.library, "Sources/A/a.swift", "1"),
    .init(.cell, "train", "2"), .init(.data, "a.png", "3"),
    .init(.environment, "OMP_NUM_THREADS", "unset"), .init(.input, "rate", "0.1"),
    .init(.results, "yolo", "4"),
  ])

  private func changed(_ change: (inout [ReuseKey.Part]) -> Void) -> String? {
    var parts = key.parts
    change(&parts)
    return key.firstDifference(from: ReuseKey(parts))
  }

  @Test func `equal keys have no difference`() {
    #expect(changed { _ in } == nil)
  }

  @Test func `each part that changes is named in words`() {
    #expect(
      changed { $0[0].value = "6.4" } == "the toolchain's version changed from “6.3” to “6.4”")
    #expect(changed { $0[1].value = "x" } == "the library file Sources/A/a.swift changed")
    #expect(changed { $0[2].value = "x" } == "the cell “train” changed")
    #expect(changed { $0[3].value = "x" } == "the data file a.png changed")
    #expect(
      changed { $0[4].value = "2" }
        == "the environment variable OMP_NUM_THREADS changed from “unset” to “2”")
    #expect(changed { $0[6].value = "x" } == "what the chapter “yolo” measured changed")
    #expect(changed { $0[5].value = "0.2" } == "the input “rate” changed from “0.1” to “0.2”")
  }

  @Test func `parts that come and go are named`() {
    #expect(changed { $0.remove(at: 3) } == "the data file a.png is gone")
    #expect(
      changed { $0.append(.init(.library, "Sources/B/b.swift", "1")) }
        == "the library file Sources/B/b.swift is new")
  }

  @Test func `the first difference is the one nearest to the machine`() {
    #expect(
      changed {
        $0[1].value = "x"
        $0[2].value = "x"
      } == "the library file Sources/A/a.swift changed")
  }

  @Test func `inputs can be left out and replaced`() {
    #expect(key.withoutInputs.parts.count == 6)
    #expect(key.with(inputs: [.init(.input, "n", "1")]).parts.last?.name == "n")
  }
}
