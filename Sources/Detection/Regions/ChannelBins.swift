import Tensors

// Between bins with 16 channels side by side, as loops over cells make them, and the row-major
// order of a result, where the bins of one channel lie side by side.

private typealias Lanes = Tensor.ChannelBlock

/// Writes channel c of bin b to `result[c · count + b]`, for the first `channels` channels.
func scatterChannels(
  _ bins: UnsafePointer<Tensor.ChannelBlock>, count: Int, to result: UnsafeMutablePointer<Float>,
  channels: Int
) {
  var bin = 0
  if channels == Lanes.scalarCount {
    while bin + Lanes.scalarCount <= count {
      var square = Square(bins + bin)
      square.transpose()
      for channel in 0..<Lanes.scalarCount {
        UnsafeMutableRawPointer(result + channel * count + bin)
          .storeBytes(of: square[channel], as: Lanes.self)
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
private struct Square {
  private var rows = InlineArray<16, Lanes>(repeating: .zero)

  init(_ source: UnsafePointer<Lanes>) {
    for row in 0..<16 { rows[row] = source[row] }
  }

  init(_ row: (Int) -> Lanes) {
    for index in 0..<16 { rows[index] = row(index) }
  }

  subscript(row: Int) -> Lanes { rows[row] }

  /// Exchanges rows and lanes.
  ///
  /// Shuffling row i with row i + 8, like two halves of a deck, turns the 8 bits of a number's
  /// address (row, lane) left by one; four times, and row and lane have changed places.
  mutating func transpose() {
    for _ in 0..<4 {
      let before = rows
      for row in 0..<8 {
        var shuffled = SIMD32<Float>()
        shuffled.evenHalf = before[row]
        shuffled.oddHalf = before[row + 8]
        rows[2 * row] = shuffled.lowHalf
        rows[2 * row + 1] = shuffled.highHalf
      }
    }
  }
}
