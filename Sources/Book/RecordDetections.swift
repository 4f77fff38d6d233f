import BookFormat
public import Detection
import Foundation
import Synchronization

/// Keeps what a detector found as COCO results in `output/<chapter>/detections.json`; a second call
/// in the same run adds to the first.
///
/// - Parameters:
///   - detections: the boxes of each picture, in pixels of the picture as it is on disk.
///   - imageIDs: the pictures' ids, one each; nil counts from 0.
///   - firstCategory: the category id of class 0; COCO's own files begin with 1.
///   - name: tells further detectors of a chapter apart, in kebab case: those of `"scales"` go to
///     `detections-scales.json`.
public func recordDetections(
  _ detections: [[ScoredBox]], imageIDs: [Int]? = nil, firstCategory: Int = 1, name: String = "",
  file: StaticString = #fileID, line: UInt = #line
) {
  let reason = Session.current.recordDetections(
    detections, imageIDs: imageIDs ?? Array(detections.indices), firstCategory: firstCategory,
    name: name)
  if let reason { stop(reason, SourcePlace(file, line)) }
}

/// One box of a COCO results file.
struct DetectionEntry: Codable, Equatable, Sendable {
  var image_id: Int
  var category_id: Int
  /// x, y of the top left corner, width, height; pixels.
  var bbox: [Float]
  var score: Float
}

extension Session {
  /// Returns what is wrong, or nil.
  package func recordDetections(
    _ detections: [[ScoredBox]], imageIDs: [Int], firstCategory: Int, name: String = ""
  ) -> String? {
    guard name.isEmpty || isKebabCase(name) else {
      return "“\(name)” is not a detector's name: small letters, digits, single hyphens"
    }
    guard imageIDs.count == detections.count else {
      return "\(imageIDs.count) image ids for the detections of \(detections.count) pictures"
    }
    guard position.withLock(\.checkpoint) == nil else {
      return "recordDetections belongs after the checkpoint, not inside its block: "
        + "a reused block does not run"
    }
    var entries: [DetectionEntry] = []
    for (id, boxes) in zip(imageIDs, detections) {
      for found in boxes where found.classIndex >= 0 {
        let box = found.box
        let entry = DetectionEntry(
          image_id: id, category_id: found.classIndex + firstCategory,
          bbox: [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0], score: found.score)
        guard (entry.bbox + [entry.score]).allSatisfy(\.isFinite) else {
          return "a detection in picture \(id) is not finite: box \(entry.bbox), "
            + "score \(entry.score)"
        }
        entries.append(entry)
      }
    }
    if isPredicting { return nil }
    let all = position.withLock { position in
      position.detections[name, default: []] += entries
      return position.detections[name, default: []]
    }
    let file = output.appending(path: ResultFile.detections(of: name))
    do {
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
      try bookEncoder().encode(all).write(to: file, options: .atomic)
      return nil
    } catch {
      return "cannot write \(file.path): \(error.localizedDescription)"
    }
  }
}
