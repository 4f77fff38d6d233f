/// The elements of `[N, C, H, W]` with 16 channels side by side.
///
/// Vector `((n · blocks + block) · H + y) · W + x` holds channels 16 · block and following of one
/// cell; a last block that C does not fill is padded with zeros. Loops over cells work on whole
/// vectors, and maps that come from a convolution on AVX-512 already lie so.
extension Tensor {
  /// Sixteen channels of one cell.
  package typealias ChannelBlock = SIMD16<Float>

  /// Blocks that hold `channels` channels.
  package static func channelBlockCount(_ channels: Int) -> Int {
    (channels + ChannelBlock.scalarCount - 1) / ChannelBlock.scalarCount
  }

  /// Lends the elements in channel blocks, without copying them when they already lie so.
  package func withChannelBlocks<Result>(
    _ body: (UnsafePointer<ChannelBlock>) throws -> Result
  ) rethrows -> Result {
    require(rank == 4, "withChannelBlocks: the shape \(shape) must be [N, C, H, W]")
    let blocked = storage.converted(to: .channelBlocks(shape))
    return try withExtendedLifetime(blocked) {
      try body(UnsafePointer(blocked.buffer.pointer.assumingMemoryBound(to: ChannelBlock.self)))
    }
  }

  /// A tensor whose channel blocks `fill` writes: every one, and zeros in what pads the last.
  package init(
    channelBlocksOf shape: [Int], fill: (UnsafeMutablePointer<ChannelBlock>) -> Void
  ) {
    require(shape.count == 4, "channelBlocksOf: the shape \(shape) must be [N, C, H, W]")
    let storage = Storage(.channelBlocks(shape))
    fill(storage.buffer.pointer.assumingMemoryBound(to: ChannelBlock.self))
    self.init(storage)
  }
}
