import Detection
import Foundation

/// One part of a `DetectionFolder` while it is read: a table, and the pictures it speaks of.
struct LabeledFolder {
  /// A picture and its lines of the table.
  struct Picture {
    var file: URL
    var rows: [LabelTable.Row]
  }

  private let table: URL
  let pictures: [Picture]

  /// Reads the table and lists the pictures; opens none.
  init(_ folder: URL) throws(DatasetError) {
    let images = folder.appending(path: "images")
    table = folder.appending(path: "label.csv")
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: images.path) else {
      throw DatasetError(
        .missingFolder, file: images.path, found: "no such folder",
        expected: "a folder images with PNG pictures", remedy: "put the pictures there")
    }
    let rows = try LabelTable(contentsOf: table).rows
    let present = Set(names)
    var order: [String] = []
    var byName: [String: [LabelTable.Row]] = [:]
    for row in rows {
      guard present.contains(row.pictureName) else {
        throw DatasetError(
          .missingPicture, file: table.path, line: row.line,
          found: "“\(row.pictureName)”, which is not in images",
          expected: "the name of a picture in \(images.path)",
          remedy: "add the picture or remove the line")
      }
      if byName[row.pictureName] == nil { order.append(row.pictureName) }
      byName[row.pictureName, default: []].append(row)
    }
    let unlabelled = names.filter {
      $0.lowercased().hasSuffix(".png") && !$0.hasPrefix(".") && byName[$0] == nil
    }
    order += unlabelled.sorted()
    guard !order.isEmpty else {
      throw DatasetError(
        .emptyFolder, file: images.path, found: "no PNG picture", expected: "at least one",
        remedy: "put the pictures there")
    }
    pictures = order.map { Picture(file: images.appending(path: $0), rows: byName[$0] ?? []) }
  }

  /// Names for the classes that the table uses: one class is called after the folder.
  func classNames(stem: String) throws(DatasetError) -> [String] {
    let rows = pictures.flatMap(\.rows)
    let used = Set(rows.map(\.object.classIndex))
    let count = used.filter { $0 >= 0 }.count
    if let row = rows.filter({ $0.object.classIndex >= count }).min(by: { $0.line < $1.line }) {
      throw DatasetError(
        .classOutOfRange, file: table.path, line: row.line,
        found: "class \(row.object.classIndex), where \(count) different classes are used",
        expected: "classes numbered from 0 without a gap",
        remedy: "renumber the classes, or give their names to allow gaps")
    }
    return count <= 1 ? [stem] : (0..<count).map { "\(stem) \($0)" }
  }

  /// Checks every picture's header and every box, and gives the finished part.
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
      for row in picture.rows { try check(row, classNames: classNames, size: size) }
      samples.append(.init(file: picture.file, pixelLabels: picture.rows.map(\.object)))
    }
    return DetectionDataset(
      classNames: classNames, height: size.height, width: size.width, samples: samples)
  }

  private func check(
    _ row: LabelTable.Row, classNames: [String], size: PictureHeader
  ) throws(DatasetError) {
    let box = row.object.box
    let isInside =
      box.x0 >= 0 && box.y0 >= 0 && box.x1 <= Float(size.width) && box.y1 <= Float(size.height)
    guard box.hasArea, isInside else {
      let fault = isInside ? "an empty or inside-out box" : "a box that reaches outside the picture"
      throw DatasetError(
        .wrongBox, file: table.path, line: row.line,
        found: "\(fault): (\(box.x0), \(box.y0), \(box.x1), \(box.y1))",
        expected: "0 ≤ xmin < xmax ≤ \(size.width) and 0 ≤ ymin < ymax ≤ \(size.height)",
        remedy: "correct the box or remove the line")
    }
    guard classNames.indices.contains(row.object.classIndex) else {
      throw DatasetError(
        .classOutOfRange, file: table.path, line: row.line,
        found: "class \(row.object.classIndex)",
        expected: "0 to \(classNames.count - 1) (\(classNames.joined(separator: ", ")))",
        remedy: "correct the class, or name all classes")
    }
  }
}
