import Layers
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
}
