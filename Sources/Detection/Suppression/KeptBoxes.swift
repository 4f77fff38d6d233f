/// The boxes kept so far, in blocks of 16 columns: a candidate is compared with a whole block at once.
struct KeptBoxes {
  private typealias Lanes = SIMD16<Float>

  /// Unused lanes hold NaN, which overlaps nothing.
  private struct Block {
    var x0 = Lanes(repeating: .nan)
    var y0 = Lanes(repeating: .nan)
    var x1 = Lanes(repeating: .nan)
    var y1 = Lanes(repeating: .nan)
    var area = Lanes(repeating: .nan)
  }

  /// Blocks that are looked through before the first test for a hit; room is a multiple of it.
  private static let blocksPerTest = 4

  private var blocks: [Block]
  private var count = 0
  private let threshold: Float
  /// The share of two areas' sum that must be shared for an overlap above the threshold.
  ///
  /// s/(a + b − s) > t means s > t/(1 + t) · (a + b). A little less, so that rounding excludes none.
  private let leastShare: Float

  /// Makes room for `capacity` boxes.
  init(capacity: Int, threshold: Float) {
    let boxesPerTest = Lanes.scalarCount * Self.blocksPerTest
    let tests = (capacity + boxesPerTest - 1) / boxesPerTest
    blocks = Array(repeating: Block(), count: tests * Self.blocksPerTest)
    self.threshold = threshold
    leastShare = threshold / (1 + threshold) * (1 - 1e-5)
  }

  /// Forgets the boxes, keeps the room.
  mutating func removeAll() {
    for index in 0..<(count + Lanes.scalarCount - 1) / Lanes.scalarCount { blocks[index] = Block() }
    count = 0
  }

  /// Keeps `box` and returns true, unless a kept box overlaps it by more than the threshold.
  mutating func admits(_ box: Box) -> Bool {
    let isFree = blocks.withUnsafeBufferPointer { !overlaps(box, in: $0) }
    if isFree { append(box) }
    return isFree
  }

  private mutating func append(_ box: Box) {
    let (index, lane) = count.quotientAndRemainder(dividingBy: Lanes.scalarCount)
    blocks[index].x0[lane] = box.x0
    blocks[index].y0[lane] = box.y0
    blocks[index].x1[lane] = box.x1
    blocks[index].y1[lane] = box.y1
    blocks[index].area[lane] = box.area
    count += 1
  }

  private func overlaps(_ box: Box, in blocks: UnsafeBufferPointer<Block>) -> Bool {
    let boxesPerTest = Lanes.scalarCount * Self.blocksPerTest
    let x0 = Lanes(repeating: box.x0)
    let y0 = Lanes(repeating: box.y0)
    let x1 = Lanes(repeating: box.x1)
    let y1 = Lanes(repeating: box.y1)
    let area = Lanes(repeating: box.area)
    let leastShare = Lanes(repeating: leastShare)
    let threshold = Lanes(repeating: threshold)

    @inline(__always) func shared(_ block: Block) -> Lanes {
      Self.sharedLength(x0, x1, block.x0, block.x1) * Self.sharedLength(y0, y1, block.y0, block.y1)
    }
    for first in stride(
      from: 0, to: (count + boxesPerTest - 1) / boxesPerTest * Self.blocksPerTest,
      by: Self.blocksPerTest)
    {
      var mayOverlap = SIMDMask<Lanes.MaskStorage>(repeating: false)
      for index in first..<first + Self.blocksPerTest {
        mayOverlap .|= shared(blocks[index]) .> leastShare * (blocks[index].area + area)
      }
      // Most boxes are apart: the division is left to those that are not.
      guard any(mayOverlap) else { continue }
      for index in first..<first + Self.blocksPerTest {
        let shared = shared(blocks[index])
        if any(shared / (blocks[index].area + area - shared) .> threshold) { return true }
      }
    }
    return false
  }

  @inline(__always)
  private static func sharedLength(_ a0: Lanes, _ a1: Lanes, _ b0: Lanes, _ b1: Lanes) -> Lanes {
    let start = a0.replacing(with: b0, where: b0 .> a0)
    let end = a1.replacing(with: b1, where: b1 .< a1)
    return (end - start).replacing(with: 0, where: end .< start)
  }
}
