package import BookFormat
import Foundation

/// The checkpoints that a chapter has stored.
package struct StoredCheckpoints {
  let folder: URL
  /// Where the run's figures lie.
  let figures: URL

  package init(_ folders: BookFolders, chapter: String, profile: Profile) {
    folder = folders.checkpoints(of: chapter, profile)
    figures = folders.output(of: chapter, profile).appending(path: ResultFile.figures)
  }

  /// Names of the stored checkpoints, in alphabetical order.
  package var names: [String] {
    let found = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (found ?? []).filter { !$0.hasPrefix(".") && key(of: $0) != nil }.sorted()
  }

  /// What a stored checkpoint depends on.
  package func key(of name: String) -> ReuseKey? {
    read(ReuseKey.self, from: folder.appending(path: name).appending(path: CheckpointFile.key))
  }

  /// How long the block of a stored checkpoint ran.
  package func seconds(of name: String) -> Double? {
    let file = folder.appending(path: name).appending(path: CheckpointFile.replay)
    return read(Replay.self, from: file)?.seconds
  }

  /// Adds what a block put out to the chapter's part in `temporary`, and gives it its name.
  func store(_ replay: Replay, chapterPart temporary: URL, as name: String) throws {
    let files = FileManager.default
    // Only a folder that the chapter was told to make may be moved.
    guard
      temporary.deletingLastPathComponent().standardizedFileURL.path
        == folder.standardizedFileURL.path
    else { throw RunError("the checkpoint “\(name)” lies in a foreign folder: \(temporary.path)") }
    let copies = temporary.appending(path: CheckpointFile.figures)
    try files.createDirectory(at: copies, withIntermediateDirectories: true)
    for file in replay.figures.flatMap(\.files) {
      try files.copyItem(at: figures.appending(path: file), to: copies.appending(path: file))
    }
    try bookEncoder().encode(replay).write(to: temporary.appending(path: CheckpointFile.replay))
    let final = folder.appending(path: name)
    let old = folder.appending(path: ".\(name).old")
    try? files.removeItem(at: old)
    if files.fileExists(atPath: final.path) { try files.moveItem(at: final, to: old) }
    try files.moveItem(at: temporary, to: final)
    try? files.removeItem(at: old)
  }

  /// Brings the figures of a stored block back and returns what to replay.
  func restore(_ name: String) throws -> Replay {
    let stored = folder.appending(path: name)
    let data = try Data(contentsOf: stored.appending(path: CheckpointFile.replay))
    let replay = try bookDecoder().decode(Replay.self, from: data)
    try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
    for file in replay.figures.flatMap(\.files) {
      try Data(contentsOf: stored.appending(path: CheckpointFile.figures).appending(path: file))
        .write(to: figures.appending(path: file), options: .atomic)
    }
    return replay
  }

  /// Removes what runs that were stopped have left half-written.
  func removeLeftovers() {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in found where name.hasPrefix(".") {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }
}

/// A JSON file's value; nil where there is none that can be read.
func read<Value: Decodable>(_ type: Value.Type, from file: URL) -> Value? {
  guard let data = try? Data(contentsOf: file) else { return nil }
  return try? bookDecoder().decode(type, from: data)
}
