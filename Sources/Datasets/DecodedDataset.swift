public import Detection
import Foundation
public import Images
public import Tensors

/// Labelled pictures decoded to bytes in memory: 3 bytes a pixel, 197 MB for 1000 of 256×256.
public struct DecodedDataset: Sendable {
  /// What the classes are called, by class index.
  public let classNames: [String]
  /// The pictures, all of one size.
  public let images: [Image]
  /// The objects of each picture, as **fractions** of its width and height, 0…1.
  public let labels: [[LabeledBox]]
  /// The pixels of each picture's objects, in the order of `labels`; nil where they are not wanted
  /// or not known.
  public let masks: [[RunLengths]]?

  /// Number of pictures.
  public var count: Int { images.count }

  /// Pictures that are already in memory.
  ///
  /// - Parameters:
  ///   - labels: one list per picture, as fractions of the picture's sides.
  ///   - masks: for each label of each picture its pixels.
  public init(
    classNames: [String], images: [Image], labels: [[LabeledBox]], masks: [[RunLengths]]? = nil
  ) {
    require(!images.isEmpty, "DecodedDataset: there are no pictures")
    require(
      images.count == labels.count,
      "DecodedDataset: \(images.count) pictures, but labels for \(labels.count)")
    let (height, width) = (images[0].height, images[0].width)
    require(
      images.allSatisfy { $0.height == height && $0.width == width },
      "DecodedDataset: the pictures have different sizes")
    if let masks {
      require(
        masks.map(\.count) == labels.map(\.count),
        "DecodedDataset: not one mask for each label")
      require(
        masks.joined().allSatisfy { $0.height == height && $0.width == width },
        "DecodedDataset: masks and pictures have different sizes")
    }
    self.classNames = classNames
    self.images = images
    self.labels = labels
    self.masks = masks
  }

  /// The pictures in their order, in batches of `size`; the last batch may be smaller.
  public func batches(size: Int) -> Batches {
    Batches(of: self, size: size, order: Array(0..<count), augmentations: [], seed: 0)
  }

  /// The pictures in random order, in batches of `size`, changed at random.
  ///
  /// The order and the changes are fixed by the generator's state at the call, however many
  /// batches are then asked for.
  ///
  /// - Parameters:
  ///   - generator: moves on by the same number of steps whatever the augmentations.
  ///   - augmentations: applied one after the other, with new random values for each picture.
  ///   - droppingRemainder: leaves out a last batch that would be smaller than `size`.
  public func batches(
    size: Int, shuffledBy generator: inout SplitMix64,
    augmentedBy augmentations: [Augmentation] = [],
    droppingRemainder: Bool = false
  ) -> Batches {
    var order = Array(0..<count)
    order.shuffle(using: &generator)
    if droppingRemainder { order.removeLast(count % size) }
    return Batches(
      of: self, size: size, order: order, augmentations: augmentations, seed: generator.next())
  }
}

extension DetectionDataset {
  /// Decodes the pictures on all cores: all, or the first `count` where there are more.
  ///
  /// - Parameters:
  ///   - withMasks: reads the objects' pixels too; an error where an object has none.
  ///   - progress: called with the number of pictures done and their count, from any thread, one
  ///     call at a time.
  public func decoded(
    first count: Int? = nil, withMasks: Bool = false,
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(DatasetError) -> DecodedDataset {
    let count = min(count ?? .max, samples.count)
    let images = try concurrentMap(count: count, progress: progress) {
      (index) throws(DatasetError) in try image(at: index)
    }
    let labels = samples.prefix(count).map { sample in
      sample.pixelLabels.map {
        LabeledBox(
          box: $0.box.scaled(x: 1 / Float(width), y: 1 / Float(height)), classIndex: $0.classIndex)
      }
    }
    let masks = withMasks ? try samples.prefix(count).map(Self.masks) : nil
    return DecodedDataset(classNames: classNames, images: images, labels: labels, masks: masks)
  }

  /// The masks of all objects of a picture.
  private static func masks(of sample: Sample) throws(DatasetError) -> [RunLengths] {
    var masks: [RunLengths] = []
    for (number, mask) in sample.masks.enumerated() {
      guard let mask else {
        throw DatasetError(
          .wrongMask, file: sample.file.path, entry: "object \(number)", found: "no mask",
          expected: "run lengths for every object, in annotations.json",
          remedy: "add them, or ask for boxes only")
      }
      masks.append(mask)
    }
    return masks
  }
}
