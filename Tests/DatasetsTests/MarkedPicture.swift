import Datasets
import Detection
import Images
import Tensors

/// A grey picture with one red rectangle, for following a box through a change.
struct MarkedPicture {
  static let side = 64
  let dataset: DecodedDataset

  /// The rectangle takes columns `x` and rows `y`.
  init(x: Range<Int>, y: Range<Int>) {
    let side = Self.side
    var pixels = [UInt8](repeating: 90, count: 3 * side * side)
    for row in y {
      for column in x {
        let start = 3 * (row * side + column)
        pixels.replaceSubrange(start..<start + 3, with: [250, 10, 10])
      }
    }
    var mask = Mask(width: side, height: side)
    for row in y { for column in x { mask[column, row] = true } }
    let box = Box(
      x0: Float(x.lowerBound), y0: Float(y.lowerBound), x1: Float(x.upperBound),
      y1: Float(y.upperBound))
    dataset = DecodedDataset(
      classNames: ["mark"], images: [Image(height: side, width: side, pixels: pixels)],
      labels: [
        [LabeledBox(box: box.scaled(x: 1 / Float(side), y: 1 / Float(side)), classIndex: 0)]
      ], masks: [[RunLengths(mask)]])
  }

  /// The batch that holds the changed picture.
  func batch(_ augmentations: [Augmentation], seed: UInt64) -> Batch {
    var generator = SplitMix64(seed: seed)
    let batches = dataset.batches(size: 1, shuffledBy: &generator, augmentedBy: augmentations)
    return Array(batches)[0]
  }

  /// Where the red pixels of a batch's first picture are, as fractions; nil where there are none.
  static func redBox(in batch: Batch) -> Box? {
    let values = batch.pixels.scalars
    let plane = side * side
    var (x0, y0, x1, y1) = (side, side, 0, 0)
    for y in 0..<side {
      for x in 0..<side where values[y * side + x] - values[plane + y * side + x] > 120 {
        (x0, y0, x1, y1) = (min(x0, x), min(y0, y), max(x1, x + 1), max(y1, y + 1))
      }
    }
    guard x0 < x1 else { return nil }
    let scale = 1 / Float(side)
    return Box(x0: Float(x0), y0: Float(y0), x1: Float(x1), y1: Float(y1)).scaled(
      x: scale, y: scale)
  }
}
