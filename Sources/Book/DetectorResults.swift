import BookFormat
public import Detection
public import Foundation

/// What another chapter measured of one of its detectors: its numbers, and what it found in the test
/// pictures.
public struct DetectorResults: Sendable {
  /// The recorded numbers by name, without the detector's own prefix.
  public let numbers: [String: Double]
  /// The boxes found in each picture, in pixels.
  public let detections: [[ScoredBox]]

  /// Reads the results of a chapter's run.
  ///
  /// - Parameters:
  ///   - folder: that of the chapter's results.
  ///   - detector: tells further detectors of a chapter apart: the records of `"scales"` begin with
  ///     `scales_`, and its boxes are in `detections-scales.json`.
  ///   - objects: those of the test pictures, in pixels.
  ///   - classes: how many there are.
  /// - Throws: `UnusableResults` where something is not there, or not of the form expected, of the other
  ///   profile, about other pictures, or of two different runs.
  public init(
    in folder: URL, detector: String = "", objects: [[LabeledBox]], classes: Int
  ) throws(UnusableResults) {
    let prefix = detector.isEmpty ? "" : detector.replacing("-", with: "_") + "_"
    let file = folder.appending(path: ResultFile.records)
    let records = try Self.records(in: file)
    numbers = Dictionary(
      records.filter { $0.name.hasPrefix(prefix) }
        .map { (String($0.name.dropFirst(prefix.count)), $0.value) },
      uniquingKeysWith: { first, _ in first })
    guard let lowest = numbers["ap50_lowest"], let highest = numbers["ap50_highest"] else {
      throw UnusableResults(of: file, "holds no “\(prefix)ap50_lowest” and “…highest”")
    }
    let found = folder.appending(path: ResultFile.detections(of: detector))
    detections = try readDetections(from: found, pictures: objects.count, classes: classes)
    // Precision is what the records say only if runs, pictures and objects are the same. Corners that
    // have been written as sides may move an overlap across the threshold.
    let ap50 = ErrorAnalysis(detections: detections, groundTruths: objects).ap50
    guard ap50.isNaN || (lowest - 0.01...highest + 0.01).contains(ap50) else {
      throw UnusableResults(
        of: found,
        "has an AP50 of \(rounded(ap50, 3)) on the test pictures, and \(ResultFile.records) says "
          + "\(rounded(lowest, 3)) to \(rounded(highest, 3)): they are of different runs or pictures"
      )
    }
  }

  private static func records(in file: URL) throws(UnusableResults) -> [RecordEntry] {
    guard let data = try? Data(contentsOf: file) else {
      throw UnusableResults(of: file, "is not there")
    }
    let records: [RecordEntry]
    do {
      records = try bookDecoder().decode([RecordEntry].self, from: data)
    } catch {
      throw UnusableResults(of: file, "is no list of records (\(decodingReason(error)))")
    }
    let other = UnusableResults(of: file, "holds numbers of a run in the other profile")
    guard records.allSatisfy({ $0.profile == other.profile }) else { throw other }
    return records
  }
}
