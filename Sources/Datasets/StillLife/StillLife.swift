public import Detection
public import Foundation
import Images
import Tensors

/// What the classes of the still lifes are called, by class index.
public let stillLifeClassNames = Fruit.allCases.map { "\($0)" }

/// Draws fruit among other things on a table; the same seed gives the same picture on any machine,
/// and the same scene at any size.
///
/// Up to six fruits and those in a bowl; each is seen by at least a fifth of its outline. Boxes
/// and masks tell what is seen. A fruit of which less than that, or less than about 20 pixels of a
/// picture of 128 × 128, can be seen is not in the scene.
///
/// - Parameter side: rows and columns of the picture, in pixels, from 64 to 1024.
public func stillLifePicture(seed: UInt64, side: Int = 128) -> LabeledPicture {
  require(
    StillLifeSet.sides.contains(side), "stillLifePicture: \(side) pixels; 64 to 1024 can be drawn")
  let scene = StillLifeScene(seed: seed)
  let painting = scene.painted(side: side)
  let objects = scene.objects(owners: painting.owners, side: side)
  return LabeledPicture(
    image: Image(height: side, width: side, pixels: painting.pixels),
    pixelLabels: objects.map(\.label), masks: objects.map(\.mask))
}

extension DetectionFolder {
  /// The still lifes, drawn on first use into a folder of their own below `cache`, then only read.
  ///
  /// Laid out like COCO, with masks. Each picture has a seed of its own, so the set does not depend
  /// on the number of cores. The folder's name holds a hash of all that the pictures depend on; it
  /// appears when it is complete. Interrupted, the next call goes on where this one stopped.
  ///
  /// - Parameters:
  ///   - side: rows and columns of each picture, in pixels, from 64 to 1024.
  ///   - training: number of pictures to train on.
  ///   - validation: number of pictures to choose with.
  ///   - test: number of pictures to judge with at the end.
  ///   - progress: called with the number of pictures drawn and to draw, from any thread, one call
  ///     at a time; not called where the set is there already.
  public static func stillLife(
    in cache: URL, side: Int = 128, training: Int = 800, validation: Int = 200, test: Int = 200,
    seed: UInt64 = 1, progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(DatasetError) -> DetectionFolder {
    require(
      StillLifeSet.sides.contains(side), "stillLife: \(side) pixels; 64 to 1024 can be drawn")
    let set = StillLifeSet(side: side, counts: [training, validation, test], seed: seed)
    let folder = cache.appending(path: set.folderName)
    if !FileManager.default.fileExists(atPath: folder.path) {
      try set.draw(to: folder, progress: progress)
    }
    return try DetectionFolder(contentsOf: folder)
  }
}

extension StillLifeScene {
  /// The fruits that a picture shows, with their pixels.
  func objects(owners: [Int?], side: Int) -> [(label: LabeledBox, mask: Mask)] {
    var pixels: [Int: [Int]] = [:]
    for (pixel, owner) in owners.enumerated() {
      if let owner { pixels[owner, default: []].append(pixel) }
    }
    return bodies.indices.compactMap { body in
      guard let kind = kinds[body], let own = pixels[body] else { return nil }
      var bits = [Bool](repeating: false, count: side * side)
      for pixel in own { bits[pixel] = true }
      let mask = Mask(width: side, height: side, bits: bits)
      return mask.boundingBox.map { (LabeledBox(box: $0, classIndex: kind.rawValue), mask) }
    }
  }
}

extension ObjectSizes {
  /// Which objects of the still lifes are medium and large, by the area of their boxes.
  ///
  /// Medium from 24 × 24 and large from 48 × 48 pixels of a picture of 128 × 128, and in proportion.
  public static func stillLife(side: Int = 128) -> ObjectSizes {
    let scale = Double(side) / 128
    return ObjectSizes(
      mediumFrom: 24 * 24 * scale * scale, largeFrom: 48 * 48 * scale * scale)
  }
}
