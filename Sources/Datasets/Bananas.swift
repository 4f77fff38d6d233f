import Detection
public import Foundation
import Images
import Tensors

/// Draws bananas among other things, 256×256 pixels; the same seed gives the same picture.
///
/// - Parameter bananas: how many; where they do not fit clear of each other, fewer are drawn.
public func bananaPicture(seed: UInt64, bananas: Int = 1) -> LabeledPicture {
  require(bananas >= 1, "bananaPicture: \(bananas) bananas; a picture shows at least one")
  return BananaScene(seed: seed, bananas: bananas).picture
}

extension BananaScene {
  /// The painted scene and its boxes.
  var picture: LabeledPicture {
    LabeledPicture(
      image: Image(height: Self.side, width: Self.side, pixels: painted()),
      pixelLabels: boxes.map {
        LabeledBox(
          box: Box(x0: Float($0.x0), y0: Float($0.y0), x1: Float($0.x1), y1: Float($0.y1)),
          classIndex: 0)
      }, masks: nil)
  }
}

extension DetectionFolder {
  /// The banana set, drawn on first use into a folder of its own below `cache`, then only read.
  ///
  /// Laid out like d2l's `banana-detection`: 256×256 pixels, one banana a picture. Each picture has
  /// a seed of its own, so the set does not depend on the number of cores. The folder's name holds
  /// a hash of all that the pictures depend on; it appears when it is complete.
  ///
  /// - Parameters:
  ///   - training: number of pictures to train on.
  ///   - validation: number of pictures to judge with.
  ///   - progress: called with the number of pictures drawn and to draw, from any thread, one call
  ///     at a time; not called where the set is there already.
  public static func bananas(
    in cache: URL, training: Int = 1000, validation: Int = 100, seed: UInt64 = 1,
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(DatasetError) -> DetectionFolder {
    let set = BananaSet(training: training, validation: validation, seed: seed)
    let folder = cache.appending(path: set.folderName)
    if !FileManager.default.fileExists(atPath: folder.path) {
      try set.draw(to: folder, progress: progress)
    }
    return try DetectionFolder(
      contentsOf: folder.appending(path: "banana-detection"), classNames: ["banana"])
  }
}

/// What the banana set's pictures depend on.
struct BananaSet: Sendable {
  /// Goes up whenever the same seed gives other pictures.
  static let version = 2

  let training: Int
  let validation: Int
  let seed: UInt64

  var folderName: String {
    "bananas-" + shortHash(of: "bananas \(Self.version) \(training) \(validation) \(seed)")
  }

  /// The picture of a part, 0 for training and 1 for validation.
  func picture(part: Int, index: Int) -> LabeledPicture {
    let seed = SplitMix64.part(UInt64(part), UInt64(index), of: seed).state
    return bananaPicture(seed: seed)
  }

  /// Draws the set beside `folder` under another name, and renames it when it is complete.
  func draw(to folder: URL, progress: (@Sendable (Int, Int) -> Void)?) throws(DatasetError) {
    let files = FileManager.default
    let unfinished = folder.deletingLastPathComponent()
      .appending(path: "\(folder.lastPathComponent).partial-\(UUID().uuidString)")
    defer { try? files.removeItem(at: unfinished) }
    let root = unfinished.appending(path: "banana-detection")
    let parts = [root.appending(path: "bananas_train"), root.appending(path: "bananas_val")]
    try writing(to: folder) {
      for part in parts {
        try files.createDirectory(
          at: part.appending(path: "images"), withIntermediateDirectories: true)
      }
    }
    let rows = try concurrentMap(count: training + validation, progress: progress) {
      (number) throws(DatasetError) -> String in
      let part = number < training ? 0 : 1
      let index = number - part * training
      let picture = picture(part: part, index: index)
      let name = "\(index).png"
      try writing(to: folder) {
        try picture.image.writePNG(to: parts[part].appending(path: "images/\(name)"))
      }
      let box = picture.pixelLabels[0].box
      return "\(name),0,\(Int(box.x0)),\(Int(box.y0)),\(Int(box.x1)),\(Int(box.y1))"
    }
    try writing(to: folder) {
      for (part, lines) in zip(parts, [rows[..<training], rows[training...]]) {
        let table = ([LabelTable.header] + lines).joined(separator: "\n") + "\n"
        try Data(table.utf8).write(to: part.appending(path: "label.csv"))
      }
      do {
        try files.moveItem(at: unfinished, to: folder)
      } catch  where files.fileExists(atPath: folder.path) {
        // Another run drew the same set meanwhile: its pictures are the same.
      }
    }
  }
}
