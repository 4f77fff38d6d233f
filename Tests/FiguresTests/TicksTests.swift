import Testing

@testable import Figures

@Suite struct TicksTests {
  @Test func `steps are one, two or five times a power of ten`() {
    #expect(
      Tick.linear(in: 0...1, most: 6).map(\.value) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
    #expect(Tick.linear(in: 0...100, most: 5).map(\.label) == ["0", "50", "100"])
    #expect(
      Tick.linear(in: -3...3, most: 8).map(\.label) == ["−3", "−2", "−1", "0", "1", "2", "3"])
    #expect(Tick.linear(in: -3.7...4.7, most: 5).map(\.label) == ["−2", "0", "2", "4"])
    #expect(Tick.linear(in: 17...23, most: 4).map(\.label) == ["18", "20", "22"])
  }

  @Test func `there are never more ticks than asked for`() {
    for (low, high) in [(0.0, 1.0), (-7.3, 11.9), (0.0013, 0.0047), (1e6, 3.3e6), (-1e-9, 2e-9)] {
      for most in 2...12 {
        let ticks = Tick.linear(in: low...high, most: most)
        #expect(ticks.count <= most, "\(low)…\(high), \(most)")
        #expect(ticks.allSatisfy { $0.value >= low - 1e-12 && $0.value <= high * (1 + 1e-12) })
        #expect(Set(ticks.map(\.label)).count == ticks.count, "\(ticks.map(\.label))")
      }
    }
  }

  @Test func `all ticks of an axis have the same number of decimals`() {
    #expect(
      Tick.linear(in: 0...2, most: 5).map(\.label) == ["0", "0.5", "1.0", "1.5", "2.0"])
    #expect(Tick.label(0.05, step: 0.01) == "0.05")
  }

  @Test func `large numbers are grouped and very large and small ones are powers`() {
    #expect(Tick.label(9999, step: 1) == "9999")
    #expect(Tick.label(25300, step: 100) == "25\u{2009}300")
    #expect(Tick.label(-1_234_567, step: 1) == "−1\u{2009}234\u{2009}567")
    #expect(Tick.label(20_000_000, step: 10_000_000) == "2·10⁷")
    #expect(Tick.label(1.5e-6, step: 5e-7) == "1.5·10⁻⁶")
  }

  @Test func `a logarithmic axis names powers of ten`() {
    #expect(
      Tick.logarithmic(in: 1e-7...1e-2, most: 8).map(\.label)
        == ["10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²"])
    #expect(
      Tick.logarithmic(in: 0.01...10, most: 8).map(\.label) == ["0.01", "0.1", "1", "10"])
    #expect(Tick.logarithmic(in: 1e-12...1, most: 5).count <= 5)
  }

  @Test func `a logarithmic axis of few powers also names twos and fives`() {
    #expect(
      Tick.logarithmic(in: 0.9...60, most: 8).map(\.label) == ["1", "2", "5", "10", "20", "50"])
  }
}
