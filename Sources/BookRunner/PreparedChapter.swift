package import BookFormat
package import Foundation

/// A chapter of a book with everything a run of it needs, read before any build starts.
package struct PreparedChapter {
  package let folders: BookFolders
  package let chapter: String
  package let profile: Profile
  package let dataFolder: URL?
  package let cells: [Cell]
  package let toolchain: Toolchain
  package let sharedKey: CheckpointKey

  /// - Throws: `RunError` or `CellError` where chapter or data folder are not as they should be.
  package init(
    _ chapter: String, in folders: BookFolders, profile: Profile, dataFolder: URL?,
    environment: [String: String], toolchain: Toolchain
  ) throws {
    let source = try ChapterCatalog(folders).source(of: chapter)
    if let dataFolder {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: dataFolder.path, isDirectory: &isFolder),
        isFolder.boolValue
      else {
        throw RunError(
          "The data folder \(dataFolder.path) is not there; --data takes a folder that holds the "
            + "pictures and their labels.")
      }
      guard try !files(in: dataFolder).isEmpty else {
        throw RunError(
          "The data folder \(dataFolder.path) is empty; --data takes a folder that holds the "
            + "pictures and their labels.")
      }
    }
    self.folders = folders
    self.chapter = chapter
    self.profile = profile
    self.dataFolder = dataFolder
    self.toolchain = toolchain
    cells = try splitCells(source, file: folders.sourcePath(of: chapter))
    sharedKey = try SharedKey(
      root: folders.root, toolchain: toolchain, profile: profile, dataFolder: dataFolder,
      environment: environment)(source: source)
  }

  /// How the chapter is built.
  package var build: ChapterBuild {
    ChapterBuild(folders: folders, chapter: chapter, toolchain: toolchain, cells: cells)
  }

  /// The run of the built chapter.
  package func run(mayReuse: Bool, environment: [String: String]) -> ChapterRun {
    ChapterRun(
      folders: folders,
      run: RunDescription(
        chapter: chapter, profile: profile, root: folders.root.path, dataFolder: dataFolder?.path),
      executable: build.executable,
      source: folders.root.appending(path: folders.sourcePath(of: chapter)), cells: cells,
      sharedKey: sharedKey, mayReuse: mayReuse,
      environment: environment)
  }

  /// Which stored checkpoints are fresh.
  package var staleness: [Staleness] {
    Staleness.ofAll(
      in: StoredCheckpoints(folders, chapter: chapter, profile: profile),
      cells: cells, sharedKey: sharedKey)
  }
}
