public import Tensors

extension SelectiveSearch {
  /// The proposals in each of several pictures, on all threads.
  ///
  /// Each picture has random numbers of its own, so the result does not depend on the threads.
  /// - Parameters:
  ///   - pictures: interleaved bytes of each picture, row after row, all of one size.
  ///   - random: where the pictures' random numbers come from; moves on once a picture.
  public func callAsFunction(
    pictures: [[UInt8]], height: Int, width: Int, using random: inout SplitMix64
  ) -> [[Box]] {
    let seeds = pictures.map { _ in random.next() }
    var proposals = [[Box]](repeating: [], count: pictures.count)
    proposals.withUnsafeMutableBufferPointer { proposals in
      // Invariant: each thread writes the elements of its own range only.
      nonisolated(unsafe) let proposals = proposals
      inParallel(pictures.count, smallest: 2) { range in
        for picture in range {
          var random = SplitMix64(seed: seeds[picture])
          proposals[picture] = self(
            rgb: pictures[picture], height: height, width: width, using: &random)
        }
      }
    }
    return proposals
  }
}
