package import BookFormat
package import Foundation

/// A chapter of a book with everything a run of it needs, read before any build starts.
package struct PreparedChapter {
  package let surroundings: RunSurroundings
  package let chapter: String
  package let profile: Profile
  package let dataFolder: URL?
  package let cells: [Cell]
  package let source: String
  package private(set) var sharedKey: ReuseKey

  /// - Throws: `RunError` or `CellError` where chapter or data folder are not as they should be.
  package init(
    _ chapter: String, in surroundings: RunSurroundings, profile: Profile, dataFolder: URL? = nil
  ) throws {
    source = try ChapterCatalog(surroundings.folders).source(of: chapter)
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
    self.surroundings = surroundings
    self.chapter = chapter
    self.profile = profile
    self.dataFolder = dataFolder
    cells = try splitCells(source, file: surroundings.folders.sourcePath(of: chapter))
    sharedKey = try SharedKey(surroundings, profile: profile, dataFolder: dataFolder)(
      source: source)
  }

  /// The same chapter, code and libraries, with what other chapters have measured by now.
  package func withCurrentResults() throws -> PreparedChapter {
    var chapter = self
    chapter.sharedKey = try SharedKey(surroundings, profile: profile, dataFolder: dataFolder)(
      source: source)
    return chapter
  }

  package var folders: BookFolders { surroundings.folders }

  /// The chapter's program, relative to the package.
  package var sourcePath: String { folders.sourcePath(of: chapter) }

  /// What its runs leave.
  package var results: ChapterResults {
    ChapterResults(folders: folders, chapter: chapter, profile: profile)
  }

  /// Takes the lock that a run holds, when no other run does; nil where the wait is interrupted.
  package func lock(interruption: Interruption, onWait: () -> Void) throws -> FileLock? {
    let file = folders.lock(of: chapter, profile)
    var isWaiting = false
    while true {
      if let lock = try FileLock(file) { return lock }
      if !isWaiting { onWait() }
      isWaiting = true
      if interruption.wait(milliseconds: 200) { return nil }
    }
  }

  /// How the chapter is built.
  package var build: ChapterBuild {
    ChapterBuild(
      folders: folders, chapter: chapter, toolchain: surroundings.toolchain, cells: cells)
  }

  /// The run of the built chapter; with `pictures`, a prediction.
  package func run(mayReuse: Bool, pictures: [PictureTask]? = nil) -> ChapterRun {
    ChapterRun(
      folders: folders,
      run: RunDescription(
        chapter: chapter, profile: profile, root: folders.root.path, dataFolder: dataFolder?.path,
        pictures: pictures),
      executable: build.executable, source: folders.root.appending(path: sourcePath), cells: cells,
      sharedKey: sharedKey, mayReuse: mayReuse, environment: surroundings.environment,
      provenance: .now(surroundings))
  }

  /// Whether its last transcript is what a run would put out now, and what it reads of other chapters
  /// what theirs would.
  package var freshness: TranscriptFreshness {
    let own = ownFreshness
    guard own == .fresh, let first = staleChaptersRead.first else { return own }
    return .stale(
      reason: "it reads what the chapter “\(first)” measured, which is stale",
      cells: Set(cells.map(\.name).filter { !$0.isEmpty }))
  }

  /// The chapters whose results it reads and whose results are stale; those without any are not among
  /// them, nor those that cannot be read.
  package var staleChaptersRead: [String] {
    chaptersRead(by: swiftTokens(source)).filter { name in
      guard name != chapter,
        let read = try? PreparedChapter(name, in: surroundings, profile: profile),
        case .stale = read.ownFreshness
      else { return false }
      return true
    }
  }

  /// Whether its last transcript is what a run would put out now, with what other chapters left.
  private var ownFreshness: TranscriptFreshness {
    let transcript = results.transcript
    return TranscriptFreshness(
      of: transcript, cells: cells, sharedKey: sharedKey,
      missing: transcript.map(results.missingFiles) ?? [])
  }

  private var checkpoints: StoredCheckpoints {
    StoredCheckpoints(folders, chapter: chapter, profile: profile)
  }

  /// Which stored checkpoints are fresh.
  package var staleness: [Staleness] {
    Staleness.ofAll(in: checkpoints, cells: cells, sharedKey: sharedKey)
  }

  /// About how long a run will take: as long as the last complete one, with more or less to train;
  /// nil where that is not known.
  package func estimatedSeconds(mayReuse: Bool) -> Double? {
    guard let transcript = results.transcript, transcript.state == .complete else { return nil }
    let reused = Set(transcript.cells.flatMap(\.reusedCheckpoints))
    var seconds = transcript.seconds
    for one in staleness {
      let willBeReused = mayReuse && one.difference == nil
      guard willBeReused != reused.contains(one.checkpoint) else { continue }
      guard let block = checkpoints.seconds(of: one.checkpoint) else { return nil }
      seconds += willBeReused ? -block : block
    }
    return max(seconds, 0)
  }
}
