import Tensors
import Testing

@testable import Detection

struct ChannelBinsTests {
  /// Bin b of channel c holds 100 · c + b.
  private func bins(_ count: Int) -> [SIMD16<Float>] {
    (0..<count).map { bin in
      var block = SIMD16<Float>()
      for channel in 0..<16 { block[channel] = Float(100 * channel + bin) }
      return block
    }
  }

  @Test(arguments: [1, 15, 16, 17, 49], [1, 5, 16])
  func `channels side by side become bins side by side`(count: Int, channels: Int) {
    var result = [Float](repeating: -1, count: channels * count + 1)
    scatterChannels(bins(count), count: count, to: &result, channels: channels)
    let expected = (0..<channels).flatMap { channel in
      (0..<count).map { Float(100 * channel + $0) }
    }
    #expect(result == expected + [-1])
  }

  @Test(arguments: [1, 15, 16, 17, 49], [1, 5, 16])
  func `bins side by side become channels side by side, missing channels 0`(
    count: Int, channels: Int
  ) {
    let source = (0..<channels).flatMap { channel in
      (0..<count).map { Float(100 * channel + $0) }
    }
    var result = [SIMD16<Float>](repeating: SIMD16(repeating: -1), count: count)
    gatherChannels(source, channels: channels, count: count, into: &result)
    let expected = bins(count).map { block in
      var block = block
      for channel in channels..<16 { block[channel] = 0 }
      return block
    }
    #expect(result == expected)
  }
}
