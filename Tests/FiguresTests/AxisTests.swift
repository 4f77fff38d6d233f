import Testing

@testable import Figures

@Suite struct AxisTests {
  @Test func `the unit stands in brackets`() {
    #expect(Axis("time", unit: "s").text == "time (s)")
    #expect(Axis("loss").text == "loss")
  }

  @Test func `limits win over data`() {
    #expect(
      Axis("x", limits: 1...2).range(of: [5, 9], margin: 0.1, reachesZero: true) == 1...2)
  }

  @Test func `a loss that comes near zero starts at zero`() {
    let range = Axis("loss").range(of: [0.2, 2.0], margin: 0.05, reachesZero: true)
    #expect(range.lowerBound == 0 && abs(range.upperBound - 2.09) < 1e-12)
    #expect(Axis("y").range(of: [9, 10], margin: 0, reachesZero: true) == 9...10)
    #expect(Axis("y").range(of: [-1, 3], margin: 0, reachesZero: true) == -1...3)
  }

  @Test func `no data, one value and values that cannot be shown leave a usable range`() {
    #expect(Axis("y").range(of: [], margin: 0.1, reachesZero: true) == 0...1)
    #expect(Axis("y").range(of: [.nan, .infinity], margin: 0.1, reachesZero: true) == 0...1)
    #expect(Axis("y").range(of: [4, 4], margin: 0.1, reachesZero: true) == 2...6)
    #expect(Axis("y").range(of: [0], margin: 0.1, reachesZero: true) == -1...1)
    let log = Axis("y", scale: .logarithmic)
    #expect(log.range(of: [-1, 0], margin: 0.1, reachesZero: true) == 0.1...10)
    #expect(log.range(of: [-1, 1, 100], margin: 0, reachesZero: true) == 1...100)
  }

  @Test func `a logarithmic axis puts equal ratios equally far apart`() {
    let log = Axis("y", scale: .logarithmic)
    #expect(abs(log.fraction(10, in: 1...100) - 0.5) < 1e-12)
    #expect(Axis("y").fraction(25, in: 0...100) == 0.25)
  }
}
