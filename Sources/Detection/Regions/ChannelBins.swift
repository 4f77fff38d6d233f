import Tensors

// Between bins with 16 channels side by side, as loops over cells make them, and the row-major
// order of a result, where the bins of one channel lie side by side.

private typealias Lanes = Tensor.ChannelBlock

/// Writes channel c of bin b to `result[c · count + b]`, for the first `channels` channels.
func scatterChannels<Number: SIMDScalar>(
  _ bins: UnsafePointer<SIMD16<Number>>, count: Int, to result: UnsafeMutablePointer<Number>,
  channels: Int
) {
  var bin = 0
  if channels == Lanes.scalarCount {
    while bin + Lanes.scalarCount <= count {
      var square = Square { bins[bin + $0] }
      square.transpose()
      for channel in 0..<Lanes.scalarCount {
        UnsafeMutableRawPointer(result + channel * count + bin)
          .storeBytes(of: square[channel], as: SIMD16<Number>.self)
      }
      bin += Lanes.scalarCount
    }
  }
  while bin < count {
    for channel in 0..<channels { result[channel * count + bin] = bins[bin][channel] }
    bin += 1
  }
}

/// Reads channel c of bin b from `source[c · count + b]`; channels from `channels` on become 0.
func gatherChannels(
  _ source: UnsafePointer<Float>, channels: Int, count: Int,
  into bins: UnsafeMutablePointer<Tensor.ChannelBlock>
) {
  var bin = 0
  if channels == Lanes.scalarCount {
    while bin + Lanes.scalarCount <= count {
      var square = Square { channel in
        UnsafeRawPointer(source + channel * count + bin).loadUnaligned(as: Lanes.self)
      }
      square.transpose()
      for row in 0..<Lanes.scalarCount { bins[bin + row] = square[row] }
      bin += Lanes.scalarCount
    }
  }
  while bin < count {
    var block = Lanes.zero
    for channel in 0..<channels { block[channel] = source[channel * count + bin] }
    bins[bin] = block
    bin += 1
  }
}

/// Sixteen vectors of sixteen numbers.
private struct Square<Number: SIMDScalar> {
  private var rows = InlineArray<16, SIMD16<Number>>(repeating: SIMD16())

  init(_ row: (Int) -> SIMD16<Number>) {
    for index in 0..<16 { rows[index] = row(index) }
  }

  subscript(row: Int) -> SIMD16<Number> { rows[row] }

  /// Exchanges rows and lanes.
  ///
  /// Shuffling row i with row i + 8, like two halves of a deck, turns the 8 bits of a number's
  /// address (row, lane) left by one; four times, and row and lane have changed places.
  mutating func transpose() {
    for _ in 0..<4 {
      let before = rows
      for row in 0..<8 {
        var shuffled = SIMD32<Number>()
        shuffled.evenHalf = before[row]
        shuffled.oddHalf = before[row + 8]
        rows[2 * row] = shuffled.lowHalf
        rows[2 * row + 1] = shuffled.highHalf
      }
    }
  }
}
