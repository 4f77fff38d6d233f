package import BookFormat
package import Foundation
import Glibc

/// What the book has made on this disk: results of runs and pages and, if asked for, what is kept
/// between runs.
package struct MadeFiles {
  /// Files that are deleted together.
  package struct Group {
    /// What they are, such as `results of ssd`.
    package var what: String
    package var files: [URL]
    package var bytes: Int
    /// How long it took to make them; nil where that is not kept.
    package var seconds: Double?
  }

  package private(set) var groups: [Group] = []
  private let folders: BookFolders
  private let chapters: [String]
  private let includesKept: Bool

  /// - Parameter includesKept: whether checkpoints and all else in `.cache` count.
  package init(_ folders: BookFolders, chapters: [String], includesKept: Bool) {
    self.folders = folders
    self.chapters = chapters
    self.includesKept = includesKept
    for profile in [Profile.full, .quick] {
      for chapter in chapters {
        let results = ChapterResults(folders: folders, chapter: chapter, profile: profile)
        add(
          "results of \(name(chapter, profile))",
          ResultFile.all(in: results.folder).map { results.folder.appending(path: $0) },
          seconds: results.transcript?.seconds)
      }
    }
    add("pages", leaves(of: folders.output(.full)).filter { !isGrouped($0) })
    if includesKept { addKept() }
  }

  private mutating func addKept() {
    for profile in [Profile.full, .quick] {
      for chapter in chapters {
        let stored = StoredCheckpoints(folders, chapter: chapter, profile: profile)
        let seconds = stored.names.compactMap(stored.seconds)
        add(
          "checkpoints of \(name(chapter, profile))", [stored.folder],
          seconds: seconds.isEmpty ? nil : seconds.reduce(0, +))
      }
    }
    // A lock's file may be held; it takes no room.
    let locks = folders.cache.appending(path: "locks").path
    add(
      "pictures and other things made once",
      leaves(of: folders.cache).filter { !isGrouped($0) && !$0.path.hasPrefix(locks) })
  }

  package var bytes: Int { groups.reduce(0) { $0 + $1.bytes } }

  /// Deletes them, and folders that are empty then.
  ///
  /// - Throws: `RunError` where a run is going on; nothing is deleted then.
  package func remove() throws {
    var locks: [FileLock] = []
    for profile in [Profile.full, .quick] {
      for chapter in chapters {
        guard let lock = try FileLock(folders.lock(of: chapter, profile)) else {
          throw RunError("A run of “\(chapter)” is going on; nothing was deleted.")
        }
        locks.append(lock)
      }
    }
    defer { withExtendedLifetime(locks) {} }
    for file in groups.flatMap(\.files) { try FileManager.default.removeItem(at: file) }
    removeEmptyFolders(in: folders.output(.full))
    if includesKept { removeEmptyFolders(in: folders.cache) }
  }

  // MARK: Files

  private mutating func add(_ what: String, _ files: [URL], seconds: Double? = nil) {
    let present = files.filter { FileManager.default.fileExists(atPath: $0.path) }
    guard !present.isEmpty else { return }
    let bytes = present.flatMap(leaves(of:)).reduce(0) { sum, file in
      sum + ((try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0)
    }
    groups.append(Group(what: what, files: present, bytes: bytes, seconds: seconds))
  }

  private func name(_ chapter: String, _ profile: Profile) -> String {
    profile == .quick ? "\(chapter) (quick)" : chapter
  }

  private func isGrouped(_ file: URL) -> Bool {
    groups.flatMap(\.files).contains { file.path == $0.path || file.path.hasPrefix($0.path + "/") }
  }

  /// The files below an item, or the item where it is a file; git's own are left out.
  private func leaves(of item: URL) -> [URL] {
    guard isFolder(item) else { return [item] }
    let walk = FileManager.default.enumerator(
      at: item, includingPropertiesForKeys: [.isDirectoryKey, .fileSizeKey])
    return (walk?.compactMap { $0 as? URL } ?? []).filter {
      !isFolder($0) && $0.lastPathComponent != ".gitignore"
    }
  }

  private func isFolder(_ item: URL) -> Bool {
    (try? item.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
  }

  private func removeEmptyFolders(in folder: URL) {
    let inside = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in inside {
      let item = folder.appending(path: name)
      guard isFolder(item) else { continue }
      removeEmptyFolders(in: item)
      rmdir(item.path)
    }
  }
}
