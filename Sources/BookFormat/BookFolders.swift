package import Foundation

/// Where the files of a package's book lie.
package struct BookFolders: Equatable, Sendable {
  /// The folder that holds `Package.swift`.
  package let root: URL

  package init(root: URL) { self.root = root }

  /// The package around `folder`: the nearest folder upwards that holds a `Package.swift` and
  /// `Chapters`.
  package init?(around folder: URL) {
    var folder = folder.standardizedFileURL
    while true {
      let marks = ["Package.swift", "Chapters"].map { folder.appending(path: $0).path }
      if marks.allSatisfy(FileManager.default.fileExists(atPath:)) {
        self.root = folder
        return
      }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      if parent.path == folder.path { return nil }
      folder = parent
    }
  }

  package var chapters: URL { root.appending(path: "Chapters") }
  package var cache: URL { root.appending(path: ".cache") }

  /// A chapter's program, relative to the root.
  package func sourcePath(of chapter: String) -> String { "Chapters/\(chapter)/main.swift" }

  /// The built book: pages, and a folder for each chapter's results.
  package func output(_ profile: Profile) -> URL {
    let output = root.appending(path: "output")
    return switch profile {
    case .full: output
    case .quick: output.appending(path: "quick")
    }
  }

  /// What a run of `chapter` puts out.
  package func output(of chapter: String, _ profile: Profile) -> URL {
    output(profile).appending(path: chapter)
  }

  /// The stored checkpoints of `chapter`, a folder each.
  package func checkpoints(of chapter: String, _ profile: Profile) -> URL {
    cache.appending(path: "checkpoints/\(chapter)/\(profile.rawValue)")
  }

  /// The file whose lock a run of `chapter` holds while it writes.
  package func lock(of chapter: String, _ profile: Profile) -> URL {
    cache.appending(path: "locks/\(chapter)-\(profile.rawValue)")
  }

  /// `file` as the reader would type it from the root.
  package func relative(_ file: URL) -> String {
    let prefix = root.path.hasSuffix("/") ? root.path : root.path + "/"
    return file.path.hasPrefix(prefix) ? String(file.path.dropFirst(prefix.count)) : file.path
  }
}

/// The files of a chapter's results, in its folder of the output.
package enum ResultFile {
  package static let transcript = "transcript.json"
  package static let records = "records.json"
  package static let figures = "figures"
  package static let text = "text"

  /// What a detector of the chapter found; without a name, the chapter's first.
  package static func detections(of detector: String = "") -> String {
    detector.isEmpty ? "detections.json" : "detections-\(detector).json"
  }

  /// Whether a file of this name says what a detector found.
  package static func saysDetections(_ name: String) -> Bool {
    name.wholeMatch(of: /detections(-[a-z0-9-]+)?\.json/) != nil
  }

  /// The names of the results in a chapter's folder that say what was found, in the order of the alphabet.
  package static func detections(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter(saysDetections).sorted()
  }

  /// The names of all results in a chapter's folder.
  package static func all(in folder: URL) -> [String] {
    [transcript, records, figures, text] + detections(in: folder)
  }
}

/// The files of a stored checkpoint, in a folder of its own.
package enum CheckpointFile {
  package static let key = "key.json"
  package static let weights = "weights.safetensors"
  package static let value = "value.json"
  package static let replay = "replay.json"
  package static let figures = "figures"
}
