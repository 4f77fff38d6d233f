import Layers
import TestSupport
import Testing

struct ScheduleTests {
  @Test func `a constant schedule stays at the peak`() {
    #expect([0, 0.3, 1].map { Schedule.constant($0) } == [1, 1, 1])
  }

  @Test func `a cosine falls from the peak to the floor`() {
    let schedule = Schedule.cosine()
    #expect(schedule(0) == 1)
    // cos in Float, rounded once more in the sum.
    #expect((schedule(0.5) - 0.5).magnitude < 1e-6)
    #expect((schedule(0.25) - 0.853_553_4).magnitude < 1e-6)
    #expect(schedule(1).magnitude < 1e-6)
    #expect(schedule(2) == schedule(1))
    #expect(schedule(-1) == schedule(0))
  }

  @Test func `a warm-up rises in a straight line`() {
    let schedule = Schedule.cosine(warmUp: 0.2, floor: 0.1)
    #expect(schedule(0) == 0)
    #expect((schedule(0.1) - 0.5).magnitude < 1e-6)
    #expect((schedule(0.2) - 1).magnitude < 1e-6)
    #expect((schedule(0.6) - 0.55).magnitude < 1e-6)
    #expect((schedule(1) - 0.1).magnitude < 1e-6)
  }

  @Test(arguments: TrainingGoldens.shared.schedules)
  func `a schedule follows PyTorch's step by step`(golden: TrainingGoldens.Schedule) throws {
    let a = golden.attributes
    let step = Schedule.step(at: a.milestones ?? [], factor: a.factor ?? 1)
    let schedules: [String: Schedule] = [
      "step": step, "cosine": .cosine(floor: a.floor ?? 0),
      "warmedUpStep": step.warmedUp(for: a.warmUp ?? 1, from: a.start ?? 0),
      "oneCycle": .oneCycle(rise: a.rise ?? 1, start: a.start ?? 0, end: a.end ?? 0),
    ]
    let schedule = try #require(schedules[golden.name])
    for (index, factor) in golden.factors.enumerated() {
      let share = Double(schedule(Float(index) / Float(golden.factors.count - 1)))
      #expect(Tolerance.cosine.allows(share, factor), "step \(index): \(share), not \(factor)")
    }
  }
}

extension Tolerance {
  /// A cosine of an angle that is rounded, near its ends a difference of almost equal numbers.
  fileprivate static let cosine = Tolerance(
    "cosine", absolute: 4 * rounding, relative: 8 * rounding)
}
