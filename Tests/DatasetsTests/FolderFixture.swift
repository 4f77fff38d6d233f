import Datasets
import Foundation
import Images

/// A folder of labelled pictures in a temporary place, right until a test spoils it.
struct FolderFixture {
  let root: URL
  let header = "img_name,label,xmin,ymin,xmax,ymax"

  /// Two pictures to train on, 12 wide and 8 high, and one to judge with.
  init() throws {
    root = FileManager.default.temporaryDirectory
      .appending(path: "labelled-\(UUID().uuidString)")
    for part in ["fruit_train", "fruit_val"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: "\(part)/images"), withIntermediateDirectories: true)
    }
    try picture("fruit_train/images/0.png")
    try picture("fruit_train/images/1.png")
    try picture("fruit_val/images/0.png")
    try trainingRows("0.png,0,1,2,5,6", "1.png,0,0,0,12,8")
    try table("fruit_val", [header, "0.png,0,3,3,7,7"])
  }

  /// Removes the folder; tests call it when they are done.
  func clear() { try? FileManager.default.removeItem(at: root) }

  func picture(_ path: String, height: Int = 8, width: Int = 12) throws {
    let bytes = (0..<3 * height * width).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try Image(height: height, width: width, pixels: bytes).writePNG(to: root.appending(path: path))
  }

  func write(_ bytes: Data, to path: String) throws {
    try bytes.write(to: root.appending(path: path))
  }

  func table(_ part: String, _ lines: [String], lineEnd: String = "\n") throws {
    try write(Data(lines.joined(separator: lineEnd).utf8), to: "\(part)/label.csv")
  }

  func trainingRows(_ rows: String...) throws { try table("fruit_train", [header] + rows) }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: root.appending(path: path))
  }

  func read(classNames: [String]? = nil) throws(DatasetError) -> DetectionFolder {
    try DetectionFolder(contentsOf: root, classNames: classNames)
  }

  /// What reading the folder complains about.
  func complaint(classNames: [String]? = nil) -> DatasetError? {
    do {
      _ = try read(classNames: classNames)
      return nil
    } catch {
      return error
    }
  }
}
