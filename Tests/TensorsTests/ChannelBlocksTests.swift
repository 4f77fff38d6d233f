import Tensors
import Testing

struct ChannelBlocksTests {
  @Test func `sixteen channels of a cell lie side by side, missing ones are 0`() {
    let map = Tensor((0..<2 * 18 * 6).map(Float.init), shape: [2, 18, 2, 3])
    map.withChannelBlocks { blocks in
      for picture in 0..<2 {
        for block in 0..<2 {
          for cell in 0..<6 {
            let found = blocks[(picture * 2 + block) * 6 + cell]
            for lane in 0..<16 {
              let channel = block * 16 + lane
              let value = channel < 18 ? Float((picture * 18 + channel) * 6 + cell) : 0
              #expect(found[lane] == value)
            }
          }
        }
      }
    }
  }

  @Test func `a tensor made of channel blocks reads in row-major order`() {
    let map = Tensor((0..<2 * 18 * 6).map(Float.init), shape: [2, 18, 2, 3])
    let copy = map.withChannelBlocks { blocks in
      Tensor(channelBlocksOf: map.shape) { $0.update(from: blocks, count: 2 * 2 * 6) }
    }
    #expect(copy.scalars == map.scalars)
  }

  @Test func `channels are counted in whole blocks`() {
    #expect([1, 16, 17, 32].map(Tensor.channelBlockCount) == [1, 1, 2, 2])
  }
}
