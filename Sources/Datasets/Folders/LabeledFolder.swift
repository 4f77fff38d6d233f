import Detection
import Foundation

/// One part of a `DetectionFolder` while it is read: a file of labels, and the pictures it speaks of.
struct LabeledFolder {
  /// A picture and the objects that the labels name in it.
  struct Picture {
    var file: URL
    var entries: [LabelEntry]
  }

  let pictures: [Picture]
  /// What the labels call the classes; nil where they only number them.
  let classNames: [String]?

  /// Reads the labels and lists the pictures; opens none.
  ///
  /// - Parameter classNames: the classes that names in the labels stand for; without them, the
  ///   names that the labels themselves list.
  init(_ folder: URL, classNames: [String]? = nil) throws(DatasetError) {
    let images = folder.appending(path: "images")
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: images.path) else {
      throw DatasetError(
        .missingFolder, file: images.path, found: "no such folder",
        expected: "a folder images with PNG pictures", remedy: "put the pictures there")
    }
    let (table, json) = (
      folder.appending(path: "label.csv"), folder.appending(path: "annotations.json")
    )
    var order: [String]
    let entries: [LabelEntry]
    if FileManager.default.fileExists(atPath: json.path) {
      guard !FileManager.default.fileExists(atPath: table.path) else {
        throw DatasetError(
          .ambiguousTable, file: folder.path, found: "label.csv and annotations.json",
          expected: "one of them", remedy: "move the other elsewhere")
      }
      let annotations = try CocoAnnotations(contentsOf: json)
      self.classNames = classNames ?? annotations.classNames
      entries = try annotations.entries(
        file: json.path, classNames: classNames ?? annotations.classNames)
      order = annotations.images.map(\.file_name)
      // Pictures without an object are listed there too.
      try Self.require(order, among: names, in: images, place: LabelPlace(file: json.path))
    } else {
      entries = try LabelTable(contentsOf: table).entries
      self.classNames = nil
      var seen: Set<String> = []
      order = entries.map(\.pictureName).filter { seen.insert($0).inserted }
      for entry in entries {
        try Self.require([entry.pictureName], among: names, in: images, place: entry.place)
      }
      order += names.filter {
        $0.lowercased().hasSuffix(".png") && !$0.hasPrefix(".") && !seen.contains($0)
      }.sorted()
    }
    guard !order.isEmpty else {
      throw DatasetError(
        .emptyFolder, file: images.path, found: "no PNG picture", expected: "at least one",
        remedy: "put the pictures there")
    }
    let byName = Dictionary(grouping: entries, by: \.pictureName)
    pictures = order.map { Picture(file: images.appending(path: $0), entries: byName[$0] ?? []) }
  }

  private static func require(
    _ pictures: [String], among names: [String], in images: URL, place: LabelPlace
  ) throws(DatasetError) {
    let present = Set(names)
    guard let absent = pictures.first(where: { !present.contains($0) }) else { return }
    throw place.error(
      .missingPicture, found: "“\(absent)”, which is not in images",
      expected: "the name of a picture in \(images.path)",
      remedy: "add the picture or remove the line")
  }

  /// Names for classes that are only numbered: one class is called after the folder.
  func numberedClassNames(stem: String) throws(DatasetError) -> [String] {
    let entries = pictures.flatMap(\.entries)
    let used = Set(entries.map(\.object.classIndex))
    let count = used.filter { $0 >= 0 }.count
    let beyond = entries.filter { $0.object.classIndex >= count }
    if let entry = beyond.min(by: { $0.place.line ?? 0 < $1.place.line ?? 0 }) {
      throw entry.place.error(
        .classOutOfRange,
        found: "class \(entry.object.classIndex), where \(count) different classes are used",
        expected: "classes numbered from 0 without a gap",
        remedy: "renumber the classes, or give their names to allow gaps")
    }
    return count <= 1 ? [stem] : (0..<count).map { "\(stem) \($0)" }
  }

  /// Checks every picture's header, every box and every mask, and gives the finished part.
  func dataset(
    classNames: [String], size: PictureHeader
  ) throws(DatasetError) -> DetectionDataset {
    var samples: [DetectionDataset.Sample] = []
    samples.reserveCapacity(pictures.count)
    for picture in pictures {
      let header = try PictureHeader(contentsOf: picture.file)
      guard header == size else {
        throw DetectionDataset.wrongSize(
          picture.file, height: header.height, width: header.width, of: (size.height, size.width))
      }
      for entry in picture.entries { try check(entry, classNames: classNames, size: size) }
      samples.append(
        .init(
          file: picture.file, pixelLabels: picture.entries.map(\.object),
          masks: picture.entries.map(\.mask)))
    }
    return DetectionDataset(
      classNames: classNames, height: size.height, width: size.width, samples: samples)
  }

  private func check(
    _ entry: LabelEntry, classNames: [String], size: PictureHeader
  ) throws(DatasetError) {
    let box = entry.object.box
    let isInside =
      box.x0 >= 0 && box.y0 >= 0 && box.x1 <= Float(size.width) && box.y1 <= Float(size.height)
    guard box.hasArea, isInside else {
      let fault = isInside ? "an empty or inside-out box" : "a box that reaches outside the picture"
      throw entry.place.error(
        .wrongBox, found: "\(fault): (\(box.x0), \(box.y0), \(box.x1), \(box.y1))",
        expected: "0 ≤ xmin < xmax ≤ \(size.width) and 0 ≤ ymin < ymax ≤ \(size.height)",
        remedy: "correct the box or remove the line")
    }
    guard classNames.indices.contains(entry.object.classIndex) else {
      throw entry.place.error(
        .classOutOfRange, found: "class \(entry.object.classIndex)",
        expected: "0 to \(classNames.count - 1) (\(classNames.joined(separator: ", ")))",
        remedy: "correct the class, or name all classes")
    }
    if let mask = entry.mask, (mask.height, mask.width) != (size.height, size.width) {
      throw entry.place.error(
        .wrongMask, found: "a mask \(mask.width) wide and \(mask.height) high",
        expected: "\(size.width) wide and \(size.height) high, like the picture",
        remedy: "write the masks anew for these pictures")
    }
  }
}
