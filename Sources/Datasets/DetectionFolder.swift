import Detection
public import Foundation

/// Training and validation pictures in a folder laid out like d2l's `banana-detection`.
///
/// ```
/// root/NAME_train/images/*.png   root/NAME_train/label.csv
/// root/NAME_val/images/*.png     root/NAME_val/label.csv
/// ```
/// `label.csv` starts with `img_name,label,xmin,ymin,xmax,ymax`; each further line is one object:
/// the picture's file name, its class counted from 0, and its half-open box in pixels. Several
/// lines may name one picture; a picture without a line has no objects.
public struct DetectionFolder: Sendable {
  /// The pictures to train on: `NAME_train`.
  public let training: DetectionDataset
  /// The pictures to judge with: `NAME_val`.
  public let validation: DetectionDataset

  /// Reads the tables and the pictures' headers; decodes nothing.
  ///
  /// - Parameters:
  ///   - root: the folder that holds `*_train` and `*_val`.
  ///   - classNames: what the classes are called. Without names, the classes of the training
  ///     pictures must be 0, 1, 2, … without a gap, and are called after the folder.
  /// - Throws: `DatasetError` for the first thing that is wrong.
  public init(contentsOf root: URL, classNames: [String]? = nil) throws(DatasetError) {
    let names = try Self.folders(in: root)
    let training = try LabeledFolder(root.appending(path: names.training))
    let validation = try LabeledFolder(root.appending(path: names.validation))
    let stem = String(names.training.dropLast("_train".count))
    let classes =
      if let classNames { classNames } else { try training.classNames(stem: stem) }
    let size = try PictureHeader(contentsOf: training.pictures[0].file)
    self.training = try training.dataset(classNames: classes, size: size)
    self.validation = try validation.dataset(classNames: classes, size: size)
  }

  private static func folders(
    in root: URL
  ) throws(DatasetError) -> (training: String, validation: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root.path) else {
      throw DatasetError(
        .missingFolder, file: root.path, found: "no such folder",
        expected: "a folder with NAME_train and NAME_val", remedy: "check the path after --data")
    }
    func only(_ suffix: String) throws(DatasetError) -> String {
      let matches = names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
      guard let match = matches.first else {
        throw DatasetError(
          names.isEmpty ? .emptyFolder : .missingFolder, file: root.path,
          found: names.isEmpty ? "an empty folder" : "no folder named *\(suffix)",
          expected: "one folder *_train and one *_val, such as bananas_train and bananas_val",
          remedy: "name the folder that holds the two, or make the missing one")
      }
      guard matches.count == 1 else {
        throw DatasetError(
          .ambiguousFolder, file: root.path, found: matches.joined(separator: ", "),
          expected: "one folder named *\(suffix)", remedy: "move the others elsewhere")
      }
      return match
    }
    return (try only("_train"), try only("_val"))
  }
}
