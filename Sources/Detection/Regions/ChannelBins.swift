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
      var square = LaneSquare { bins[bin + $0] }
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
      var square = LaneSquare { channel in
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
