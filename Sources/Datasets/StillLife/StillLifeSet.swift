import Detection
import Foundation
import Images
import Tensors

/// What the still lifes of a folder depend on.
struct StillLifeSet: Sendable {
  /// Goes up whenever the same seed gives other pictures.
  static let version = 3
  static let sides = 64...1024
  private static let partNames = ["train", "val", "test"]

  let side: Int
  /// Pictures of the training, validation and test part.
  let counts: [Int]
  let seed: UInt64

  var folderName: String {
    "still-life-" + shortHash(of: "still life \(Self.version) \(side) \(counts) \(seed)")
  }

  /// The seed of a part's picture.
  func pictureSeed(part: Int, index: Int) -> UInt64 {
    SplitMix64.part(UInt64(part), UInt64(index), of: seed).state
  }

  /// Draws the set beside `folder` under another name, and renames it when it is complete.
  ///
  /// Pictures that an interrupted run left under that name are kept; only their labels are
  /// measured again.
  func draw(to folder: URL, progress: (@Sendable (Int, Int) -> Void)?) throws(DatasetError) {
    let files = FileManager.default
    let unfinished = folder.deletingLastPathComponent()
      .appending(path: folder.lastPathComponent + ".partial")
    let parts = Self.partNames.map { unfinished.appending(path: "still-life_\($0)") }
    try writing(to: folder) {
      for part in parts {
        try files.createDirectory(
          at: part.appending(path: "images"), withIntermediateDirectories: true)
      }
    }
    let pictures = counts.indices.flatMap { part in (0..<counts[part]).map { (part, $0) } }
    let objects = try concurrentMap(count: pictures.count, progress: progress) {
      (number) throws(DatasetError) in
      let (part, index) = pictures[number]
      let file = parts[part].appending(path: "images/\(index).png")
      let scene = StillLifeScene(seed: pictureSeed(part: part, index: index))
      guard !files.fileExists(atPath: file.path) else {
        return annotations(
          of: scene.objects(owners: scene.owners(side: side), side: side))
      }
      let painting = scene.painted(side: side)
      try writing(to: folder) {
        try Image(height: side, width: side, pixels: painting.pixels).writePNG(to: file)
      }
      return annotations(of: scene.objects(owners: painting.owners, side: side))
    }
    try writing(to: folder) {
      var first = 0
      for (part, count) in counts.enumerated() {
        try write(Array(objects[first..<first + count]), to: parts[part])
        first += count
      }
      do {
        try files.moveItem(at: unfinished, to: folder)
      } catch  where files.fileExists(atPath: folder.path) {
        // Another run drew the same set meanwhile: its pictures are the same.
        try? files.removeItem(at: unfinished)
      }
    }
  }

  /// The annotations of one picture, not yet numbered.
  private func annotations(
    of objects: [(label: LabeledBox, mask: Mask)]
  ) -> [CocoAnnotations.Annotation] {
    objects.map { label, mask in
      CocoAnnotations.Annotation(
        id: 0, image_id: 0, category_id: label.classIndex + 1,
        bbox: [label.box.x0, label.box.y0, label.box.width, label.box.height],
        area: Float(mask.area), iscrowd: 0, segmentation: .runs(RunLengths(mask)))
    }
  }

  /// Writes the labels of one part.
  private func write(_ objects: [[CocoAnnotations.Annotation]], to part: URL) throws {
    var all: [CocoAnnotations.Annotation] = []
    for (picture, annotations) in objects.enumerated() {
      for var annotation in annotations {
        annotation.id = all.count + 1
        annotation.image_id = picture + 1
        all.append(annotation)
      }
    }
    let annotations = CocoAnnotations(
      images: objects.indices.map {
        .init(id: $0 + 1, file_name: "\($0).png", width: side, height: side)
      },
      annotations: all,
      categories: Fruit.allCases.map { .init(id: $0.rawValue + 1, name: "\($0)") })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(annotations).write(
      to: part.appending(path: "annotations.json"), options: .atomic)
  }
}
