import Detection
public import Foundation

/// Pictures to train on, to judge with while choosing, and perhaps to judge with at the end.
///
/// ```
/// root/NAME_train/images/*.png   root/NAME_train/label.csv or annotations.json
/// root/NAME_val/images/*.png     root/NAME_val/label.csv or annotations.json
/// root/NAME_test/…               where there is a third part
/// ```
/// `label.csv` is d2l's table: it starts with `img_name,label,xmin,ymin,xmax,ymax`; each further
/// line is one object: the picture's file name, its class counted from 0, and its half-open box in
/// pixels. Several lines may name one picture; a picture without a line has no objects.
/// `annotations.json` is laid out like COCO's: `images`, `annotations` with boxes and perhaps masks
/// as run lengths, `categories`; crowds are left out.
public struct DetectionFolder: Sendable {
  /// The pictures to train on: `NAME_train`.
  public let training: DetectionDataset
  /// The pictures to judge with while a detector is made: `NAME_val`.
  public let validation: DetectionDataset
  /// The pictures to judge with when everything is chosen: `NAME_test`, where there is one.
  public let test: DetectionDataset?

  /// Reads the labels and the pictures' headers; decodes nothing.
  ///
  /// - Parameters:
  ///   - root: the folder that holds `*_train` and `*_val`.
  ///   - classNames: what the classes are called. Without names, those of the training pictures'
  ///     `annotations.json` hold; the numbers in a `label.csv` must be 0, 1, 2, … without a gap, and
  ///     the classes are called after the folder.
  /// - Throws: `DatasetError` for the first thing that is wrong.
  public init(contentsOf root: URL, classNames: [String]? = nil) throws(DatasetError) {
    let names = try Self.folders(in: root)
    let training = try LabeledFolder(root.appending(path: names.training), classNames: classNames)
    let stem = String(names.training.dropLast("_train".count))
    let classes =
      if let known = classNames ?? training.classNames { known } else {
        try training.numberedClassNames(stem: stem)
      }
    let size = try PictureHeader(contentsOf: training.pictures[0].file)
    func part(_ name: String) throws(DatasetError) -> DetectionDataset {
      try LabeledFolder(root.appending(path: name), classNames: classes)
        .dataset(classNames: classes, size: size)
    }
    self.training = try training.dataset(classNames: classes, size: size)
    self.validation = try part(names.validation)
    self.test = if let test = names.test { try part(test) } else { nil }
  }

  private static func folders(
    in root: URL
  ) throws(DatasetError) -> (training: String, validation: String, test: String?) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root.path) else {
      throw DatasetError(
        .missingFolder, file: root.path, found: "no such folder",
        expected: "a folder with NAME_train and NAME_val", remedy: "check the path after --data")
    }
    func matches(_ suffix: String) -> [String] {
      names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
    }
    func only(_ suffix: String) throws(DatasetError) -> String {
      let matches = matches(suffix)
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
    let test = matches("_test").isEmpty ? nil : try only("_test")
    return (try only("_train"), try only("_val"), test)
  }
}
