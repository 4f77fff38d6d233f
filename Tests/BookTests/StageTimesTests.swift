import Book
import Testing

struct StageTimesTests {
  @Test func `stages keep the order of their first measurement, and add up`() {
    var times = StageTimes()
    let results = (0..<2).map { number in
      let late = times.measure("late") { number }
      return late + times.measure("early") { number }
    }
    #expect(results == [0, 2])
    #expect(times.stages.map(\.name) == ["late", "early"])
    let before = times.stages[1].seconds
    times.measure("early") {
      let watch = Stopwatch()
      while watch.seconds < 0.002 {}
    }
    #expect(times.stages[1].seconds >= before + 0.002)
  }

  @Test func `a stage that fails passes its error on`() {
    struct Failure: Error {}
    var times = StageTimes()
    #expect(throws: Failure.self) { try times.measure("stage") { throw Failure() } }
    #expect(times.stages.isEmpty)
  }

  @Test func `extents are named as a figure names them`() {
    #expect(shapeText([3, 128, 64]) == "3 × 128 × 64")
  }
}
