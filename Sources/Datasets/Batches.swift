public import Detection
import Images
public import Tensors

/// Pictures and their objects, as a network takes them.
public struct Batch {
  /// Shape (N, 3, height, width): red, green, blue, 0…255.
  public let pixels: Tensor
  /// The objects of each picture, as **fractions** of its width and height, 0…1.
  ///
  /// Lists differ in length; `paddedToCommonCount` makes them equal.
  public let labels: [[LabeledBox]]
  /// The pixels of each label of each picture; nil where the data set has no masks.
  public let masks: [[Mask]]?

  /// Number of pictures.
  public var count: Int { labels.count }

  /// The objects of each picture, in pixels.
  public var pixelLabels: [[LabeledBox]] {
    let (height, width) = (Float(pixels.shape[2]), Float(pixels.shape[3]))
    return labels.map { labels in
      labels.map {
        LabeledBox(box: $0.box.scaled(x: width, y: height), classIndex: $0.classIndex)
      }
    }
  }
}

/// The batches of one pass over a data set, each made when it is asked for.
///
/// A sequence that can be walked through again, with the same result.
public struct Batches: Sequence, Sendable {
  private let dataset: DecodedDataset
  private let size: Int
  private let order: [Int]
  private let augmentations: [Augmentation]
  private let seed: UInt64

  init(
    of dataset: DecodedDataset, size: Int, order: [Int], augmentations: [Augmentation], seed: UInt64
  ) {
    require(size > 0, "batches: the size of a batch is \(size), and must be at least 1")
    self.dataset = dataset
    self.size = size
    self.order = order
    self.augmentations = augmentations
    self.seed = seed
  }

  /// Number of batches.
  public var count: Int { (order.count + size - 1) / size }

  /// Walks over the batches.
  public func makeIterator() -> AnyIterator<Batch> {
    var position = 0
    return AnyIterator {
      guard position < order.count else { return nil }
      let chosen = position..<Swift.min(position + size, order.count)
      position = chosen.upperBound
      return batch(chosen)
    }
  }

  private func batch(_ positions: Range<Int>) -> Batch {
    let (height, width) = (dataset.images[0].height, dataset.images[0].width)
    // Each picture has its own generator: its change does not depend on the batch it falls in.
    let views = positions.map { position in
      var generator = SplitMix64.part(UInt64(position), of: seed)
      return View(augmentations, using: &generator)
    }
    let pixels = Tensor(shape: [positions.count, 3, height, width]) { target in
      for (n, position) in positions.enumerated() {
        let start = n * 3 * height * width
        views[n].render(
          dataset.images[order[position]],
          into: UnsafeMutableBufferPointer(rebasing: target[start..<start + 3 * height * width]))
      }
    }
    var labels: [[LabeledBox]] = []
    var masks: [[Mask]] = []
    for (view, position) in zip(views, positions) {
      let picture = order[position]
      let moved = dataset.labels[picture].map(view.label)
      labels.append(moved.compactMap { $0 })
      if let runs = dataset.masks?[picture] {
        masks.append(
          zip(moved, runs).compactMap { label, runs in
            label == nil ? nil : view.mask(Mask(runs))
          })
      }
    }
    return Batch(pixels: pixels, labels: labels, masks: dataset.masks == nil ? nil : masks)
  }
}

/// Makes the lists of objects equally long, as one tensor needs them: rows of class −1 with an
/// empty box are appended.
///
/// - Parameter count: the common length; without it, the length of the longest list.
public func paddedToCommonCount(_ labels: [[LabeledBox]], count: Int? = nil) -> [[LabeledBox]] {
  let longest = labels.map(\.count).max() ?? 0
  let count = count ?? longest
  require(longest <= count, "paddedToCommonCount: \(longest) objects do not fit \(count) rows")
  let padding = LabeledBox(box: Box(0, 0, 0, 0), classIndex: -1)
  return labels.map { $0 + Array(repeating: padding, count: count - $0.count) }
}
