import BookFormat
public import Detection
public import Foundation

/// Results of another chapter that cannot be used: which, why, and what makes them anew.
public struct UnusableResults: Error, Equatable, CustomStringConvertible {
  /// The chapter that they are of.
  let chapter: String
  /// The file, from `output` on.
  let file: String
  /// What is wrong with it.
  let reason: String
  let profile: Profile

  /// The file, what is wrong with it, and the command that writes it anew.
  public var description: String {
    "\(file) \(reason); write it anew: \(profile.command(running: chapter))"
  }
}

/// Reads what `recordDetections` kept: the boxes found in each picture, in pixels, in the order of the
/// file.
///
/// - Parameters:
///   - file: in the folder of the results of the chapter that wrote it.
///   - pictures: how many there are; their ids count from 0.
///   - classes: how many there are; the category of class 0 is 1.
/// - Throws: `UnusableResults` where the file is not there, or is not of this form, or is about other
///   pictures or classes.
public func readDetections(
  from file: URL, pictures: Int, classes: Int
) throws(UnusableResults) -> [[ScoredBox]] {
  func unusable(_ reason: String) -> UnusableResults {
    UnusableResults(of: file, reason)
  }
  guard let data = try? Data(contentsOf: file) else { throw unusable("is not there") }
  let entries: [DetectionEntry]
  do {
    entries = try bookDecoder().decode([DetectionEntry].self, from: data)
  } catch {
    throw unusable("is no list of COCO's results (\(decodingReason(error)))")
  }
  var found = [[ScoredBox]](repeating: [], count: pictures)
  for (number, entry) in entries.enumerated() {
    guard entry.bbox.count == 4, (entry.bbox + [entry.score]).allSatisfy(\.isFinite) else {
      throw unusable("has no four finite sides and a score in entry \(number)")
    }
    guard found.indices.contains(entry.image_id) else {
      throw unusable("tells of picture \(entry.image_id), and there are \(pictures) from 0 on")
    }
    guard (1...max(classes, 1)).contains(entry.category_id) else {
      throw unusable("tells of category \(entry.category_id), and there are \(classes) from 1 on")
    }
    let (x, y, width, height) = (entry.bbox[0], entry.bbox[1], entry.bbox[2], entry.bbox[3])
    found[entry.image_id].append(
      ScoredBox(
        box: Box(x, y, x + width, y + height), classIndex: entry.category_id - 1,
        score: entry.score))
  }
  return found
}

extension UnusableResults {
  /// Of a file in the folder of a chapter's results.
  init(of file: URL, _ reason: String) {
    let folder = file.deletingLastPathComponent()
    let above = folder.deletingLastPathComponent()
    let profile = above.lastPathComponent == Profile.quick.rawValue ? Profile.quick : .full
    let names = (profile == .quick ? above.pathComponents.suffix(2) : [above.lastPathComponent])
    self.init(
      chapter: folder.lastPathComponent,
      file: (names + [folder.lastPathComponent, file.lastPathComponent]).joined(separator: "/"),
      reason: reason, profile: profile)
  }
}

/// Where a file breaks off from the form expected, in a few words.
func decodingReason(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return error.localizedDescription }
  let context =
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      context
    @unknown default: DecodingError.Context(codingPath: [], debugDescription: "\(error)")
    }
  let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
  let place = path.isEmpty ? "" : "\(path.joined(separator: ".")): "
  return place + context.debugDescription.trimmingCharacters(in: CharacterSet(charactersIn: "."))
}
