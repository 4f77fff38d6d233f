import Testing

@testable import Detection

struct AxisTapsTests {
  /// The weight of each of `extent` cells in each bin of one region.
  private func weights(
    _ low: Float, _ high: Float, bins: Int, extent: Int, samplingRatio: Int?, aligned: Bool = true
  ) -> [[Float]] {
    var axis = AxisTaps(
      bins: bins, extent: extent, samplingRatio: samplingRatio, isAligned: aligned)
    axis.append(from: low, to: high)
    return (0..<bins).map { bin in
      var dense = [Float](repeating: 0, count: extent)
      for tap in axis.taps[axis.starts[bin]..<axis.starts[bin + 1]] {
        dense[tap.cell] += tap.weight
      }
      return dense
    }
  }

  @Test func `a sample at a cell's centre reads that cell alone`() {
    #expect(weights(1, 2, bins: 1, extent: 4, samplingRatio: 1) == [[0, 1, 0, 0]])
  }

  @Test func `a sample between two cells reads both by nearness`() {
    #expect(weights(1.25, 2.25, bins: 1, extent: 4, samplingRatio: 1) == [[0, 0.75, 0.25, 0]])
  }

  @Test func `samples of one bin that share a cell are one tap`() {
    var axis = AxisTaps(bins: 1, extent: 4, samplingRatio: 4, isAligned: true)
    axis.append(from: 1, to: 2)
    #expect(axis.taps.map(\.cell) == [0, 1, 2])
    #expect(axis.taps.map(\.weight) == [0.125, 0.75, 0.125])
    #expect(axis.reach == [0..<3])
  }

  @Test func `samples of a reversed axis are merged as well`() {
    let forward = weights(0, 4, bins: 1, extent: 4, samplingRatio: 8)
    #expect(weights(4, 0, bins: 1, extent: 4, samplingRatio: 8) == forward)
  }

  @Test func `a sample outside counts, with nothing read`() {
    #expect(weights(3, 7, bins: 1, extent: 4, samplingRatio: 4) == [[0, 0, 0, 0.5]])
  }

  @Test func `an adapted number of samples is that of the cells, rounded up`() {
    #expect(
      weights(0, 2.5, bins: 1, extent: 4, samplingRatio: nil)
        == weights(0, 2.5, bins: 1, extent: 4, samplingRatio: 3))
  }
}
