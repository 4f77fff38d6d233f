import Testing

import BookFormat

struct ProgressTests {
  private func state(_ done: Int, after seconds: Double, note: String = "") -> ProgressState {
    ProgressState(label: "training", done: done, total: 40, seconds: seconds, note: note)
  }

  @Test func `a line tells rate, remaining time and note`() {
    #expect(
      state(10, after: 5, note: "loss 0.5").line
        == "training  10/40  25 %  2.0/s  0:15 left  loss 0.5")
    #expect(state(40, after: 65).line == "training  40/40  100 %  0.6/s  in 1:05")
    #expect(state(0, after: 0).line == "training  0/40  0 %")
  }

  @Test func `a duration is written as on a clock`() {
    #expect(ProgressState.clock(7.4) == "0:07")
    #expect(ProgressState.clock(3723) == "1:02:03")
    #expect(ProgressState.clock(.infinity).isEmpty == false)
  }

  @Test func `a pipe gets a line now and then, and the last`() {
    var display = ProgressDisplay(columns: nil)
    #expect(display.show(state(1, after: 1)) == "")
    #expect(display.show(state(2, after: 11)) == state(2, after: 11).line + "\n")
    #expect(display.show(state(3, after: 12)) == "")
    #expect(display.show(state(40, after: 13)) == state(40, after: 13).line + "\n")
  }

  @Test func `a terminal gets one line that fits and is taken away for other text`() {
    var display = ProgressDisplay(columns: 30)
    let drawn = display.show(state(20, after: 1))
    #expect(drawn.hasPrefix("\r\u{1b}[2K━━━━━━━━━━──────────"))
    #expect(drawn.dropFirst(5).count == 29)
    #expect(display.clear() == "\r\u{1b}[2K")
    #expect(display.clear() == "")
    #expect(display.show(state(40, after: 2)).hasSuffix("\n"))
    #expect(display.clear() == "")
  }
}
